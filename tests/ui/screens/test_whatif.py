"""The what-if of a partner as a user meets it: live beside what is, badged, kept as a scenario, never as a fact."""

from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from partnerdesk.ops.whatif.beside import beside
from partnerdesk.ops.whatif.trying import Case
from partnerdesk.queries.figures import outcome
from partnerdesk.queries.scenarios import scenarios
from partnerdesk.ui.dialogs.any_change import AnyChangeDialog
from partnerdesk.ui.dialogs.scenario import ScenarioDialog
from partnerdesk.ui.screens.partner.whatif_rows import value_words
from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.widgets.editors import InlineLine
from tests.ui.screens.conftest import Stage, cells


def opened(stage: Stage) -> Any:
    stage.go("partners", "P-04")
    stage.act("tools.whatif")
    tab = stage.window.page.detail.page
    settle(stage, tab)
    return tab


def settle(stage: Stage, tab: Any) -> None:
    """Until what was typed last has been tried."""
    stage.qtbot.waitUntil(lambda: not tab._pause.isActive(), timeout=5_000)
    stage.quiet()


def choose(tab: Any, group: str) -> None:
    tab.inputs.groups._pick(group, tab.inputs._grouped)


def type_in(stage: Stage, tab: Any, group: str, says: str, text: str) -> InlineLine:
    """Edit the first input of a group that is called so, as a user does; returns the editor."""
    choose(tab, group)
    table: DataTable = tab.inputs.table
    row = next(n for n, r in enumerate(table.table_model.rows) if r.says.startswith(says))
    assert table.begin_edit(table.table_model.index(row, table.table_model.column("then")))
    editor = next(e for e in table.findChildren(InlineLine) if e.isVisible())
    editor.setText(text)
    stage.qtbot.keyClick(editor, "\r")
    QApplication.processEvents()
    settle(stage, tab)
    return editor


def test_a_deal_is_won_a_rule_is_another_and_both_are_kept(stage: Stage) -> None:
    tab, store = opened(stage), stage.desk._open_store()
    assert stage.window.page.detail.tabs.current() == "earnings"
    assert tab.badge.isVisible() and tab.badge.word == "WHAT-IF"
    was = store.read(outcome, "P-04", stage.desk.today())
    type_in(stage, tab, "deals", "Outcome", "won")
    type_in(stage, tab, "rules", "Rate, by tier, Platinum", "20 %")
    found = store.read(beside, "P-04", Case(), Case("What-if", tab.working.changes), stage.desk.today())
    assert tab.view.figures == found.figures and found.lines
    assert stage.desk.formats.number(found.figure("total").after, 2) in tab.tiles["total"].number.accessibleName()
    choose(tab, "changed")
    assert cells(tab.inputs.table, "then") == ["won", stage.desk.formats.day(stage.desk.today()), "20.0%"]
    assert store.read(outcome, "P-04", stage.desk.today()).entries == was.entries
    tab.save.click()
    dialog = stage.dialog(ScenarioDialog)
    dialog.accept()
    assert "needed" in dialog.problem.text()
    dialog.name.setText("Both")
    dialog.reason.setText("asked by Ann")
    dialog.accept()
    settle(stage, tab)
    (row,) = store.read(scenarios)
    assert (row.name, row.reason, row.changes) == ("Both", "asked by Ann", tab.working.changes)
    assert tab.scenario.words() == "Both" and not tab.save.isEnabled()
    stage.act("edit.undo")
    settle(stage, tab)
    assert not store.read(scenarios) and tab.scenario.words() == "Not kept"
    assert tab.working.changes == row.changes, "what is tried stays"


def test_a_wrong_value_is_told_where_it_was_typed(stage: Stage) -> None:
    tab = opened(stage)
    editor = type_in(stage, tab, "deals", "Amount", "a lot")
    assert editor.problem.words() and not tab.working.changes
    stage.qtbot.keyClick(editor, "\x1b")
    editor = type_in(stage, tab, "deals", "Outcome", "perhaps")
    assert "none of open, won, lost" in editor.problem.words()
    stage.qtbot.keyClick(editor, "\x1b")
    tab.acts.any_change()
    stage.quiet()
    dialog = stage.dialog(AnyChangeDialog)
    dialog.of.setCurrentIndex(dialog.of.findData("deal"))
    dialog._fill()
    dialog.item.setCurrentText(next(r.given.place.item for r in tab.inputs.table.table_model.rows))
    dialog.field.setText("colour")
    dialog.accept()
    assert "no field “colour”" in dialog.problem.text()
    dialog.field.setText("status")
    dialog.value.setText("won")
    dialog.accept()
    settle(stage, tab)
    assert "needs the day on which it closed" in tab.inputs.left_out.text()
    choose(tab, "changed")
    assert cells(tab.inputs.table, "then") == ["left out: won"]
    tab.inputs.table.selectAll()
    tab.letters()["R"]()
    settle(stage, tab)
    assert not tab.working.changes and not tab.inputs.left_out.isVisible()


def test_two_scenarios_are_held_against_each_other_and_one_is_deleted(stage: Stage) -> None:
    tab = opened(stage)
    for name, value in (("Good", "renewed"), ("Bad", "churned")):
        tab.acts._begin()
        settle(stage, tab)
        type_in(stage, tab, "renewals", "Outcome", value)
        tab.acts._save(name, "", "Ann")
        settle(stage, tab)
    good = next(row for row in tab.kept if row.name == "Good")
    tab.acts._held_against(good)
    tab.acts._on(date(2027, 3, 31))
    settle(stage, tab)
    assert (tab.view.before.name, tab.view.after.name) == ("Good", "Bad")
    assert tab.scenario.words() == "Bad (changed)"
    tab.acts._delete()
    settle(stage, tab)
    assert [row.name for row in tab.kept] == ["Good"]
    assert not tab.working.changes


def test_figures_of_both_sides_answer_why_and_say_which(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    tab, shown = opened(stage), []
    type_in(stage, tab, "metrics", "comes to", "50 %")
    monkeypatch.setattr(stage.window, "show_why", shown.append)
    for side in ("before", "after"):
        tab.ask_why(f"{side}#{tab.view.figure('score').figure}")
        stage.quiet()
    before, after = shown
    assert before.about.startswith("As is") and after.about.startswith("WHAT-IF")
    assert before.title != after.title and after.act is None
    people = next(row for row in tab.view.figures if row.unit == "people")
    assert value_words(people, people.after, stage.desk.formats).isdigit(), "a count has no decimals"
