"""A debt is waived as far as the balance stood below zero: payouts that were not made bear it before."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from partnerdesk.engine.evaluate import evaluate, explain
from partnerdesk.engine.facts import Contract, Payment
from partnerdesk.engine.figures.replay import replay
from partnerdesk.engine.outcome import LOSS
from partnerdesk.engine.semantics import WAIVES_WHAT_STANDS
from partnerdesk.engine.settling.ledger import Posted
from partnerdesk.engine.whole import Outcome
from tests.engine.cases import facts, program, views
from tests.engine.payouts import balances, earned, plan

AS_OF = date(2026, 8, 31)
VESTING = """
[earning.anchor]
says = "Contract commission"
type = "UPFRONT"
on = "contract started"
base = "recurring"
rate = 0.1
vests = [{ share = 0.5 }, { share = 0.5, parts = 5, apart_months = 1, after_months = 1 }]
clawback = [{ if = "churned", within_months = 12, shape = "contract" }]
"""
WAIVING = plan('negative = "next period"', VESTING)


def contract(churned: date | None = None) -> Contract:
    outcome: dict[str, Any] = {"outcome": "churned", "outcome_on": churned} if churned else {}
    start, end = date(2026, 2, 1), date(2027, 1, 31)
    return Contract(id="K", partner="A", customer="C", recurring=D(4000), start=start, end=end, **outcome)


def payment(day: date, amount: int | str, id: str = "P") -> Payment:
    return Payment(id=f"{id}{day}", partner="A", day=day, amount=D(amount))


def closed(text: str, before: Sequence[Any], after: Sequence[Any], closed_to: Sequence[date], **how: Any) -> Outcome:
    """What is found once these days were closed, the last of them on today's facts; both modes agree."""
    versions, posted = [program(text)], None
    for day in closed_to:
        rows = before if day == closed_to[0] else after
        posted = {"A": Posted(day, evaluate(versions, facts(rows), day, posted=posted, **how).partners["A"].entries)}
    plain = evaluate(versions, facts(after), AS_OF, posted=posted, **how).partners["A"]
    traced = explain(versions, facts(after), AS_OF, posted=posted, **how).partners["A"]
    for where, value, figure in views(plain, traced):
        assert figure.value == value == replay(figure), where
    balances(plain)
    return plain


def waived(found: Outcome) -> list[tuple[date, D]]:
    return [(e.day, e.amount) for e in found.entries if e.kind == LOSS]


def payable(found: Outcome) -> D:
    return list(found.statements.values())[-1].row("closing").payable


CHURNED = contract(date(2026, 4, 10))  # 400 x 69/365 = 75.62 are kept
MADE = [payment(date(2026, month, 15), amount) for month, amount in ((3, 200), (4, 40), (5, 40))]
APRIL, MAY, JUNE = date(2026, 4, 30), date(2026, 5, 31), date(2026, 6, 30)


@pytest.mark.parametrize("closes", [[APRIL], [APRIL, MAY], [APRIL, MAY, JUNE]])
def test_what_was_never_paid_bears_a_later_clawback(closes: Sequence[date]) -> None:
    found = closed(WAIVING, [contract()], [CHURNED], closes)
    assert waived(found) == [] and payable(found) == D("75.62")
    payouts = list(found.payouts.values())
    assert sum(p.paid for p in payouts) + payouts[-1].carried == D("75.62")


def test_before_its_number_it_was_waived_as_well() -> None:
    found = closed(WAIVING, [contract()], [CHURNED], [APRIL, MAY], semantics=WAIVES_WHAT_STANDS - 1)
    assert waived(found) == [(JUNE, D("204.38"))] and payable(found) == 280


@pytest.mark.parametrize(
    ("made", "expected", "left"),
    [
        (MADE, [(JUNE, "204.38")], 0),
        # Of 280 the last 40 were not made: they bear as much of the debt.
        (MADE[:2], [(JUNE, "164.38")], 0),
        (MADE[:1], [(JUNE, "124.38")], 0),
        # What the bank sent back was not made either.
        ([*MADE, payment(date(2026, 6, 3), -200, "back")], [(JUNE, "4.38")], 0),
    ],
)
def test_a_debt_of_what_was_paid_is_waived(
    made: Sequence[Payment], expected: list[tuple[date, str]], left: int
) -> None:
    found = closed(WAIVING, [contract(), *made], [CHURNED, *made], [APRIL, MAY])
    assert waived(found) == [(day, D(amount)) for day, amount in expected]
    assert payable(found) == left


def test_without_closes_the_ledger_says_the_same() -> None:
    """Its payouts are as if the earlier ones were made, until there is a payment."""
    nothing_paid = evaluate([program(WAIVING)], facts([CHURNED]), AS_OF).partners["A"]
    assert waived(nothing_paid) == [] and payable(nothing_paid) == D("75.62")
    assert [p.lost for p in nothing_paid.payouts.values() if p.lost] == [D("-164.38")]
    paid = evaluate([program(WAIVING)], facts([CHURNED, *MADE[:2]]), AS_OF).partners["A"]
    assert waived(paid) == [(MAY, D("164.38"))] and payable(paid) == 0
    part = evaluate([program(WAIVING)], facts([CHURNED, MADE[0]]), AS_OF).partners["A"]
    assert waived(part) == [(MAY, D("124.38"))]
    assert [p.lost for p in part.payouts.values() if p.lost] == [D("-124.38")]


def run(settlement: str, rows: Sequence[Any], as_of: date = date(2025, 12, 31)) -> Outcome:
    """Both modes agree."""
    text = program(plan(settlement))
    plain, traced = (how([text], facts(rows), as_of).partners["A"] for how in (evaluate, explain))
    for where, value, figure in views(plain, traced):
        assert figure.value == value == replay(figure), where
    return plain


def lost(found: Outcome) -> list[tuple[int, D]]:
    return [(day.month, amount) for day, amount in waived(found)]


def test_a_debt_that_comes_after_one_that_was_borne_has_its_next_payment() -> None:
    """Of 100 nothing was paid before 80 of it were taken; once 20 are paid, another 30 are owed."""
    rows = [*earned(100, -80, 0, 0, -30, 10), payment(date(2025, 4, 10), 20)]
    assert lost(run('negative = "next period"', rows)) == [(6, 20)]


def test_a_debt_that_a_late_payment_makes_has_its_next_payment_too() -> None:
    rows = [*earned(100, -80, 0, 0, 0, 30, 0), payment(date(2025, 5, 10), 100)]
    assert lost(run('negative = "next period"', rows)) == [(6, 50)]


def test_what_waits_for_the_minimum_is_carried_and_no_payout_that_was_not_made() -> None:
    assert lost(run('negative = "next period"\nminimum = 50', earned(40, -100, 0))) == [(3, 60)]


def test_what_was_drawn_in_advance_bears_no_debt() -> None:
    """January draws 70 beside 30; they were not paid. Of what is owed 30 are borne, and 70 are waived."""
    rows = [*earned(30, -100, 0)]
    draw = 'negative = "next period"\ndraw = { amount = 100, recoverable = false }'
    assert lost(run(draw, rows)) == [(3, 70)]


def test_what_came_without_a_payout_before_it_was_none_that_was_not_made() -> None:
    assert lost(run('negative = "next period"', [*earned(-50, 0, 0), payment(date(2025, 1, 10), -100)])) == [(2, 50)]
