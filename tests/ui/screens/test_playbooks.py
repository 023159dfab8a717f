"""Playbooks as a user meets them: started with a preview, run, stopped; own ones, pathways and the library edited."""

from typing import Any

import pytest
from PySide6.QtCore import Qt

from partnerdesk.ui.dialogs.fund_step import StepDialog
from partnerdesk.ui.dialogs.name import NameDialog
from partnerdesk.ui.dialogs.reason import ReasonDialog
from partnerdesk.ui.dialogs.start_playbook import StartDialog
from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.widgets.editors import InlineLine
from partnerdesk.ui.widgets.empty import Empty
from tests.ui.screens.conftest import Stage, cells
from tests.ui.screens.test_enablement import page


def part(stage: Stage, key: str, partner: str = "") -> Any:
    return stage.go("actions", partner, "playbooks", key).segment.part


def edit(stage: Stage, table: DataTable, column: str, text: str) -> None:
    """Type into a cell of the current row."""
    row = max(table.currentIndex().row(), 0)
    table.begin_edit(table.table_model.index(row, table.table_model.column(column)))
    editors = [e for e in table.findChildren(InlineLine) if e.isVisible()]
    editors[0].setText(text)
    stage.qtbot.keyClick(editors[0], Qt.Key.Key_Return)
    stage.quiet()


def test_a_playbook_is_started_after_its_actions_were_seen_and_is_taken_back_in_one_step(stage: Stage) -> None:
    shown = part(stage, "running")
    before = len(shown.top.table_model.rows)
    shown.segment.starting.ask("P-02", "renewal-rescue")
    stage.quiet()
    dialog = stage.dialog(StartDialog)
    assert dialog.verb.words() == "Create 8 actions" and "owner" in dialog.problem.text()
    first = dialog.table.table_model.rows[0]
    dialog._turn(first)
    dialog.table.select(1)
    edit(stage, dialog.table, "owner", "Somebody Else")
    dialog.day.setText("07 Dec 2026")
    assert dialog.verb.words() == "Create 7 actions"
    dialog.verb.click()
    stage.quiet()
    assert stage.toast() == "Renewal rescue started: 7 actions"
    rows = shown.top.table_model.rows
    assert len(rows) == before + 1
    run = shown.top.current_row()
    assert (run.run.partner, run.run.title, run.run.metric) == ("P-02", "Renewal rescue", "renewal_rate")
    assert run.actions[0].owner == "Somebody Else"
    stage.act("edit.undo")
    assert len(shown.top.table_model.rows) == before


def test_another_day_or_playbook_is_previewed_anew(stage: Stage) -> None:
    part(stage, "offered").segment.starting.ask("P-02", "renewal-rescue")
    stage.quiet()
    dialog = stage.dialog(StartDialog)
    dialog.day.setText("7 December 2026")
    dialog.day.editingFinished.emit()
    stage.quiet()
    assert cells(dialog.table, "due")[0] == "09 Dec 2026"
    dialog.workdays.show_value(False)
    dialog.workdays.activated.emit(1)
    stage.quiet()
    assert cells(dialog.table, "due")[3] == "19 Dec 2026", "every day counts"
    dialog.playbook.show_value("onboarding")
    dialog.playbook.activated.emit(0)
    stage.quiet()
    assert dialog.verb.words() == "Create 10 actions" and dialog.workdays.value() is True
    dialog.day.setText("tomorrow or so")
    dialog.day.editingFinished.emit()
    assert dialog.problem.text()
    dialog.reject()


def test_a_running_playbook_shows_its_goal_and_is_stopped_with_a_reason(stage: Stage) -> None:
    shown = part(stage, "running", "P-01")
    (row,) = shown.top.table_model.rows
    assert cells(shown.top, "goal") == ["3 \N{RIGHTWARDS ARROW} 3 · Certified people"]
    assert len(shown.below.table_model.rows) == 7
    shown.stop(row)
    dialog = stage.dialog(ReasonDialog)
    dialog.reason.setText("The exam centre closed")
    dialog.verb.click()
    stage.quiet()
    assert cells(shown.top, "state") == ["Stopped"] and "The exam centre closed" in shown.words.text()
    assert set(cells(shown.below, "state")) == {"Done", "Dropped"}
    stage.act("edit.undo")
    assert cells(shown.top, "state") == ["Running"]


