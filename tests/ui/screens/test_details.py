"""Details as a user meets it: a field saves by itself or says why not, contacts are edited in place, all with undo."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit
from pytestqt.qtbot import QtBot

from partnerdesk.ops.rows.partners import add_partner
from partnerdesk.ui.widgets.editors import InlineLine
from partnerdesk.ui.widgets.empty import Empty
from tests.ui.screens.conftest import Stage, cells

IBAN = "NO93 8601 1117 947"


@pytest.fixture
def stage(bare_stage: Stage) -> Stage:
    for name in ("Nordlys", "Brumaire"):
        bare_stage.desk.run("Add partner", add_partner, name=name)
    bare_stage.quiet()
    return bare_stage


@pytest.fixture
def page(stage: Stage) -> Any:
    return stage.go("partners", "P-1001", "overview", "details").detail.page.details


def write(stage: Stage, field: QLineEdit, text: str) -> None:
    field.selectAll()
    stage.qtbot.keyClicks(field, text)
    stage.qtbot.keyClick(field, Qt.Key.Key_Return)
    stage.quiet()


def test_a_field_saves_by_itself_and_undo_names_it(page: Any, stage: Stage) -> None:
    write(stage, page.fields["iban"], IBAN.replace(" ", "").lower())
    assert page.fields["iban"].text() == IBAN
    write(stage, page.fields["parent"], "brumaire")
    assert page.record.partner.parent == "P-1002" and page.fields["parent"].text() == "Brumaire"
    write(stage, page.fields["legal_name"], "<b>Nordlys</b> & Data AS")
    assert page.record.partner.legal_name == "<b>Nordlys</b> & Data AS"
    assert stage.window.commands.text("edit.undo") == "Undo edit legal name of Nordlys"
    stage.act("edit.undo")
    assert page.fields["legal_name"].text() == ""


def test_what_cannot_be_taken_says_why_and_nothing_is_saved(page: Any, stage: Stage) -> None:
    field = page.fields["iban"]
    write(stage, field, "NO9386011117948")
    assert "check digits" in field.problem.words() and field.problem.isVisible()
    assert page.record.partner.attributes == {}
    stage.go("partners", "P-1002", "overview", "details")
    assert field.text() == ""  # what was typed of one partner never reaches another
    write(stage, page.fields["name"], "Nordlys")
    assert "There is a partner called Nordlys already" in stage.says()
    assert page.fields["name"].text() == "Brumaire"


def test_status_follows_the_choice(page: Any, stage: Stage) -> None:
    page.status.setCurrentIndex(page.status.findData("left"))
    page.status.activated.emit(page.status.currentIndex())
    stage.quiet()
    assert page.fields["left"].text() == "19 Nov 2026"


def test_a_field_of_ones_own_comes_and_goes(page: Any, stage: Stage) -> None:
    more = next(f for f in page.findChildren(QLineEdit) if f.accessibleName() == "New field")
    write(stage, more, "Cost centre 4711")
    assert "a colon and a value" in more.problem.words()
    write(stage, more, "Cost centre: 4711")
    own = page.fields["attribute:Cost centre"]
    assert own.text() == "4711" and page.record.partner.attributes == {"Cost centre": "4711"}
    own.clear()
    stage.qtbot.keyClick(own, Qt.Key.Key_Return)
    stage.quiet()
    assert page.record.partner.attributes == {} and "attribute:Cost centre" not in page.fields


def test_contacts_are_added_edited_and_removed_by_keys(page: Any, stage: Stage, qtbot: QtBot) -> None:
    table = page.contacts.table
    stage.act("page.new")
    editor = next(e for e in table.findChildren(InlineLine) if e.isVisible())
    editor.selectAll()
    qtbot.keyClicks(editor, "Ilse van Dorp")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    stage.quiet()
    assert cells(table, "name") == ["Ilse van Dorp"]
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_M)
    stage.quiet()
    assert cells(table, "main") == ["Main"]
    brief = stage.go("partners", "P-1001", "overview").detail.page
    assert brief.stack.currentWidget() is brief.page
    stage.act("partner.details")
    assert brief.stack.currentWidget() is page
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    stage.quiet()
    assert cells(table, "name") == [] and stage.toast() == "Ilse van Dorp removed"
    stage.act("edit.undo")
    assert cells(table, "name") == ["Ilse van Dorp"] and cells(table, "main") == ["Main"]


def test_our_people_stand_beside_and_can_be_account_managers(page: Any, stage: Stage) -> None:
    write(stage, page.fields["owner"], "Marit")
    assert "Add it under Our people first" in page.fields["owner"].problem.words()
    next(b for b in page.contacts.side.findChildren(QAbstractButton) if b.accessibleName() == "Our people").click()
    shown = [e.accessibleName() for e in page.contacts.table.findChildren(Empty) if e.isVisible()]
    assert len(shown) == 1 and shown[0].startswith("Nobody of ours yet")
    page.contacts.add()
    stage.quiet()
    assert cells(page.contacts.table, "name") == ["New contact"]
    write(stage, page.fields["owner"], "new contact")
    assert page.record.partner.owner == page.record.ours[0].id
