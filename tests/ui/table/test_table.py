"""Tables: order, filters, sums and words of frozen rows, and what the view does with them."""

from decimal import Decimal

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from partnerdesk.ui.state import State
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column, TableModel, summary
from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.widgets.empty import Empty
from partnerdesk.ui.widgets.filter_row import FilterRow
from tests.ui.table.rows import ROWS, Row, columns, model, names


def test_rows_without_a_value_come_last_both_ways() -> None:
    made = model()
    made.sort_by("earned")
    assert [r.id for r in made.rows] == [2, 4, 1, 3]
    made.sort_by("earned", descending=True)
    assert [r.id for r in made.rows] == [1, 4, 2, 3]


def test_names_sort_without_regard_to_case() -> None:
    made = TableModel(columns(), key=lambda row: row.id)
    made.set_rows([Row(1, "beta", None), Row(2, "Alpha", None), Row(3, "GAMMA", None)])
    made.sort_by("name")
    assert names(made) == ["Alpha", "beta", "GAMMA"]


def test_every_typed_word_must_occur() -> None:
    made = model()
    made.filter_text("at&t labs")
    assert names(made) == ["AT&T <b>Labs</b>"]
    made.filter_text("aegli blocked")
    assert names(made) == []
    assert made.is_filtered


def test_named_filters_add_up_and_are_cleared_together() -> None:
    made = model()
    made.set_filter("status", lambda row: row.status is not None)
    made.set_filter("positive", lambda row: row.earned > 0)
    assert names(made) == ["Aegli Cloud"]
    made.clear_filters()
    assert len(made.rows) == 4


def test_the_sum_of_a_selection_is_exact() -> None:
    words = summary(ROWS[:2], columns(), of=4)
    assert words == "2 of 4 rows selected · Earned 1,616.25, average 808.13"
    assert summary(ROWS[2:3], columns(), of=4) == "1 of 4 rows selected"
    assert summary((), columns(), of=4) == ""


def test_sorting_and_filtering_twenty_thousand_rows_finds_them_all() -> None:
    made = TableModel(columns(), key=lambda row: row.id)
    many = [Row(n, f"Partner {n * 7919 % 20000}", Decimal(n * 31 % 5000)) for n in range(20_000)]
    made.set_rows(many)
    made.filter_text("partner")  # the folded texts are made once
    made.sort_by("earned", descending=True)
    made.filter_text("partner 1999")
    assert {row.name for row in made.rows} == {f"Partner {n}" for n in range(20000) if "1999" in str(n)}


def test_a_screen_reader_hears_column_and_value() -> None:
    made = model()
    index = made.index(1, 1)
    assert made.data(index, Qt.ItemDataRole.AccessibleTextRole) == "Earned, EUR: (2,700.00)"
    assert made.data(made.index(2, 1), Qt.ItemDataRole.AccessibleTextRole) == "Earned, EUR: nothing"