def test_what_fits_a_partner_stands_first_and_a_shipped_one_is_copied_before_it_is_changed(stage: Stage) -> None:
    shown = part(stage, "offered", "P-01")
    rows = shown.top.table_model.rows
    assert rows[0].playbook.key == "certification-drive" and rows[0].reasons == ("Gold asks for certified people",)
    edit(stage, shown.below, "text", "Something else")
    assert rows[0].playbook.steps[0].text != "Something else" and "cannot be changed" in stage.says()
    shown.copy(rows[0])
    stage.quiet()
    copy = shown.top.current_row()
    assert copy.playbook.title == "Certification drive (copy)"
    shown.below.select(copy.playbook.steps[0].id)
    edit(stage, shown.below, "days", "1")
    assert shown.top.current_row().playbook.steps[0].days == 1
    shown.remove(shown.top.current_row())
    stage.quiet()
    assert "Certification drive (copy)" not in {r.playbook.title for r in shown.top.table_model.rows}


def test_a_pathway_is_written_in_its_cells(stage: Stage) -> None:
    shown = part(stage, "pathways")
    shown.write()
    dialog = stage.dialog(NameDialog)
    dialog.name.setText("Sales")
    dialog.verb.click()
    stage.quiet()
    assert shown.top.current_row().name == "Sales"
    for title in ("Pitch", "Sales Expert"):
        shown._add_step()
        stage.quiet()
        shown.below.select(shown.below.table_model.rows[-1].id)
        edit(stage, shown.below, "title", title)
    assert cells(shown.below, "needs") == ["", "1 Pitch"]
    edit(stage, shown.below, "needs", "")
    assert cells(shown.below, "needs") == ["", ""]


@pytest.mark.parametrize("text", ["Ask {partner} how", "Ask anybody how"])
def test_an_item_is_shared_only_without_names(stage: Stage, text: str) -> None:
    shown = part(stage, "library")
    shown.write()
    dialog = stage.dialog(StepDialog)
    dialog.fields["title"].setText("Asking")
    dialog.fields["text"].setText(text.replace("{partner}", "Tesserin Cloud"))
    dialog.verb.click()
    stage.quiet()
    assert shown.top.current_row().row.title == "Asking"
    shown.share(shown.top.current_row())
    stage.quiet()
    is_clean = "anybody" in text
    assert shown.top.current_row().row.is_shared is is_clean
    assert is_clean or "names “Tesserin Cloud”" in stage.says()


def test_a_use_is_recorded_with_its_result(stage: Stage) -> None:
    shown = part(stage, "library", "P-04")
    shown.use()
    dialog = stage.dialog(StepDialog)
    assert dialog.fields["partner"].value() == "P-04"
    dialog.fields["result"].setText("Saved a week")
    dialog.verb.click()
    stage.quiet()
    first = shown.below.table_model.rows[0]
    assert (first.partner, first.result, first.day) == ("P-04", "Saved a week", stage.desk.today())


def test_commands_and_a_found_item_lead_here(stage: Stage) -> None:
    page(stage, "P-01")
    stage.act("partner.playbook")
    segment = stage.window.page.segment
    assert (segment.partner, segment.shown) == ("P-01", "offered") and segment.only.words() == "Tesserin Cloud"
    stage.act("partner.enablement")
    assert stage.window.page.place().tab == "progress" and stage.window.page.place().sub == "enablement"
    found = stage.go("actions", "", "playbooks", "library#4").segment.part
    assert found.top.current_row().row.id == 4
    found = stage.go("actions", "", "playbooks", "offered#own-1").segment.part
    assert found.top.current_row().playbook.title == "Executive sponsor visit"


def test_an_empty_book_offers_what_comes_first(bare_stage: Stage) -> None:
    for key, words in (("running", "No playbook runs"), ("pathways", "No pathway yet"), ("library", "is empty")):
        shown = part(bare_stage, key)
        assert any(words in e.accessibleName() for e in shown.top.findChildren(Empty) if e.isVisible()), key
    assert len(part(bare_stage, "offered").top.table_model.rows) == 6
    bare_stage.window.page.segment.start_playbook()
    bare_stage.quiet()
    assert "There is no partner yet" in bare_stage.says()
