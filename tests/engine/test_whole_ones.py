"""A base that is divided and counts in whole ones: a count with an amount for each, and no money at a percentage."""

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.outcome import EarningLine
from partnerdesk.engine.semantics import COUNTS_WHOLE_ONES
from tests.engine.cases import facts, program, worked
from tests.engine.test_earning_triggers import deal, rule

SALES = '[metric.sales]\nsays = "Sales"\nof = "deal"\n'
EACH_FULL = 'base = { metric = "sales", per = 10_000, whole = true }\nrate = 25'
STEPS = "[{ from = 0, rate = 0 }, { from = 2000, rate = 2 }]"
EXCESS = f'rate = {{ bands = "step on excess", excess_over = 1000, steps = {STEPS} }}'
AS_OF = date(2026, 3, 31)


def text_of(pay: str, head: str = SALES) -> str:
    return head + rule('every = "quarter"', on='"period end"', pay=pay)


def line(text: str, amount: int) -> EarningLine[Any]:
    (found,) = worked(text, [deal("d", date(2026, 2, 5), amount)], AS_OF).lines
    return found


@pytest.mark.parametrize(
    ("amount", "said"),
    [(31_000, "75.00 EUR = 3 whole ones × 25.00 EUR"), (10_000, "25.00 EUR = 1 whole one × 25.00 EUR")],
)
def test_whole_ones_of_an_amount_are_counted_at_an_amount_for_each(amount: int, said: str) -> None:
    found = line(text_of(EACH_FULL), amount)
    assert found.reason.startswith(said)
    assert (found.base_unit, found.pays_each) == ("whole ones", True)


def test_each_third_of_a_count_is_a_whole_one_and_a_plain_count_keeps_its_unit() -> None:
    count = SALES.replace('of = "deal"', 'of = "deal"\ntake = "count"')
    assert line(text_of('base = { metric = "sales", whole = true }\nrate = 5', count), 9).base_unit == "deals"
    rows = [deal(f"d{n}", date(2026, 2, 5), 1) for n in range(7)]
    (found,) = worked(text_of('base = { metric = "sales", per = 3, whole = true }\nrate = 5', count), rows, AS_OF).lines
    assert found.reason.startswith("10.00 EUR = 2 whole ones × 5.00 EUR")


def test_a_closed_statement_keeps_its_whole_ones_as_they_were_told() -> None:
    rows, before = facts([deal("d", date(2026, 2, 5), 31_000)]), COUNTS_WHOLE_ONES - 1
    (found,) = evaluate([program(text_of(EACH_FULL))], rows, AS_OF, semantics=before).partners["A"].lines
    assert (found.amount, found.base, found.base_unit) == (D(75), D(3), "")


def test_a_number_without_a_unit_is_said_without_one() -> None:
    head = SALES + 'unit = "1"\n'
    found = line(text_of(f'base = {{ metric = "sales" }}\n{EXCESS}', head), 700_000)
    assert "what lies above 1,000 earns" in found.reason and " 1 " not in found.reason
    assert line(text_of('base = { metric = "sales" }\nrate = 2', head), 700_000).reason.startswith(
        "1,400,000.00 EUR = 700,000 × 2.00 EUR"
    )
