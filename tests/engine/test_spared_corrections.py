"""What settlement forfeited of a line was never paid, so that a correction of the line does not take it again."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from partnerdesk.engine.evaluate import evaluate, explain
from partnerdesk.engine.facts import Adjustment, Opening, Payment
from partnerdesk.engine.figures.replay import replay
from partnerdesk.engine.semantics import HOLDS_WHAT_IS_THERE, SPARES_CORRECTED, SPARES_WAIVED, UNDOES_WAIVED_APART
from partnerdesk.engine.settling.ledger import Posted
from partnerdesk.engine.whole import Outcome
from tests.engine.cases import facts, program
from tests.engine.test_losses import AS_OF, CLAWED, GATED, LAPSES, SHARE, VESTING, churning, earned, payable, plan

FEBRUARY, MARCH, APRIL = date(2025, 2, 1), date(2025, 3, 31), date(2025, 4, 1)
MARCH_FIRST = date(2025, 3, 1)
FORFEITED = plan("", SHARE + GATED % "forfeit")
LAPSED, PAID = plan(LAPSES, SHARE), plan("", SHARE)


def later(text: str, before: Sequence[Any], after: Sequence[Any], closed: date, **how: Any) -> Outcome:
    """What is today, with the statements up to a day closed on the facts of before."""
    posted = Posted(closed, evaluate([program(text)], facts(before), closed, **how).partners["A"].entries)
    return evaluate([program(text)], facts(after), AS_OF, posted={"A": posted}, **how).partners["A"]


def true_ups(found: Outcome) -> list[tuple[date, int]]:
    return [(e.day, int(e.amount)) for e in found.entries if e.kind == "trueup"]


@pytest.mark.parametrize(
    ("text", "now", "closed", "expected"),
    [
        # All of it was forfeited in January, and all of it is corrected away.
        (FORFEITED, 0, date(2025, 1, 31), [(FEBRUARY, -100), (FEBRUARY, 100)]),
        # Of 100 that were forfeited 60 would have been earned: the other 40 were not paid either.
        (FORFEITED, 60, date(2025, 1, 31), [(FEBRUARY, -40), (FEBRUARY, 40)]),
        # It lapsed at the end of March.
        (LAPSED, 0, date(2025, 3, 31), [(APRIL, -100), (APRIL, 100)]),
        # It still waits to be paid: the correction takes it off what waits.
        (LAPSED, 0, date(2025, 2, 28), [(date(2025, 3, 1), -100)]),
        # It was paid.
        (PAID, 0, date(2025, 3, 31), [(APRIL, -100)]),
    ],
)
def test_what_was_never_paid_is_not_taken_by_a_true_up(
    text: str, now: int, closed: date, expected: list[tuple[date, int]]
) -> None:
    found = later(text, earned(100), earned(now) if now else [], closed)
    assert sorted(true_ups(found)) == sorted(expected)
    assert payable(found)[-1] == 0
    assert list(found.payouts.values())[-1].carried == (-100 if text == PAID else 0), "what was paid is owed"
    assert [c.name for s in found.statements.values() for c in s.checks if not c.is_ok] == []


def test_statements_of_before_that_rule_are_computed_as_they_were() -> None:
    found = later(FORFEITED, earned(100), [], date(2025, 1, 31), semantics=SPARES_CORRECTED - 1)
    assert true_ups(found) == [(FEBRUARY, -100)] and payable(found)[-1] == -100


def test_a_debt_of_a_statement_closed_before_that_rule_is_given_back_by_the_next() -> None:
    versions, closed = [program(FORFEITED)], date(2025, 3, 31)
    first = Posted(date(2025, 1, 31), evaluate(versions, facts(earned(100)), date(2025, 1, 31)).partners["A"].entries)
    how = {"posted": {"A": first}, "semantics": SPARES_CORRECTED - 1}
    second = Posted(closed, evaluate(versions, facts([]), closed, **how).partners["A"].entries)
    found = evaluate(versions, facts([]), AS_OF, posted={"A": second}).partners["A"]
    assert sorted(true_ups(found)) == [(FEBRUARY, -100), (APRIL, 100)] and payable(found)[-1] == 0


def test_what_was_given_back_stands_once_it_is_closed() -> None:
    versions, day = [program(FORFEITED)], date(2025, 1, 31)
    posted = Posted(day, evaluate(versions, facts(earned(100)), day).partners["A"].entries)
    for closed in (date(2025, 2, 28), date(2025, 3, 31)):
        found = evaluate(versions, facts([]), closed, posted={"A": posted}).partners["A"]
        assert found.entries[: len(posted.entries)] == posted.entries
        posted = Posted(closed, found.entries)
    assert sorted(true_ups(found)) == [(FEBRUARY, -100), (FEBRUARY, 100)]


def test_a_line_that_comes_back_brings_nothing_that_had_been_forfeited() -> None:
    versions, day = [program(FORFEITED)], date(2025, 1, 31)
    posted = Posted(day, evaluate(versions, facts(earned(100)), day).partners["A"].entries)
    posted = Posted(MARCH, evaluate(versions, facts([]), MARCH, posted={"A": posted}).partners["A"].entries)
    found = evaluate(versions, facts(earned(100)), AS_OF, posted={"A": posted}).partners["A"]
    assert sorted(true_ups(found)) == [(FEBRUARY, -100), (FEBRUARY, 100), (APRIL, -100), (APRIL, 100)]
    assert payable(found)[-1] == 0


def test_only_what_had_become_payable_was_forfeited() -> None:
    """Of 100 sixty lapsed, forty vested later and wait still: the correction takes these."""
    text = plan(LAPSES, CLAWED.replace("SHARE", "1") + VESTING)
    found = later(text, churning(date(2099, 1, 1)), [], date(2025, 4, 30))
    assert sum(amount for _, amount in true_ups(found)) == -40
    assert payable(found)[-1] == 0 and found.statements["2025-05"].row("closing").held == 0


def test_the_entry_says_why_and_is_explained() -> None:
    day = date(2025, 1, 31)
    posted = {"A": Posted(day, evaluate([program(FORFEITED)], facts(earned(100)), day).partners["A"].entries)}
    traced = explain([program(FORFEITED)], facts([]), AS_OF, posted=posted).partners["A"]
    (entry,) = [e for e in traced.entries if e.id.endswith(":spared")]
    assert replay(entry.amount) == entry.amount.value == 100
    assert entry.note == "100.00 EUR of it had been forfeited before it was paid"


WAIVING = plan('negative = "next period"', SHARE)
DAY = date(2025, 2, 28)


@pytest.mark.parametrize(
    ("text", "now", "expected", "left"),
    [
        # Of a debt of 100 from January the next payment bore 30, and 70 were waived: no more than 30 are paid back.
        (WAIVING, 0, [(MARCH_FIRST, -70), (MARCH_FIRST, 100)], 30),
        # Forty would have been owed, of which as much was waived.
        (WAIVING, -40, [(MARCH_FIRST, -30), (MARCH_FIRST, 60)], 30),
        # Nothing was waived: all of it is paid back.
        (plan('negative = "net"', SHARE), 0, [(MARCH_FIRST, 100)], 30),
    ],
)
def test_a_debt_that_was_waived_is_not_paid_back(
    text: str, now: int, expected: list[tuple[date, int]], left: int
) -> None:
    found = later(text, earned(-100, 30), earned(now, 30), DAY)
    assert sorted(true_ups(found)) == sorted(expected)
    assert payable(found)[-1] == left
    assert [p.paid for p in found.payouts.values()][2:] == [30]
    assert [c.name for s in found.statements.values() for c in s.checks if not c.is_ok] == []
    before = later(WAIVING, earned(-100, 30), earned(0, 30), DAY, semantics=SPARES_WAIVED - 1)
    assert true_ups(before) == [(MARCH_FIRST, 100)] and payable(before)[-1] == 100


def test_a_line_that_is_owed_again_brings_back_no_debt_that_was_waived() -> None:
    versions, first = [program(WAIVING)], evaluate([program(WAIVING)], facts(earned(-100, 30)), DAY).partners["A"]
    posted = Posted(DAY, first.entries)
    posted = Posted(MARCH, evaluate(versions, facts(earned(0, 30)), MARCH, posted={"A": posted}).partners["A"].entries)
    found = evaluate(versions, facts(earned(-100, 30)), date(2025, 4, 30), posted={"A": posted}).partners["A"]
    assert sorted(true_ups(found)) == [(MARCH_FIRST, -70), (MARCH_FIRST, 100), (APRIL, -100), (APRIL, 70)]
    assert payable(found)[-1] == 0


def test_an_adjustment_that_lapsed_is_not_charged_when_it_is_withdrawn() -> None:
    """Nor is one that was forfeited by the condition for payment; one that was paid is."""
    given = Adjustment(id="J", partner="A", day=date(2025, 1, 20), amount=D(100), reason="goodwill")
    for text, closed in ((FORFEITED, date(2025, 1, 31)), (LAPSED, MARCH)):
        found = later(text, [given], [], closed)
        assert sorted(amount for _, amount in true_ups(found)) == [-100, 100] and payable(found)[-1] == 0
        assert [p.carried for p in found.payouts.values()][-1] == 0
        before = later(text, [given], [], closed, semantics=SPARES_WAIVED - 1)
        assert [amount for _, amount in true_ups(before)] == [-100] and payable(before)[-1] == -100
    paid = later(PAID, [given], [], MARCH)
    assert true_ups(paid) == [(APRIL, -100)] and list(paid.payouts.values())[-1].carried == -100


def test_of_two_adjustments_the_one_that_is_withdrawn_gives_back_what_it_lost() -> None:
    first, second = (
        Adjustment(id=id, partner="A", day=date(2025, month, 20), amount=D(100)) for id, month in (("J1", 1), ("J2", 3))
    )
    found = later(LAPSED, [first, second], [first], MARCH)
    assert true_ups(found) == [(APRIL, -100)] and payable(found)[-1] == 0, "the second one still waited"
    found = later(LAPSED, [first, second], [second], MARCH)
    assert sorted(true_ups(found)) == [(APRIL, -100), (APRIL, 100)]


def test_what_is_not_paid_back_says_why_and_is_explained() -> None:
    posted = {"A": Posted(DAY, evaluate([program(WAIVING)], facts(earned(-100, 30)), DAY).partners["A"].entries)}
    traced = explain([program(WAIVING)], facts(earned(0, 30)), AS_OF, posted=posted).partners["A"]
    (entry,) = [e for e in traced.entries if e.id.endswith(":spared")]
    assert replay(entry.amount) == entry.amount.value == -70
    assert entry.note == "70.00 EUR of it had been waived before it was charged"


@pytest.mark.parametrize(
    ("share", "expected", "back"),
    [
        # Of a clawback of 50 thirty were charged and 20 waived. It never was: 30 are paid back.
        ("", [-20, 50], 30),
        # Ten less is taken back: of 40 twenty were waived, and 20 are charged.
        ("0.4", [10], 10),
        # As much as was waived, and less than that: nothing is charged.
        ("0.2", [30], 30),
        ("0.1", [-10, 40], 30),
    ],
)
def test_of_a_clawback_that_was_charged_in_part_that_part_is_paid_back(
    share: str, expected: list[int], back: int
) -> None:
    def text(share: str) -> str:
        clawed = CLAWED.replace("SHARE", share) if share else CLAWED.partition("clawback")[0]
        return plan('negative = "next period"', clawed + SHARE)

    paid = Payment(id="P", partner="A", day=date(2025, 2, 15), amount=D(100))
    rows = facts([paid, *churning(date(2025, 2, 20)), *earned(0, 0, 30)])
    posted = {"A": Posted(MARCH, evaluate([program(text("0.5"))], rows, MARCH).partners["A"].entries)}
    found = evaluate([program(text(share))], rows, date(2025, 4, 30), posted=posted).partners["A"]
    assert sorted(true_ups(found)) == [(APRIL, amount) for amount in expected]
    assert [(p.paid, p.lost) for p in found.payouts.values()] == [(100, 0), (0, 0), (0, -20), (back, 0)]


def test_a_line_that_falls_below_zero_owes_no_less_than_that() -> None:
    given = Adjustment(id="J", partner="A", day=date(2025, 1, 20), amount=D(100))
    less = Adjustment(id="J", partner="A", day=date(2025, 1, 20), amount=D(-50))
    found = later(FORFEITED, [given], [less], date(2025, 1, 31))
    assert sorted(true_ups(found)) == [(FEBRUARY, -150), (FEBRUARY, 100)] and payable(found)[-1] == -50


def test_what_is_deferred_as_soon_as_it_is_earned_makes_no_debt_good() -> None:
    """Of a debt of 100 the 18 of the line that vest at once bore a part, and 82 were waived; it is corrected away."""
    given = Adjustment(id="J", partner="A", day=date(2025, 1, 20), amount=D(-100), reason="returned")
    text = plan('negative = "next period"', SHARE + VESTING)
    found = later(text, [given, *earned(0, 30)], earned(0, 30), DAY)
    assert sorted(true_ups(found)) == [(MARCH_FIRST, -82), (MARCH_FIRST, 100)]
    before = later(text, [given, *earned(0, 30)], earned(0, 30), DAY, semantics=HOLDS_WHAT_IS_THERE - 1)
    assert sorted(true_ups(before)) == [(MARCH_FIRST, -70), (MARCH_FIRST, 100)]


@pytest.mark.parametrize(
    ("gone", "expected"),
    [
        # The debt and what was released after it had been waived: the debt was not charged, so it is not paid back.
        (("1", "2"), [(APRIL, -400), (APRIL, -100), (APRIL, 100)]),
        (("1",), [(APRIL, -100), (APRIL, 100)]),
        (("2",), [(APRIL, -400)]),
    ],
)
def test_a_waived_debt_is_undone_apart_from_what_came_to_its_line_later(
    gone: tuple[str, ...], expected: list[tuple[date, int]]
) -> None:
    about: dict[str, Any] = {"partner": "A", "day": date(2025, 1, 10), "line": "L", "earning": "share"}
    debt = Opening(id="1", kind="receivable", amount=D(100), **about)
    waits = Opening(id="2", kind="vesting", amount=D(400), due=date(2025, 3, 20), **about)
    left = [row for row in (debt, waits) if row.id not in gone]

    def of_payable(**how: Any) -> list[tuple[date, int]]:
        found = later(WAIVING, [debt, waits], left, MARCH, **how)
        return sorted((e.day, int(e.amount)) for e in found.entries if e.kind == "trueup" and e.bucket == "payable")

    assert of_payable() == sorted(expected)
    if gone == ("1", "2"):
        assert of_payable(semantics=UNDOES_WAIVED_APART - 1) == [(APRIL, -400), (APRIL, 100)]
