"""A calculation in which every line rests on all before it: as a tree it has no end, and everybody walks its graph."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from partnerdesk.engine.evaluate import explain
from partnerdesk.engine.facts import Transaction
from partnerdesk.engine.figures.arithmetic import FIGURES as AR
from partnerdesk.engine.figures.bearing import unused
from partnerdesk.engine.figures.figure import Figure, Origin
from partnerdesk.engine.figures.replay import replay
from partnerdesk.engine.figures.steps import Alike, leaves_of, steps_of, written_out
from partnerdesk.engine.outcome.record import plain
from partnerdesk.ops.statements.veiled import foreign_rows, veiled
from partnerdesk.reports.figures import trace
from tests.engine.cases import facts, program

FILLING = """
[earning.e]
says = "Fee"
type = "FEE"
on = "payment received"
base = "amount"
rate = { bands = "marginal", over = "year", floors_of = "paid", steps = [
  { from = 0, rate = 0.05 }, { from = 100, rate = 0.1 }] }
"""
PAYMENTS = 60
FEW = Origin("rule", "r")


def paid(number: int) -> Transaction:
    day = date(2024, 1, 1) + timedelta(days=number)
    return Transaction(id=f"T{number:02}", partner="A", kind="payment", day=day, amount=Decimal(100))


@pytest.fixture(scope="module")
def figure() -> Figure:
    """What the last payment earned: bands that fill with what all payments before it did."""
    found = explain([program(FILLING)], facts([paid(n) for n in range(PAYMENTS)]), date(2024, 12, 31))
    return found.partners["A"].lines[-1].amount


def test_steps_are_found_once_after_their_parts(figure: Figure) -> None:
    found = list(steps_of(figure))
    places = {id(step): place for place, step in enumerate(found)}
    assert len(places) == len(found) and found[-1] is figure
    assert all(places[id(part)] < places[id(step)] for step in found for part in step.parts)
    assert [leaf.origin.id for leaf in leaves_of(figure) if leaf.origin] == [paid(n).id for n in _order(figure)]
    assert written_out(figure) > 2**PAYMENTS / 2


def _order(figure: Figure) -> Sequence[int]:
    """The payments in the order of the formula: the last one's own amount, then those before it."""
    return [PAYMENTS - 1, *range(PAYMENTS - 1)]


def test_a_trace_holds_each_step_once_and_leads_to_every_row(figure: Figure) -> None:
    found = trace(figure)
    steps: dict[str, Any] = found["steps"]
    assert found["value"] == plain(figure.value) and len(steps) == len(list(steps_of(figure))) - 1
    seen, waiting = set[int](), [*found["parts"]]
    while waiting:
        number = waiting.pop()
        if number not in seen:
            seen.add(number)
            waiting += steps[str(number)].get("parts", ())
    rows = {steps[str(number)]["origin"]["id"] for number in seen if "parts" not in steps[str(number)]}
    assert rows == {paid(n).id for n in range(PAYMENTS)} and len(seen) == len(steps)


def test_a_calculation_of_few_steps_is_written_out() -> None:
    amounts = [AR.given(Decimal(n), "EUR", "amount", FEW) for n in range(3)]
    whole = AR.sum([*amounts, AR.sum(amounts, "EUR", "again")], "EUR", "all")
    assert trace(whole) == plain(whole) and written_out(whole) == 8


def test_equal_steps_have_one_number() -> None:
    one, same, other = (AR.given(Decimal(n), "EUR", "amount", FEW) for n in (1, 1, 2))
    whole = AR.sum([one, same, other], "EUR", "all")
    numbers = Alike(whole)
    assert numbers[one] == numbers[same] != numbers[other]
    assert numbers[replace(whole)] == numbers[whole] != numbers[replace(whole, label="of it")]


def test_rows_of_others_are_drawn_together_wherever_they_stand(figure: Figure) -> None:
    assert veiled(figure, frozenset()) is figure or replay(veiled(figure, frozenset())) == figure.value
    foreign = frozenset({("transaction", "T00")})
    assert foreign_rows(figure, foreign) == foreign
    seen = [leaf for leaf in leaves_of(veiled(figure, foreign)) if leaf.origin and leaf.origin.id == "T00"]
    assert seen == []


def test_every_payment_bears_on_the_last_one(figure: Figure) -> None:
    assert unused(figure) == ()
