"""The what-if of a partner as a user meets it: live beside what is, badged, kept as a scenario, never as a fact."""

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from partnerdesk.ops.whatif.beside import beside
from partnerdesk.ops.whatif.ranging import ranged
from partnerdesk.ops.whatif.trying import Case
from partnerdesk.queries.figures import outcome
from partnerdesk.queries.scenarios import scenarios
from partnerdesk.ui.dialogs.any_change import AnyChangeDialog
from partnerdesk.ui.dialogs.scenario import ScenarioDialog
from partnerdesk.ui.screens.partner.whatif import money_range as whatif_range
from partnerdesk.ui.screens.partner.whatif.rows import value_words
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


def on(tab: Any, group: str, says: str) -> Any:
    """Stand on the first input of a group that is called so; returns its control."""
    choose(tab, group)
    rows = tab.inputs.table.table_model.rows
    tab.inputs.table.select(next(r.key for r in rows if r.says.startswith(says)))
    return tab.inputs.adjust


def test_a_slider_days_that_step_and_outcomes_stand_under_the_inputs(stage: Stage) -> None:
    tab = opened(stage)
    found = on(tab, "rules", "Rate, by tier, Platinum")
    stage.qtbot.keyClick(found.slider, Qt.Key.Key_Right)
    assert found.box.text() == "15.5%"
    settle(stage, tab)
    (change,) = tab.working.changes
    assert (change.field, change.value) == ("earning.anchor.rate.by_tier.Platinum", "0.155")
    assert tab.view.figure("earned").change and found.slider.value() == 31, "a step of the slider is half a percent"
    found = on(tab, "renewals", "Known on")
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_PageUp):
        stage.qtbot.keyClick(found.box, key)
    settle(stage, tab)
    assert tab.working.changes[-1].value == date(2026, 12, 21).isoformat()
    found = on(tab, "deals", "Outcome")
    found.choices._pick("won", found._changed)
    settle(stage, tab)
    assert "won" in [change.value for change in tab.working.changes]


def test_what_makes_no_sense_is_told_beside_its_box(stage: Stage) -> None:
    tab = opened(stage)
    for group, says, text, problem in (
        ("metrics", "comes to", "150 %", "“Renewal rate” cannot be 150 %. Write it from 0 % to 100 %."),
        ("deals", "Amount", "-5", "“Amount” cannot be -5. Write 0 or more."),
        ("people", "more people", "101", "Write it from 0 to 100."),
    ):
        box = on(tab, group, says).box
        box.setText(text)
        box.commit()
        assert problem in box.problem.words() and not tab.working.changes


def test_a_difference_by_period_says_of_what(stage: Stage) -> None:
    tab = opened(stage)
    shown = [c for c in tab.sides.periods.table_model.columns if "iffer" in c.title]
    assert [c.title for c in shown] == ["Earned differs", "Payable differs", "Balance differs"]
    type_in(stage, tab, "rules", "Rate, by tier, Platinum", "20 %")
    moved = [row for row in tab.view.periods if row.is_moved]
    for row in moved:
        sides = (row.earned, row.payable, row.closing)
        assert [c.get(row) for c in shown] == [after - before for before, after in sides]
    assert any(row.payable[0] != row.payable[1] and row.closing[0] == row.closing[1] for row in moved)


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


def test_a_range_is_drawn_for_who_looks_at_it_and_again_when_something_else_is_tried(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whatif_range, "FUTURES", 12)
    tab, store = opened(stage), stage.desk._open_store()
    part = tab.sides.range
    assert part.found is None and not part._asked
    tab.sides.views._pick("range", tab.sides._viewed)
    stage.qtbot.waitUntil(lambda: part.found is not None, timeout=120_000)
    assert part.found.whole.more.is_certain, "nothing is changed yet"
    type_in(stage, tab, "deals", "Outcome", "won")
    stage.qtbot.waitUntil(lambda: part.found is not None and part.found.better > 0, timeout=120_000)
    case = Case("What-if", tab.working.changes)
    assert part.found == store.read(ranged, "P-04", Case(), case, stage.desk.today(), (12, 1))
    assert cells(part.table, "b50")[-1] == stage.desk.formats.number(part.found.whole.before.p50)
    assert "in the middle of the same 12 futures" in part.says.text()
