"""Today's rows by hand: the four figures, who needs somebody, and a kept view that is never older than the book."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from partnerdesk.engine.facts import Contract, Facts
from partnerdesk.ops.joint.actions import complete_action
from partnerdesk.ops.today import snooze
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import evaluation
from partnerdesk.queries.joint.actions import actions
from partnerdesk.queries.joint.reviews import reviews
from partnerdesk.queries.today import view as today_view
from partnerdesk.queries.today.needs import is_due
from partnerdesk.queries.today.ranked import today
from partnerdesk.queries.today.view import Need, Tile, Today, cache_key, from_bytes, kept_today, to_bytes
from partnerdesk.store import Store

DAY = date(2026, 11, 19)
QUARTER = date(2026, 10, 1)


@pytest.fixture(scope="module")
def view(sample: Store) -> Today:
    return sample.read(today, DAY)


@pytest.fixture(scope="module")
def world(sample: Store) -> Facts:
    return sample.read(facts, kinds=("deal", "contract", "exchange_rate", "partner"))


def tile(view: Today, key: str) -> Tile:
    return next(t for t in view.tiles if t.key == key)


def in_euro(world: Facts, amount: Decimal | None, currency: str, day: date) -> Decimal:
    """By the newest rate of the program's table up to the day, in either direction."""
    if amount is None or currency == "EUR":
        return amount or Decimal(0)
    known = [r for r in world.of("exchange_rate") if r.table == "program" and r.day <= day]
    direct = [r for r in known if (r.base, r.quote) == (currency, "EUR")]
    if direct:
        return amount * max(direct, key=lambda r: r.day).rate
    back = [r for r in known if (r.base, r.quote) == ("EUR", currency)]
    return amount / max(back, key=lambda r: r.day).rate


def test_joint_revenue_is_what_was_won_this_quarter_against_the_same_days_last_year(view: Today, world: Facts) -> None:
    def won(first: date, last: date) -> Decimal:
        deals = [d for d in world.of("deal") if d.partner and d.status == "won" and d.closed]
        return sum(
            (in_euro(world, d.amount, d.currency, d.closed) for d in deals if first <= d.closed <= last), Decimal(0)
        )

    now, then = won(QUARTER, DAY), won(date(2025, 10, 1), date(2025, 11, 19))
    assert now > then > 0
    assert tile(view, "revenue").value == now
    assert tile(view, "revenue").change == (now - then) / then


def test_renewal_rate_counts_at_most_what_was_due(view: Today, world: Facts) -> None:
    def rate(last: date) -> Decimal:
        due = kept = Decimal(0)
        for c in world.of("contract"):
            if c.outcome != "open" and c.end and last.replace(year=last.year - 1) < c.end <= last:
                base = in_euro(world, c.recurring, c.currency, c.end)
                after = in_euro(world, c.outcome_amount, c.currency, c.end) if c.outcome_amount is not None else base
                due += base
                kept += Decimal(0) if c.outcome == "churned" else min(base, after)
        return kept / due

    assert tile(view, "renewal").value == rate(DAY)
    assert tile(view, "renewal").change == rate(DAY) - rate(date(2026, 9, 30))


def test_earned_is_the_sum_of_all_lines_of_the_quarter(view: Today, sample: Store) -> None:
    lines = [line for o in sample.read(evaluation, DAY).partners.values() for line in o.lines]
    assert tile(view, "earned").value == sum(
        (line.amount for line in lines if QUARTER <= line.event <= DAY), Decimal(0)
    )


def test_renewals_due_are_open_contracts_of_ninety_days(view: Today, world: Facts) -> None:
    due = [c for c in world.of("contract") if c.outcome == "open" and c.end and DAY <= c.end <= DAY + timedelta(90)]
    shown = tile(view, "due")
    assert (shown.count, shown.unowned) == (len(due), sum(not c.owner for c in due))
    assert shown.value == sum((in_euro(world, c.recurring, c.currency, DAY) for c in due), Decimal(0))


