"""Plan as a user meets it: both sides written in place, agreed only when nothing is missing, then locked."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from partnerdesk.ui.dialogs.reason import ReasonDialog
from partnerdesk.ui.screens.partner.plan.edits import split_owner, split_quarter, split_state, with_owner
from partnerdesk.ui.widgets.editors import InlineLine
from tests.ui.screens.conftest import Stage, cells

PARTNER = "P-01"
Key = Qt.Key


def plan(stage: Stage, sub: str = "objectives", partner: str = PARTNER) -> Any:
    return stage.go("partners", partner, "plan", sub).detail.page


@pytest.fixture
def draft(stage: Stage) -> Any:
    """The next version of an agreed plan: a draft with everything in it."""
    tab = plan(stage)
    assert tab.next.isVisible()
    tab.next.click()
    stage.quiet()
    return tab


def edit(stage: Stage, tab: Any, column: str, typed: str, row: int = 0, sub: str = "objectives") -> None:
    """Type over a cell, as with F2."""
    table = tab.tables.tables[sub]
    table.setFocus()
    table.select(table.table_model.rows[row].id, table.table_model.column(column))
    stage.qtbot.keyClick(table, Key.Key_F2)
    editor = table.viewport().findChild(InlineLine)
    assert editor is not None
    editor.selectAll()
    stage.qtbot.keyClicks(editor, typed)
    stage.qtbot.keyClick(editor, Key.Key_Return)
    stage.quiet()


def test_both_sides_stand_beside_each_other(stage: Stage) -> None:
    tab = plan(stage)
    assert tab.title.title.text() == "Objectives"
    assert tab.title.note.text() == "4, each with a commitment on both sides"
    assert (
        cells(tab.tables.tables["objectives"], "ours")[0] == "Solution engineer, two days a month · Marit Solheim-Vance"
    )
    assert cells(tab.tables.tables["objectives"], "actual")[:2] == ["1 of 3", "51 of 85%"]
    assert tab.tables.tables["objectives"].horizontalScrollBar().maximum() == 0
    assert tab.head.choice.currentText() == "Joint plan 2026, version 1"
    assert tab.state.accessibleName() == "In progress"


def test_an_agreed_plan_is_locked_and_says_so(stage: Stage) -> None:
    tab = plan(stage)
    edit(stage, tab, "title", "Something else")
    assert "locked" in stage.says()
    assert "Start its next version to change it." in stage.says()
    assert cells(tab.tables.tables["objectives"], "title")[0].startswith("Second product at three customers")
    assert not tab.add.isVisible()


def test_how_it_goes_is_reported_also_in_an_agreed_plan(stage: Stage) -> None:
    tab = plan(stage)
    table = tab.tables.tables["objectives"]
    edit(stage, tab, "actual", "2")
    assert cells(table, "actual")[0] == "2 of 3"
    edit(stage, tab, "status", "at risk: two people left")
    assert cells(table, "status")[0] == "At risk"
    assert tab.view.objectives[0].reason == "two people left"
    stage.act("edit.undo")
    assert cells(table, "status")[0] == "In progress"


def test_a_state_that_needs_a_reason_asks_for_it_under_the_field(stage: Stage) -> None:
    tab = plan(stage)
    table = tab.tables.tables["objectives"]
    edit(stage, tab, "status", "at risk")
    editor = table.viewport().findChild(InlineLine)
    assert editor is not None
    assert editor.problem.words() == "Say why after a colon: at risk: …"
    stage.qtbot.keyClick(editor, Key.Key_Escape)
    assert cells(table, "status")[0] == "In progress"
    assert stage.desk.undo_label is None


def test_a_commitment_and_its_owner_are_one_line(draft: Any, stage: Stage) -> None:
    edit(stage, draft, "theirs", "Demo lab in Haarlem @Ilse van Dorp")
    row = draft.view.objectives[0]
    assert (row.partner_commitment, row.partner_owner) == ("Demo lab in Haarlem", "Ilse van Dorp")
    assert stage.window.commands.text("edit.undo") == "Undo edit their commitment"
    edit(stage, draft, "due", "31 Mar 2027")
    assert draft.view.objectives[0].due == date(2027, 3, 31)


def test_a_wrong_day_is_not_taken(draft: Any, stage: Stage) -> None:
    before = draft.view.objectives[0].due
    edit(stage, draft, "due", "soon")
    table = draft.tables.tables["objectives"]
    editor = table.viewport().findChild(InlineLine)
    assert editor is not None
    assert editor.problem.words()
    stage.qtbot.keyClick(editor, Key.Key_Escape)
    assert draft.view.objectives[0].due == before


def test_it_cannot_be_agreed_while_somebody_is_missing(draft: Any, stage: Stage) -> None:
    assert draft.lock.isEnabled()
    edit(stage, draft, "theirs", "Demo lab in Haarlem")
    sentence = "Objective “Second product at three customers” has no partner owner."
    assert not draft.lock.isEnabled()
    assert sentence in draft.lock.accessibleDescription() or sentence in draft.lock.toolTip().replace("&amp;", "&")
    assert draft.head.gaps.words() == "1 gap before it can be agreed"
    assert draft.title.note.text() == sentence
    assert cells(draft.tables.tables["objectives"], "theirs")[0] == "Demo lab in Haarlem · assign owner"


def test_agreeing_asks_who_and_locks(draft: Any, stage: Stage) -> None:
    draft.lock.click()
    dialog = stage.dialog(ReasonDialog)
    assert draft.view.plan.vendor_owner in dialog.reason.text()  # who looks after it is proposed
    dialog.reason.clear()
    dialog.verb.click()
    assert dialog.problem.text() == "Who agreed: write it down."
    dialog.reason.setText("Marit Solheim-Vance and Carla Ahrendsen")
    dialog.verb.click()
    stage.quiet()
    assert draft.view.plan.status == "agreed"
    assert draft.view.plan.version == 2
    assert draft.view.plan.agreed_by == "Marit Solheim-Vance and Carla Ahrendsen"
    assert not draft.lock.isVisible()


def test_a_new_row_is_written_at_once(draft: Any, stage: Stage) -> None:
    stage.act("page.new")
    editor = draft.tables.tables["objectives"].viewport().findChild(InlineLine)
    assert editor is not None
    assert editor.text() == "New objective"
    assert editor.hasFocus()
    stage.qtbot.keyClicks(editor, "Win three hospitals")
    stage.qtbot.keyClick(editor, Key.Key_Return)
    stage.quiet()
    assert draft.view.objectives[-1].title == "Win three hospitals"


def test_the_thesis_saves_by_itself(draft: Any, stage: Stage, qtbot: QtBot) -> None:
    plan(stage, "thesis")
    field = draft.thesis.fields["thesis"]
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "They are where our customers are.")
    qtbot.waitUntil(lambda: draft.view.plan.thesis == "They are where our customers are.", timeout=5000)
    assert stage.window.commands.text("edit.undo") == "Undo edit plan"
    assert field.toPlainText() == "They are where our customers are."


def test_the_thesis_of_an_agreed_plan_is_only_read(stage: Stage) -> None:
    tab = plan(stage, "thesis")
    assert all(field.isReadOnly() for field in tab.thesis.fields.values())
    assert tab.thesis.fields["partner_goals"].toPlainText()


def test_targets_compare_every_quarter(stage: Stage) -> None:
    tab = plan(stage, "targets")
    table = tab.tables.tables["targets"]
    assert cells(table, "q0")[1:] == ["100% of 90%", "2 of 2"]
    assert cells(table, "q3")[2] == "– of 2"
    edit(stage, tab, "q3", "1 of 2", 2, "targets")
    assert cells(table, "q3")[2] == "1 of 2"


def test_a_new_target_gets_its_quarters(draft: Any, stage: Stage) -> None:
    plan(stage, "targets")
    stage.act("page.new")
    QApplication.processEvents()
    last = len(draft.view.targets) - 1
    assert [q.quarter for q in draft.view.targets[last].quarters] == ["2026Q1", "2026Q2", "2026Q3", "2026Q4"]
    editor = draft.tables.tables["targets"].viewport().findChild(InlineLine)
    assert editor is not None
    stage.qtbot.keyClicks(editor, "Joint workshops")
    stage.qtbot.keyClick(editor, Key.Key_Return)
    stage.quiet()
    edit(stage, draft, "q1", "12.5", last, "targets")
    assert draft.view.targets[last].label == "Joint workshops"
    assert draft.view.targets[last].quarters[1].value == Decimal("12.5")


def test_actions_are_added_to_an_agreed_plan_and_done_with_d(stage: Stage, qtbot: QtBot) -> None:
    tab = plan(stage, "actions")
    table = tab.tables.tables["actions"]
    stage.act("page.new")
    editor = table.viewport().findChild(InlineLine)
    assert editor is not None
    qtbot.keyClicks(editor, "Ask for the reference")
    qtbot.keyClick(editor, Key.Key_Return)
    stage.quiet()
    edit(stage, tab, "owner", "Salome Aubertin", sub="actions")
    assert cells(table, "text") == ["Ask for the reference"]
    assert cells(table, "state") == ["Open"]
    qtbot.keyClick(table, Key.Key_D)
    stage.quiet()
    assert cells(table, "state") == ["Done"]
    assert stage.toast() == "Marked as done"


@pytest.mark.parametrize(
    "sub", ["objectives", "thesis", "targets", "whitespace", "people", "decisions", "actions", "risks", "motion"]
)
def test_every_sub_page_opens_by_its_place(stage: Stage, sub: str) -> None:
    tab = plan(stage, sub)
    assert tab.pages.currentWidget().isVisible()
    assert stage.window.page is not None
    assert stage.window.page.place().sub == sub


def test_a_partner_without_a_plan_starts_one(stage: Stage) -> None:
    from partnerdesk.engine.facts import Partner
    from partnerdesk.ops.rows.facts import add_rows

    stage.desk.run("New", add_rows, [Partner(id="P-99", name="Nothing Yet AB")])
    stage.quiet()
    tab = plan(stage, "", "P-99")
    assert tab.empty.isVisible()
    assert not tab.lock.isVisible()
    tab.empty.primary.click()
    stage.quiet()
    assert not tab.empty.isVisible()
    assert tab.view.plan.status == "draft"
    assert "gaps before it can be agreed" in tab.head.gaps.words()
    assert not tab.tables.tables["objectives"].viewport().findChildren(QLineEdit)


def test_typed_lines() -> None:
    assert split_owner("Demo lab @I. van Dorp") == ("Demo lab", "I. van Dorp")
    assert split_owner("mail us@home.example") == ("mail us@home.example", "")
    assert split_owner("@Ann") == ("", "Ann")
    assert [with_owner(*pair) for pair in (("Lab", "Ann"), ("Lab", ""), ("", "Ann"))] == ["Lab @Ann", "Lab @", "@Ann"]
    assert split_state("At risk: late") == ("at risk", "late")
    with pytest.raises(ValueError, match="Choose one of"):
        split_state("fine")
    assert split_quarter("52 of 180", Decimal) == (Decimal(52), Decimal(180))
    assert split_quarter("90%", Decimal) == (None, Decimal("0.9"))
    assert split_quarter("", Decimal) == (None, None)


def test_a_long_name_of_the_partner_leaves_the_choice_of_its_plan_whole(stage: Stage) -> None:
    tab = plan(stage)
    stage.window.page.header.set("Gesellschaft für die Zusammenarbeit mit Versicherungen und Krankenhäusern mbH KG")
    stage.quiet()
    assert tab.head.choice.width() >= tab.head.choice.sizeHint().width()
