"""How a table is laid out and painted: columns as wide as their words, totals, cells of every kind."""

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from partnerdesk.ui.state import State
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column
from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets import brush
from tests.ui.table.rows import FORMATS, ROWS, Row, columns


def test_the_first_column_stays_while_the_others_scroll(table: DataTable) -> None:
    table.resize(300, 300)
    for index in range(1, 4):
        table.setColumnWidth(index, 200)
    assert not table._frozen.isVisible()
    table.horizontalScrollBar().setValue(120)
    assert table._frozen.isVisible()
    assert table._frozen.width() == table.columnWidth(0)
    table.horizontalScrollBar().setValue(0)
    assert not table._frozen.isVisible()


def test_totals_stand_under_the_rows(table: DataTable) -> None:
    table.set_totals({"name": "4 partners", "earned": "1,616.25"})
    QApplication.processEvents()
    assert table.totals.isVisible()
    assert table.totals.geometry().top() >= table.viewport().geometry().bottom()
    assert table.totals.accessibleName() == "Total. Partner: 4 partners, Earned, EUR: 1,616.25"
    table.set_totals({})
    assert not table.totals.isVisible()


def test_every_kind_of_cell_is_painted(table: DataTable, settled: Callable[..., None]) -> None:
    table.show_column(4, True)
    table.clearSelection()
    picture = table.grab().toImage()
    assert picture.width() == table.width() * round(table.devicePixelRatioF())
    colours = {picture.pixelColor(x, y).name() for x in range(0, 880, 2) for y in range(0, 200, 2)}
    assert "#e4eef7" not in colours, "nothing is selected yet"
    table.select(1)
    picture = table.grab().toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(0, 880, 2) for y in range(0, 200, 2)}
    assert {"#e4eef7", "#0b5fa5"} <= colours, "the selected row and its bar"


def test_figures_never_run_over_those_beside_them(table: DataTable) -> None:
    """The widest of the rows and of the total stand in their column, and what made it wide is not remembered."""
    usual = table.columnWidth(1)
    large = Row(5, "Large", Decimal("-412345678987.65"))
    table.set_rows((*ROWS, large))
    wide = table.columnWidth(1)
    assert wide > usual
    room = table.room.inner(QRectF(0, 0, wide, 30), 1)
    assert brush.width_of(FORMATS.accounting(large.earned), "body") <= room.width() + table.room.padding_of(
        columns()[1]
    )
    table.set_totals({"earned": FORMATS.accounting(Decimal("987412345678987.65"))})
    assert table.columnWidth(1) > wide
    kept = DataTable("test", columns(), key=lambda row: row.id, state=table.keeper._state, says="Partners")
    assert kept.columnWidth(1) == usual
    kept.deleteLater()


def test_a_column_that_fits_is_as_wide_as_its_longest_words(qtbot: QtBot) -> None:
    long = "Planned 15 Dec 2026, third quarter of FY2027"
    made = [
        Column("name", "Partner", lambda r: r.name, kind=kinds.NAME, width=180),
        Column("status", "Status", lambda r: r.status, kind=kinds.STATUS, width=60, fits=True),
        Column("joined", "Joined", lambda r: r.joined, FORMATS.day, kinds.DAY),
    ]
    state = State()
    table = DataTable("fitting", made, lambda row: row.id, state, says="Fitting")
    qtbot.addWidget(table)
    table.set_rows([Row(1, "Delta", None, None, ("info", long))])
    assert table.columnWidth(1) >= brush.width_of(long, "body") + theme().px(14 + 6 + 2 * 8)
    table.keeper.remember()
    assert state.get("table.fitting", {})["widths"]["status"] == 60, "other rows may need less"


def test_names_take_the_room_that_the_last_column_leaves_empty(qtbot: QtBot, state: State) -> None:
    long = "Zweckverband für die gemeinsame Trinkwasserversorgung"
    made = DataTable("names", columns()[:4], key=lambda row: row.id, state=state, says="Names")
    qtbot.addWidget(made)
    made.resize(1100, 300)
    made.show()
    made.set_rows([*ROWS, Row(5, long, None)])
    needed = brush.width_of(long, "name")
    assert made.columnWidth(0) > needed  # its words stand whole
    assert not made.horizontalScrollBar().isVisible()
    made.resize(480, 300)
    assert made.columnWidth(0) == theme().px(180)  # no room is left over
    made.resize(1100, 300)
    made.setColumnWidth(0, 150)  # somebody chooses
    made.set_rows([*ROWS, Row(5, long, None)])
    assert made.columnWidth(0) == 150
    assert state.get("table.names", {})["widths"]["name"] == 150


def test_room_that_names_were_given_is_not_remembered(qtbot: QtBot, state: State) -> None:
    made = DataTable("names", columns()[:4], key=lambda row: row.id, state=state, says="Names")
    qtbot.addWidget(made)
    made.resize(1100, 300)
    made.show()
    made.set_rows([Row(5, "Zweckverband für die gemeinsame Trinkwasserversorgung", None)])
    assert made.columnWidth(0) > theme().px(180)
    made.keeper.remember()
    assert state.get("table.names", {})["widths"]["name"] == 180
