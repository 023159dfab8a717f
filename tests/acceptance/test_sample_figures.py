"""Every figure of the sample book is what a hand-written computation of the same rows gives, to the cent."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tests.acceptance.conftest import PARTNERS
from tests.acceptance.rollforward import months, rollforward
from tests.acceptance.sample_lines import TYPES
from tests.acceptance.sample_money import Money
from tests.acceptance.sample_world import (
    AS_OF,
    METRICS,
    PROGRAM_STARTS,
    quarter_of,
)

NEARLY = Fraction(1, 10**20)  # what 28 digits leave of a quotient


def same(ours: Decimal | None, hand: Fraction | None) -> bool:
    """Equal but for what a division leaves; exactly equal where nothing was divided."""
    if ours is None or hand is None:
        return ours is None and hand is None
    return abs(Fraction(ours) - hand) < NEARLY


def quarters() -> list[Any]:
    found = [quarter_of(PROGRAM_STARTS, n) for n in range(12)]
    assert (found[0].label, found[-1].label) == ("2024Q1", "2026Q4")
    return found


def test_every_metric_score_and_tier_of_every_quarter(figures: Any, by_hand: dict[str, Money]) -> None:
    assert list(figures.partners) == PARTNERS
    silent = 0
    for id, outcome in figures.partners.items():
        partner = by_hand[id].partner
        assert set(outcome.metrics) == {(m, q.label) for m in METRICS for q in quarters()}
        for quarter in quarters():
            measured = partner.measures(quarter)
            for name in METRICS:
                found = outcome.metrics[name, quarter.label]
                assert same(found.value, measured[name]), (id, quarter.label, name, found, measured[name])
                silent += found.value is None
                assert (found.value is None) == bool(found.missing)
            score, points = outcome.scores[quarter.label], partner.points(quarter)
            assert {c.metric for c in score.components} == set(points)
            for part in score.components:
                assert same(part.adds, points[part.metric]), (id, quarter.label, part)
            assert Fraction(score.total) == partner.score(quarter), (id, quarter.label)
            standing = outcome.standings[quarter.label]
            assert standing.reached == partner.reached(quarter), (id, quarter.label)
            assert standing.tier == partner.tier(quarter.until), (id, quarter.label)
    assert silent > 10  # some are not evaluated, and the hand agrees on which


def test_every_line(figures: Any, by_hand: dict[str, Money]) -> None:
    seen: Counter[str] = Counter()
    for id, outcome in figures.partners.items():
        hand = {line.id: line for line in by_hand[id].lines}
        assert len(hand) == len(by_hand[id].lines)
        ours = {line.id.replace("safety_net.0:", "net:"): line for line in outcome.lines}
        assert ours.keys() == hand.keys(), (id, ours.keys() ^ hand.keys())
        for key, line in ours.items():
            named = (id, key, line, hand[key])
            assert (line.type, line.event) == (TYPES[hand[key].rule], hand[key].day), named
            assert Fraction(line.computed) == hand[key].computed, named
            assert Fraction(line.amount) == hand[key].amount, named
            assert line.amount == line.computed + line.effect and line.currency == "EUR"
            seen[line.type] += 1
    assert set(seen) == set(TYPES.values()), seen


def test_every_movement(figures: Any, by_hand: dict[str, Money]) -> None:
    """Kind, bucket, day, amount and line of each entry; the payments stand in the book and are computed by hand."""
    seen: Counter[str] = Counter()
    for id, outcome in figures.partners.items():
        ours: Counter[Any] = Counter(
            (e.kind, e.bucket, e.day, Fraction(e.amount), e.line.replace("safety_net.0:", "net:"))
            for e in outcome.entries
        )
        hand: Counter[Any] = Counter(tuple(move) for move in by_hand[id].moves)
        assert ours == hand, (id, sorted((ours - hand).elements())[:5], sorted((hand - ours).elements())[:5])
        seen.update(e.kind for e in outcome.entries)
    kinds = "accrual deferral holdback release forfeiture clawback topup adjustment payment"
    assert set(seen) == set(kinds.split()), seen  # nothing had to be trued up: what was closed is what is computed


def test_every_statement_of_every_month(figures: Any, by_hand: dict[str, Money]) -> None:
    for id, outcome in figures.partners.items():
        by_month = rollforward(by_hand[id])
        assert list(outcome.statements) == list(by_month)
        for label, _, last in months():
            statement, rows = outcome.statements[label], by_month[label]
            for row in statement.rows:
                wanted = tuple(rows.pop((row.key, bucket), Fraction(0)) for bucket in ("held", "payable"))
                assert (Fraction(row.held), Fraction(row.payable)) == wanted, (id, label, row)
                assert row.total == row.held + row.payable
            assert not any(rows.values()), (id, label, rows)
            assert statement.checks and all(check.is_ok for check in statement.checks), (id, label)
            standing = finished_quarter(by_hand[id], min(last, AS_OF))
            assert (statement.tier, Fraction(statement.score)) == standing, (id, label)
            assert sum(h.remaining for h in statement.held) == statement.row("closing").held
            following = outcome.statements.get(f"{last + timedelta(days=1):%Y-%m}")
            assert following is None or opening_of(following) == closing_of(statement)


def opening_of(statement: Any) -> tuple[Decimal, Decimal]:
    return statement.rows[0].held, statement.rows[0].payable


def closing_of(statement: Any) -> tuple[Decimal, Decimal]:
    return statement.rows[-1].held, statement.rows[-1].payable


def finished_quarter(money: Money, day: date) -> tuple[str, Fraction]:
    """Tier on a day, and the score of the last quarter that is over by then."""
    quarter = quarter_of(day)
    if quarter.last > day:
        quarter = quarter_of(day, -1)
    return money.partner.tier(day), money.partner.score(quarter)


def test_what_is_still_held_at_the_end(figures: Any, by_hand: dict[str, Money]) -> None:
    for id, outcome in figures.partners.items():
        hand = {(h.kind, h.line.id): h for h in by_hand[id].holds if h.left}
        ours = {(h.kind, h.line): h for h in outcome.statements["2026-11"].held if h.remaining}
        assert ours.keys() == hand.keys(), id
        for key, held in ours.items():
            assert Fraction(held.remaining) == hand[key].left, (id, key)
            assert held.next_release == (hand[key].ends if hand[key].ends else None), (id, key)
