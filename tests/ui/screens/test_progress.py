"""Progress as a user meets it: the score and why, what is missing, what would help, and who decides a move."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from partnerdesk.engine.outcome import Requirement
from partnerdesk.queries.partners.tier_group import TierGroup
from partnerdesk.reports.format import Formats
from partnerdesk.ui.dialogs.reason import ReasonDialog
from partnerdesk.ui.explanation import Explanation
from partnerdesk.ui.screens.partner.progress.component_table import ComponentBullet, ComponentTable
from partnerdesk.ui.screens.partner.progress.standing import ScoreBullet, required
from partnerdesk.ui.widgets.button import Button
from partnerdesk.ui.widgets.chart import Chart
from partnerdesk.ui.widgets.number import Number
from partnerdesk.ui.widgets.status import Status
from tests.ui.screens.conftest import Stage
from tests.ui.screens.test_partners import texts


def progress(stage: Stage, partner: str, period: str = "") -> Any:
    return stage.go("partners", partner, "progress", period).detail.page


def number(tab: Any, label: str) -> Number:
    found = [n for n in tab.findChildren(Number) if n.accessibleName().startswith(label) and n.isVisible()]
    assert found, f"no number {label}"
    return found[0]  # type: ignore[no-any-return]


def why(stage: Stage, tab: Any, label: str, qtbot: QtBot) -> Explanation:
    """Space on a number."""
    target = number(tab, label)
    target.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(target, Qt.Key.Key_Space)
    stage.quiet()
    inspector = stage.window.side.inspector
    assert inspector is not None
    assert inspector.shown is not None
    return inspector.shown


def test_a_bound_is_said_in_its_direction() -> None:
    bounds = ("at least", Decimal(1)), ("less than", Decimal(5))
    more: Any = {"unit": "cases", "bounds": bounds[1:]}
    need: Requirement[Decimal] = Requirement("Open cases", "metric", False, Decimal(7), Decimal(5), **more)
    assert required(need, Formats("en_GB")) == "Open cases < 5"
    assert required(replace(need, bounds=bounds), Formats("en_GB")) == "Open cases ≥ 1 and < 5"
    assert required(replace(need, bounds=()), Formats("en_GB")) == "Open cases"


def test_the_score_leads_with_what_is_missing(stage: Stage) -> None:
    tab = progress(stage, "P-01")
    assert number(tab, "Score").words() == "73.6"
    said = texts(tab)
    assert "1.4 points short of Gold" in said
    assert "Silver since" in said
    assert tab.findChild(ScoreBullet).accessibleName() == "Score 73.6. 1.4 points short of Gold"
    assert tab.period.words() == "Q3 2026"
    assert tab.rules.words() == "Rules v2026.2"


def test_points_of_the_parts_add_up_to_the_score(stage: Stage) -> None:
    tab = progress(stage, "P-01")
    table = tab.findChild(ComponentTable)
    points = [n for n in table.findChildren(Number) if n.figure.startswith("adds|")]
    assert len(points) == 4
    shown = sum((Decimal(n.words()) for n in points), Decimal(0))
    total = Decimal(number(table, "Sum of points").words())
    assert abs(total - shown) <= Decimal("0.02"), "four parts, each rounded to a cent of a point"
    assert f"rounded to {number(tab, 'Score').words()}" in texts(table)
    assert total.quantize(Decimal("0.1")) == Decimal(number(tab, "Score").words())


def test_a_bullet_says_where_its_target_stands(stage: Stage) -> None:
    tab = progress(stage, "P-01")
    said = [b.accessibleName() for b in tab.findChildren(ComponentBullet)]
    assert said[1].startswith("Deployment quality: 63.0 of 100, target at ")
    assert all("target at" in words for words in said)


def test_space_on_the_score_shows_a_formula_that_sums_to_it(stage: Stage, qtbot: QtBot) -> None:
    tab = progress(stage, "P-01")
    shown = why(stage, tab, "Score", qtbot)
    assert shown.title == "73.6"
    assert shown.about == "Score · Tesserin Cloud · Q3 2026"
    assert len(shown.rows) == 4
    total = sum((Decimal(row.value) for row in shown.rows), Decimal(0))
    assert shown.total is not None
    assert abs(total - Decimal(shown.total.value)) <= Decimal("0.02")
    assert Decimal(shown.total.value).quantize(Decimal("0.1")) == Decimal(shown.title)
    assert "half up" in shown.total.formula
    assert shown.rule == "SC-01, 2026.2, from 01 Jul 2026"
    assert shown.inputs, "the rows that went in"
    assert shown.excluded, "what did not count"
    assert [(row.name, row.value) for row in shown.changed] == [("69.9 in Q2 2026", "+3.7")]
    assert shown.sentence
    assert stage.window.why.ring.isVisible()


def test_a_gate_answers_with_the_rows_that_count(stage: Stage, qtbot: QtBot) -> None:
    tab = progress(stage, "P-01")
    assert number(tab, "Certified people").words() == "not met · 3"
    shown = why(stage, tab, "Certified people", qtbot)
    assert shown.title == "3"
    assert shown.inputs


def test_why_is_read_anew_for_every_number_of_the_page(stage: Stage, qtbot: QtBot) -> None:
    """Each explanation has the value that stands on the page."""
    tab = progress(stage, "P-13")
    numbers = [n for n in tab.findChildren(Number) if n.figure and n.isVisible()]
    assert len(numbers) > 10
    for at in range(0, len(numbers), 4):
        numbers[at].click()
        stage.quiet()
        inspector = stage.window.side.inspector
        assert inspector is not None
        assert inspector.shown is not None
        shown = numbers[at].words().rpartition("· ")[2]
        said = f"{inspector.shown.title} {inspector.shown.unit}".strip()
        digits = Decimal(shown.replace(",", "").replace("%", "").replace("−", "-").split()[0])
        exact = Decimal(said.replace(",", "").replace("%", "").replace("−", "-").split()[0])
        assert abs(digits - exact) <= Decimal("0.5"), (numbers[at].figure, shown, said)
        stage.window.side.close_why()


def test_levers_name_the_target_and_the_gain(stage: Stage) -> None:
    said = texts(progress(stage, "P-01"))
    assert "Joint revenue growth to 10.0%" in said
    assert "+8.7" in said


def test_another_quarter_is_another_score(stage: Stage) -> None:
    tab = progress(stage, "P-01", "2026Q2")
    assert tab.period.words() == "Q2 2026"
    assert number(tab, "Score").words() == "69.9"
    assert tab.rules.words() != "Rules v2026.2"


def test_the_history_has_its_data_as_words(stage: Stage) -> None:
    tab = progress(stage, "P-01")
    chart = tab.findChild(Chart)
    chart.toggle_data()
    assert chart.canvas.accessibleName().startswith("Score by quarter: Q4 2024 55.0, ")
    assert chart._shown.rows[-1] == ("Q3 2026", "73.6", "2026.2")


@pytest.mark.parametrize(("verb", "tier"), [("Confirm Gold…", "Gold"), ("Keep Silver…", "Silver")])
def test_a_person_decides_a_proposed_move_with_a_reason(stage: Stage, verb: str, tier: str) -> None:
    tab = progress(stage, "P-24")
    said = [status.accessibleName() for status in tab.findChildren(Status)]
    assert any(words.startswith("The figures propose Gold from") for words in said)
    next(b for b in tab.findChildren(Button) if b.words() == verb).click()
    dialog = stage.dialog(ReasonDialog)
    dialog.verb.click()
    assert dialog.problem.text() == "A reason is needed."
    assert stage.desk.undo_label is None, "nothing was decided without a reason"
    dialog.reason.setText("Agreed in the review of 12 November")
    dialog.verb.click()
    stage.quiet()
    assert stage.toast() == "Tier decided"
    assert not [b for b in tab.findChildren(Button) if b.words() == verb and b.isVisible()]
    history = stage.go("partners", "P-24", "history").detail.page
    rows = [row for row in history.table.table_model.rows if row.kind == "decision"]
    assert (rows[0].title, rows[0].detail) == (tier, "Agreed in the review of 12 November")
    stage.act("edit.undo")
    tab = progress(stage, "P-24")
    assert [b for b in tab.findChildren(Button) if b.words() == verb and b.isVisible()]


@pytest.mark.parametrize(
    ("group", "words"),
    [
        (TierGroup("Alder", True, 3), "It holds for the whole group: for 3 other partners, too."),
        (TierGroup("Alder", True, 1), "It holds for the whole group: for the other partner, too."),
        (TierGroup("Alder", False, 3), " alone; one for Alder holds for the whole group."),
        (None, ""),
    ],
)
def test_who_decides_is_told_for_whom_it_holds(stage: Stage, group: TierGroup | None, words: str) -> None:
    tab = progress(stage, "P-24")
    assert tab.view is not None
    tab.view = replace(tab.view, group=group)
    next(b for b in tab.findChildren(Button) if b.words() == "Confirm Gold…").click()
    dialog = stage.dialog(ReasonDialog)
    said = texts(dialog)
    assert words in said and ("holds for" in said) is bool(group)
    dialog.reject()


def test_the_partner_stands_among_the_others_without_their_names(stage: Stage) -> None:
    tab = progress(stage, "P-01")
    stage.quiet()
    said = texts(tab.among)
    for words in ("Beside other partners", "Score", "73.6", "Median", "65", "23"):
        assert words in said
    assert not tab.among.isHidden()
    older = progress(stage, "P-01", "2026Q1")
    stage.quiet()
    assert "73.6" not in texts(older.among)  # of its own period
