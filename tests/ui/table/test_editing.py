"""A cell that is typed over: what is written, what is refused with its reason, what writes nothing."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from partnerdesk.errors import Refused
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column, Edit
from partnerdesk.ui.table.view import DataTable
from tests.ui.table.rows import Row


def whole(text: str) -> Decimal:
    if not text.isdigit():
        raise Refused(f"{text} is not a whole number.", "Type digits only.")
    return Decimal(text)


@pytest.fixture
def edited(qtbot: QtBot) -> tuple[DataTable, list[tuple[int, Decimal]]]:
    written: list[tuple[int, Decimal]] = []
    edit = Edit(lambda r: str(r.earned), whole, lambda r, value: written.append((r.id, value)))
    made = [
        Column("name", "Partner", lambda r: r.name, kind=kinds.NAME),
        Column("earned", "Earned", lambda r: r.earned, edit=edit),
    ]
    table = DataTable("", made, key=lambda row: row.id, says="Partners")
    qtbot.addWidget(table)
    table.set_rows([Row(1, "A", Decimal(5)), Row(2, "B", Decimal(6))])
    table.resize(400, 200)
    table.show()
    return table, written


Edited = tuple[DataTable, list[tuple[int, Decimal]]]


def editor_of(table: DataTable) -> QLineEdit:
    return next(e for e in table.viewport().findChildren(QLineEdit) if e.isVisible())


def test_f2_edits_in_place_and_enter_writes_once(edited: Edited, qtbot: QtBot) -> None:
    table, written = edited
    table.select(2, column=1)
    qtbot.keyClick(table, Qt.Key.Key_F2)
    editor = editor_of(table)
    assert editor.text() == "6"
    qtbot.keyClicks(editor, "42")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert written == [(2, Decimal(42))]


def test_a_wrong_value_stays_in_the_cell_with_the_reason(edited: Edited, qtbot: QtBot) -> None:
    table, written = edited
    table.select(2, column=1)
    qtbot.keyClick(table, Qt.Key.Key_F2)
    editor = editor_of(table)
    qtbot.keyClicks(editor, "tbd")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert written == []
    assert editor.isVisible()
    assert editor.accessibleDescription() == "tbd is not a whole number. Type digits only."
    editor.clear()
    qtbot.keyClicks(editor, "7")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert written == [(2, Decimal(7))]


def test_escape_and_an_unchanged_text_write_nothing(edited: Edited, qtbot: QtBot) -> None:
    table, written = edited
    table.select(1, column=1)
    qtbot.keyClick(table, Qt.Key.Key_F2)
    qtbot.keyClicks(editor_of(table), "9")
    qtbot.keyClick(editor_of(table), Qt.Key.Key_Escape)
    QApplication.processEvents()
    qtbot.keyClick(table, Qt.Key.Key_F2)
    qtbot.keyClick(editor_of(table), Qt.Key.Key_Return)
    QApplication.processEvents()
    assert written == []