def test_every_late_action_and_every_review_in_sight_is_a_row(view: Today, sample: Store) -> None:
    late = {f"action|{a.id}" for a in sample.read(actions, DAY) if a.days_late}
    assert late == {n.key for n in view.needs if n.kind == "action"}
    soon = DAY + timedelta(days=14)
    waiting = {f"review|{r.id}" for r in sample.read(reviews) if not r.is_held and r.day and r.day <= soon}
    assert waiting == {n.key for n in view.needs if n.kind == "review"}


def test_a_renewal_is_a_row_when_nobody_owns_it_or_its_day_is_near(view: Today, world: Facts) -> None:
    shown = {n.key.partition("|")[2]: n for n in view.needs if n.kind == "renewal"}
    for contract in world.of("contract"):
        if not is_due(contract, DAY, DAY + timedelta(days=90)):
            assert contract.id not in shown
            continue
        notice = contract.end - timedelta(days=contract.notice_days) if contract.notice_days else None
        is_near = notice is not None and notice <= DAY + timedelta(days=14)
        is_quiet = bool(contract.owner) and (contract.end - DAY).days > 30 and not is_near
        assert (contract.id in shown) is not is_quiet
        if contract.id in shown:
            assert shown[contract.id].count == (contract.end - DAY).days
            assert shown[contract.id].day == (notice if is_near else None)


def test_the_planted_partners_stand_out(view: Today) -> None:
    """Two on the edge of a tier, one that the figures move down, one that they move up."""
    found = {(n.event, n.partner): n for n in view.needs if n.kind in ("tier", "signal")}
    assert found["near", "P-01"].subject == "Gold"
    assert found["edge", "P-02"].subject == "Gold"
    assert (found["proposed", "P-03"].subject, found["proposed", "P-03"].about) == ("Silver", "Gold")
    assert (found["proposed", "P-24"].subject, found["proposed", "P-24"].about) == ("Gold", "Silver")


def test_snoozed_things_wait_until_their_day(own: Store) -> None:
    before = own.read(today, DAY)
    key = before.needs[3].key
    own.transact("Snooze", snooze, key, until=date(2026, 11, 23), today=DAY)
    after = own.read(today, DAY)
    assert key not in [n.key for n in after.needs]
    assert (after.snoozed, len(after.needs)) == (1, len(before.needs) - 1)
    monday = own.read(today, date(2026, 11, 23))
    assert monday.snoozed == 0


def test_a_view_and_its_bytes_are_the_same(view: Today) -> None:
    assert from_bytes(to_bytes(view)) == view
    assert to_bytes(from_bytes(to_bytes(view))) == to_bytes(view)


def test_a_kept_view_is_found_for_its_day_alone(own: Store) -> None:
    view = own.read(today, DAY)
    assert view.revision == own.revision
    assert own.read(kept_today, DAY) is None
    own.remember(cache_key(DAY), to_bytes(view), view.revision)
    assert own.read(kept_today, DAY) == view
    assert own.read(kept_today, DAY + timedelta(days=1)) is None
    assert own.undo_label is None, "a kept view is no step"


def test_a_kept_view_is_gone_after_any_write_and_after_undo(own: Store) -> None:
    view = own.read(today, DAY)
    own.remember(cache_key(DAY), to_bytes(view), view.revision)
    late = next(a for a in own.read(actions, DAY) if a.days_late)
    own.transact("Done", complete_action, late.id, on=DAY)
    assert own.read(kept_today, DAY) is None
    own.undo()
    assert own.read(kept_today, DAY) is None, "undo is a step of its own"


def test_a_view_that_was_computed_before_a_write_is_not_shown_after_it(own: Store) -> None:
    """The write came while the view was computed: it is kept for a revision that is over."""
    view = own.read(today, DAY)
    late = next(a for a in own.read(actions, DAY) if a.days_late)
    own.transact("Done", complete_action, late.id, on=DAY)
    own.remember(cache_key(DAY), to_bytes(view), view.revision)
    assert own.read(kept_today, DAY) is None


