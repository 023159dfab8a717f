"""The list of partners: figures of the evaluation beside names and dates, and what stands out."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from partnerdesk.engine.facts import Partner
from partnerdesk.engine.whole import Evaluation
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.queries.figures import evaluation
from partnerdesk.queries.joint.actions import actions
from partnerdesk.queries.joint.notes import notes
from partnerdesk.queries.joint.reviews import reviews
from partnerdesk.queries.partners.portfolio import Portfolio, _Dates, _signal, portfolio
from partnerdesk.store import Store
from tests.books import empty_book

DAY = date(2026, 11, 19)
NOTHING = _Dates({}, {}, {}, {})


@pytest.fixture(scope="module")
def found(sample: Store) -> Portfolio:
    return sample.read(portfolio, DAY)


@pytest.fixture(scope="module")
def figures(sample: Store) -> Evaluation[Decimal]:
    return sample.read(evaluation, DAY)


def test_every_partner_has_a_row_with_the_last_finished_score(found: Portfolio, figures: Evaluation[Decimal]) -> None:
    assert len(found.rows) == 24
    assert (found.version, found.currency, found.period) == ("2026.2", "EUR", "2026Q3")
    for row in found.rows:
        outcome = figures.partners[row.id]
        score, standing = outcome.scores["2026Q3"], outcome.standings["2026Q3"]
        assert (row.score, row.tier, row.rank) == (score.total, standing.tier, standing.rank)
        assert row.history[-1] == score.total
        assert len(row.history) == 8
        assert [m.value for m in row.measures] == [c.measured for c in score.components]
        assert row.points_short == standing.points_short


def test_earned_counts_by_the_day_of_the_event(found: Portfolio, figures: Evaluation[Decimal]) -> None:
    for row in found.rows:
        lines = figures.partners[row.id].lines
        quarter = [line.amount for line in lines if date(2026, 10, 1) <= line.event <= DAY]
        year = [line.amount for line in lines if date(2026, 1, 1) <= line.event <= DAY]
        assert (row.earned, row.earned_year) == (sum(quarter, Decimal(0)), sum(year, Decimal(0)))


def test_held_is_the_closing_of_the_running_statement(found: Portfolio, figures: Evaluation[Decimal]) -> None:
    for row in found.rows:
        statements = figures.partners[row.id].statements
        assert row.held == statements["2026-11"].row("closing").held


def test_dates_come_from_reviews_notes_and_actions(found: Portfolio, sample: Store) -> None:
    waiting = [r for r in sample.read(reviews) if not r.is_held and r.day is not None]
    written, late = sample.read(notes), [a for a in sample.read(actions, DAY) if a.days_late]
    for row in found.rows:
        coming = [r.day for r in waiting if r.partner == row.id and r.day is not None and r.day >= DAY]
        missed = [r.day for r in waiting if r.partner == row.id and r.day is not None and r.day < DAY]
        assert row.next_review == min(coming or missed, default=None)
        assert row.review_late is bool(missed and not coming)
        assert row.last_contact == max((n.day for n in written if n.partner == row.id and n.day <= DAY), default=None)
        assert row.late_actions == sum(a.partner == row.id for a in late)


def test_the_planted_signals_stand_out(found: Portfolio) -> None:
    signals = {row.id: row.signal for row in found.rows}
    assert (signals["P-02"], signals["P-03"], signals["P-24"]) == ("edge", "proposal", "proposal")
    assert {row.id: row.proposal for row in found.rows if row.proposal} == {"P-03": "Silver", "P-24": "Gold"}


def scores(*values: int) -> tuple[Decimal, ...]:
    return tuple(Decimal(v) for v in values)


@pytest.mark.parametrize(
    ("history", "signal"),
    [
        (scores(80, 78, 76, 74, 72), "drift"),
        (scores(90, 80, 78, 76, 74, 72), "drift"),
        (scores(80, 78, 78, 74, 72), ""),
        (scores(78, 76, 74, 72), ""),
        (scores(80, 78, 76, 74, 75), ""),
    ],
)
def test_drift_is_four_falls_in_a_row(history: tuple[Decimal, ...], signal: str) -> None:
    assert _signal("P", history, None, None, NOTHING)[0] == signal


@pytest.mark.parametrize(("above", "signal"), [("0", "edge"), ("2", "edge"), ("2.1", ""), ("-0.1", "")])
def test_the_edge_is_within_two_points_above_the_floor(above: str, signal: str) -> None:
    assert _signal("P", (), Decimal(above), None, NOTHING)[0] == signal


def test_late_actions_are_the_least_signal(found: Portfolio, sample: Store) -> None:
    late = next(a for a in sample.read(actions, DAY) if a.days_late)
    dates = replace(NOTHING, late={"P": (late, late)})
    assert _signal("P", (), None, None, dates) == ("late", "2 actions late")
    assert _signal("P", (), Decimal(1), None, dates)[0] == "edge"


def test_without_a_program_names_stand_and_figures_are_absent() -> None:
    with empty_book() as session:
        add_rows(session, [Partner(id="B", name="Öst"), Partner(id="A", name="apple")], by="Ann")
        found = portfolio(session, DAY)
    assert [row.name for row in found.rows] == ["apple", "Öst"]
    assert found.version == ""
    assert all(row.score is None and row.earned is None and row.held is None for row in found.rows)
