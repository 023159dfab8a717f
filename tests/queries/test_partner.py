"""One partner's pages: what a call needs, what the score is made of, and a ledger that ties."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from partnerdesk.errors import Refused
from partnerdesk.queries.figures import WORDS_ALONE, evaluation, programs
from partnerdesk.queries.joint.plan_pages import plan_page
from partnerdesk.queries.partners.card import brief, progress
from partnerdesk.queries.partners.earned import earned
from partnerdesk.store import Store

DAY = date(2026, 11, 19)
PARTNERS = [f"P-{n:02}" for n in range(1, 25)]


@pytest.mark.parametrize("partner", PARTNERS[::4])
def test_a_brief_shows_what_is_open_and_due(sample: Store, partner: str) -> None:
    found = sample.read(brief, partner, DAY)
    assert found.partner.id == partner
    assert found.score is not None
    assert all(DAY <= r.end <= DAY + timedelta(days=90) for r in found.renewals)
    assert [r.end for r in found.renewals] == sorted(r.end for r in found.renewals)
    amounts = [deal.amount or Decimal(0) for deal in found.deals]
    assert amounts == sorted(amounts, reverse=True)
    assert all(action.is_open and action.partner == partner for action in found.actions)
    assert len(found.notes) <= 3
    assert all(r.customer and r.product for r in found.renewals), "names, not ids"


def test_an_unknown_partner_is_refused(sample: Store) -> None:
    with pytest.raises(Refused, match=r"There is no partner P-7 in this book. Did you mean P-07 \(.*\)\? Partners and"):
        sample.read(brief, "P-7", DAY)


@pytest.mark.parametrize("partner", PARTNERS[::3])
def test_points_are_what_the_components_add(sample: Store, partner: str) -> None:
    found = sample.read(progress, partner, "", DAY)
    assert found.score is not None
    assert found.points == sum((c.adds for c in found.score.components), Decimal(0))
    assert found.score.total == found.points.quantize(Decimal("0.1"), "ROUND_HALF_UP")
    assert found.period.label == "2026Q3"
    assert found.periods[0].start > found.periods[-1].start
    assert found.history[-1] == (found.period, found.score.total, "2026.2")


def test_a_target_stands_where_its_scale_puts_it(sample: Store) -> None:
    """By hand: between the two points of the scale that hold it, in proportion."""
    found = sample.read(progress, "P-01", "", DAY)
    rule = sample.read(_score_rule)
    assert found.score is not None
    for part, component in zip(rule.parts, found.score.components, strict=True):
        target = component.target
        points = [(p.at, p.points) for p in part.scale]
        (low, low_points), (high, high_points) = next((a, b) for a, b in pairwise(points) if a[0] <= target <= b[0])
        wanted = low_points + (high_points - low_points) * (target - low) / (high - low)
        assert abs(found.targets[part.metric] - wanted) < Decimal("1e-9")
    gains = {lever.metric: lever.gain for lever in found.levers}
    for component in found.score.components:
        gain = (found.targets[component.metric] - component.points) * component.weight / 100
        assert gains.get(component.metric, Decimal(0)) == max(gain.quantize(Decimal("0.1")), Decimal(0))


def _score_rule(session):  # type: ignore[no-untyped-def]
    return programs(session)[-1].score


@pytest.mark.parametrize("partner", PARTNERS[::2])
@pytest.mark.parametrize("period", ["2026-10", "2026-09", "2025-12"])
def test_a_ledger_runs_from_opening_to_closing(sample: Store, partner: str, period: str) -> None:
    found = sample.read(earned, partner, period, DAY)
    statement = found.statement
    run = statement.row("opening").total
    for row in found.ledger:
        run += row.amount
        assert row.amount == row.held + row.payable
        assert row.balance == run
    assert run == statement.row("closing").total
    days = [row.day for row in found.ledger]
    assert days == sorted(days)
    assert len({row.id for row in found.ledger}) == len(found.ledger)


@pytest.mark.parametrize("partner", PARTNERS[::3])
def test_releases_and_what_waits_for_an_event_are_all_that_is_held(sample: Store, partner: str) -> None:
    found = sample.read(earned, partner, "2026-10", DAY)
    dated = sum((vesting + holdback for _, vesting, holdback in found.releases), Decimal(0))
    assert dated + found.undated == found.statement.row("closing").held
    assert [month for month, _, _ in found.releases] == sorted(month for month, _, _ in found.releases)


def test_a_plan_has_every_quarter_of_its_period(sample: Store) -> None:
    view = sample.read(plan_page, "P-01", DAY)
    assert view is not None
    quarters = [[q.quarter for q in target.quarters] for target in view.targets]
    assert quarters == [["2026Q1", "2026Q2", "2026Q3", "2026Q4"]] * 3


def test_measured_targets_carry_the_figures(sample: Store) -> None:
    view = sample.read(plan_page, "P-01", DAY)
    assert view is not None
    metrics = sample.read(evaluation, DAY).partners["P-01"].metrics
    for target in (t for t in view.targets if t.source == "auto"):
        assert [q.actual for q in target.quarters] == [metrics[target.metric, q.quarter].value for q in target.quarters]


def test_tables_of_words_are_no_facts() -> None:
    """What leaves the figures standing: only tables that are there, and none that an evaluation reads."""
    from partnerdesk.models import metadata
    from partnerdesk.models.facts import TABLES

    read = {table.name for table in TABLES.values()} | {"program_version", "statement", "posted_entry", "book"}
    assert set(metadata.tables) >= WORDS_ALONE
    assert not WORDS_ALONE & read


def test_a_note_leaves_the_figures_standing_and_a_fact_does_not(own: Store) -> None:
    from partnerdesk.ops.joint.notes import add_note
    from partnerdesk.ops.rows.facts import change_row

    before = own.read(evaluation, DAY)
    own.transact("Add note", add_note, "P-01", day=DAY, text="Called")
    assert own.read(evaluation, DAY) is before
    own.undo()
    assert own.read(evaluation, DAY) is before
    own.transact("Edit", change_row, "partner", "P-01", {"currency": "EUR"}, city="Aachen")
    assert own.read(evaluation, DAY) is not before