def test_another_format_finds_nothing(own: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    view = own.read(today, DAY)
    own.remember(cache_key(DAY), to_bytes(view), view.revision)
    monkeypatch.setattr(today_view, "FORMAT", today_view.FORMAT + 1)
    assert own.read(kept_today, DAY) is None


_KINDS = (Today, Need, Tile, today_view.Day, today_view.Side, today_view.Promised, today_view.Riser, today_view.Won)


def test_the_format_is_raised_when_a_row_changes() -> None:
    """Raise `today_view.FORMAT` and write the new fields down here: an older kept view cannot be read any more."""
    assert today_view.FORMAT == 8
    shape = {kind.__name__: len(kind.__dataclass_fields__) for kind in _KINDS}
    assert shape == {"Today": 16, "Need": 16, "Tile": 9, "Day": 7, "Side": 4} | {
        "Promised": 6,
        "Riser": 5,
        "Won": 3,
    }


def test_a_book_without_anything_has_a_view() -> None:
    from tests.books import empty_book

    with empty_book() as session:
        view = today(session, DAY)
    assert (view.partners, view.needs, view.tiles, view.version) == (0, (), (), "")


def test_contracts_that_are_over_are_not_due() -> None:
    contract = Contract(id="K", end=DAY)
    assert is_due(contract, DAY, DAY)
    assert not is_due(replace(contract, outcome="renewed"), DAY, DAY)
    assert not is_due(replace(contract, end=None), DAY, DAY)


def test_an_escalation_stands_on_today_when_its_clock_ran_out() -> None:
    """Before that day it is nobody's trouble; up a level its clock starts anew; settled it is gone."""
    from partnerdesk.engine.facts import Partner
    from partnerdesk.ops.joint.escalations import escalate, raise_level, settle
    from partnerdesk.ops.joint.plans import add_plan
    from partnerdesk.ops.rows.facts import add_rows
    from tests.books import empty_book

    def told(on: date) -> list[tuple[str, int, str, tuple[str, ...]]]:
        return [(n.subject, n.count, n.period, n.target) for n in today(session, on).needs if n.kind == "escalation"]

    with empty_book() as session:
        add_rows(session, [Partner(id="P-1", name="Nordlys")])
        plan = add_plan(session, "P-1", start=date(2026, 1, 1), end=date(2026, 12, 31), on=DAY)
        id = escalate(session, plan, text="Data access", on=DAY)
        place = ("partner", "P-1", "plan", "risks")
        assert told(DAY) == []
        assert told(DAY + timedelta(days=2)) == [("Data access", 0, "1", place)]
        assert told(DAY + timedelta(days=5)) == [("Data access", 3, "1", place)]
        raise_level(session, id, on=DAY + timedelta(days=5))
        assert told(DAY + timedelta(days=6)) == []
        assert told(DAY + timedelta(days=11)) == [("Data access", 1, "2", place)]
        settle(session, id, on=DAY + timedelta(days=11), outcome="Granted")
        assert told(DAY + timedelta(days=12)) == []


def test_the_most_improved_are_those_whose_score_rose_most(view: Today, sample: Store) -> None:
    found = sample.read(evaluation, DAY).partners
    rises = {}
    for partner, outcome in found.items():
        finished = [score for label in outcome.scores if (score := outcome.scores[label]).period.end <= DAY]
        if len(finished) > 1:
            rises[partner] = finished[-1].total - finished[-2].total
    best = sorted((rise for rise in rises.values() if rise >= 1), reverse=True)[:3]
    assert best and [row.points for row in view.risers] == best
    assert all(row.points == rises[row.partner] and row.part for row in view.risers)


def test_what_was_reached_together_is_counted_from_the_quarter_s_first_day(
    view: Today, world: Facts, sample: Store
) -> None:
    deals = [d for d in world.of("deal") if d.partner and d.status == "won" and d.closed]
    assert view.won.deals == sum(QUARTER <= d.closed <= DAY for d in deals) > 0
    done = [a for a in sample.read(actions, DAY) if a.state == "done" and a.ended_on]
    assert view.won.kept == sum(QUARTER <= a.ended_on <= DAY for a in done) > 0