def test_tips_show_markup_verbatim() -> None:
    tip = model().data(model().index(2, 0), Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;Labs" in tip


def test_a_new_read_keeps_selection_current_cell_and_scroll(table: DataTable) -> None:
    many = [Row(n, f"Partner {n:03}", Decimal(n)) for n in range(200)]
    table.set_rows(many)
    table.select(150, column=1)
    scroll = table.verticalScrollBar().value()
    assert scroll > 0
    table.set_rows([Row(r.id, r.name, Decimal(7)) for r in many])
    assert table.current_row().id == 150
    assert table.currentIndex().column() == 1
    assert [r.id for r in table.selected_rows()] == [150]
    assert table.verticalScrollBar().value() == scroll


def test_a_row_that_is_gone_is_not_selected_any_more(table: DataTable) -> None:
    picked: list[object] = []
    table.clearFocus()  # the keyboard is elsewhere
    table.select(2)
    table.picked.connect(picked.append)
    table.set_rows([row for row in ROWS if row.id != 2])
    assert table.selected_rows() == []
    assert picked[-1] is None


def test_the_row_that_takes_the_place_of_a_gone_one_is_current_where_the_keyboard_is(
    table: DataTable, qtbot: QtBot
) -> None:
    with qtbot.waitActive(table):
        table.activateWindow()
    table.setFocus()
    table.select(2)
    table.set_rows([row for row in ROWS if row.id != 2])
    assert table.current_row().id == 3 and [row.id for row in table.selected_rows()] == [3]
    table.select(4)
    table.set_rows(ROWS[:2])
    assert table.current_row().id == 2  # the last one, where the last was gone


def test_copy_gives_text_and_a_table_and_no_formula(table: DataTable) -> None:
    table.set_rows([Row(1, "=cmd|' /C calc'!A0", Decimal("-5.00")), Row(2, "R&D <Labs>", Decimal(1))])
    table.selectAll()
    table.copy(headers=True)
    mime = QGuiApplication.clipboard().mimeData()
    lines = mime.text().split("\n")
    assert lines[0] == "Partner\tEarned, EUR\tJoined\tStatus"
    assert lines[1].startswith("'=cmd|' /C calc'!A0\t(5.00)")
    assert "<td>R&amp;D &lt;Labs&gt;</td>" in mime.html()
    table.copy()
    assert not QGuiApplication.clipboard().mimeData().text().startswith("Partner")


def test_columns_order_widths_and_sort_come_back(qtbot: QtBot, state: State, table: DataTable) -> None:
    table.horizontalHeader().moveSection(3, 1)
    table.setColumnWidth(1, 155)
    table.show_column(4, True)
    table.show_column(2, False)
    table.sort_clicked(1)
    table.sort_clicked(1)
    state.save()

    again = DataTable("test", columns(), key=lambda row: row.id, state=State(), says="Partners")
    qtbot.addWidget(again)
    header = again.horizontalHeader()
    assert [header.logicalIndex(place) for place in range(3)] == [0, 3, 1]
    assert again.columnWidth(1) == 155
    assert not again.isColumnHidden(4)
    assert again.isColumnHidden(2)
    assert (again.table_model.sorted_by, again.table_model.descending) == ("earned", True)


def test_a_column_of_a_later_version_appears_as_declared(qtbot: QtBot, state: State, table: DataTable) -> None:
    table.show_column(2, False)
    more = [*columns(), Column("new", "New", lambda r: r.id), Column("extra", "Extra", lambda r: r.id, hidden=True)]
    again = DataTable("test", more, key=lambda row: row.id, state=state, says="Partners")
    qtbot.addWidget(again)
    assert again.isColumnHidden(2)
    assert not again.isColumnHidden(5)
    assert again.isColumnHidden(6)


def test_usual_columns_brings_the_declared_ones_back(table: DataTable) -> None:
    table.horizontalHeader().moveSection(3, 1)
    table.show_column(2, False)
    table.keeper.usual()
    assert not table.isColumnHidden(2)
    assert table.isColumnHidden(4)
    assert [table.horizontalHeader().logicalIndex(place) for place in range(4)] == [0, 1, 2, 3]


def test_a_header_click_sorts_and_a_second_reverses(table: DataTable, qtbot: QtBot) -> None:
    header = table.horizontalHeader()
    at = QPoint(header.sectionViewportPosition(1) + 20, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert [r.id for r in table.table_model.rows] == [2, 4, 1, 3]
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert [r.id for r in table.table_model.rows] == [1, 4, 2, 3]


def test_enter_opens_the_row_and_letters_go_to_the_page(table: DataTable, qtbot: QtBot) -> None:
    opened: list[object] = []
    table.opened.connect(opened.append)
    table.select(1)
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Return)
    qtbot.keyClick(table, Qt.Key.Key_D)
    assert opened == [ROWS[0]]
    assert table.current_row() == ROWS[0], "a letter does not jump to a row"


def test_space_asks_why_of_a_figure_only(qtbot: QtBot) -> None:
    asked: list[str] = []
    made = [
        Column("name", "Partner", lambda r: r.name, kind=kinds.NAME),
        Column("earned", "Earned", lambda r: r.earned, figure=lambda r: f"row|closing|{r.id}"),
    ]
    table = DataTable("", made, key=lambda row: row.id, says="Partners")
    qtbot.addWidget(table)
    table.set_rows(ROWS)
    table.asked.connect(asked.append)
    table.select(2, column=0)
    qtbot.keyClick(table, Qt.Key.Key_Space)
    table.select(2, column=1)
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert asked == ["row|closing|2"]


def test_an_empty_table_says_what_belongs_here_and_a_filtered_one_offers_to_clear(
    table: DataTable, qtbot: QtBot
) -> None:
    table.set_empty(lambda: Empty("No partners yet", "Import a file.", ("Import", lambda: None)))
    row = FilterRow(table, "partners")
    qtbot.addWidget(row)
    row.field.setText("nobody")
    shown = table.findChildren(Empty)[-1]
    assert "Nothing matches" in shown.accessibleName()
    assert shown.primary is not None
    qtbot.mouseClick(shown.primary, Qt.MouseButton.LeftButton)
    assert len(table.table_model.rows) == 4
    assert row.field.text() == ""
    QApplication.processEvents()
    table.set_rows([])
    assert "No partners yet" in table.findChildren(Empty)[-1].accessibleName()


def test_chips_filter_and_count_says_how_many_are_left(table: DataTable, qtbot: QtBot) -> None:
    row = FilterRow(table, "partners", note="EUR")
    qtbot.addWidget(row)
    row.add("status", "Status: known", lambda r: r.status is not None)  # type: ignore[attr-defined]
    assert row._count.text() == "3 of 4 partners · EUR"
    qtbot.mouseClick(row._chips["status"], Qt.MouseButton.LeftButton)
    assert row._count.text() == "4 partners · EUR"
