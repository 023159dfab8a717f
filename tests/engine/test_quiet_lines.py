"""The short way of the most common rule makes the very lines that the general way makes, and is taken where it may."""

import random
from datetime import date
from decimal import Decimal

import pytest

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import Deal
from partnerdesk.engine.terms.earnings import EarningTerms
from partnerdesk.engine.terms.versions import Terms
from tests.engine.cases import both, facts, program

AS_OF = date(2022, 8, 20)
METRICS = """
currency = "EUR"
statements = "month"
[metric.revenue]
says = "Revenue"
of = "deal"
where = { status = "won" }
take = "sum"
value = "amount"
day = "closed"
window = "period"
[metric.year]
says = "Year"
of = "deal"
take = "sum"
value = "amount"
day = "closed"
window = "4 quarters before"
[metric.growth]
says = "Growth"
growth = "revenue"
growth_as = "ratio"
[metric.increase]
says = "Increase"
growth = "revenue"
growth_as = "amount"
[[tier]]
name = "Low"
[[tier]]
name = "High"
requires = { metric = "year", at_least = 900 }
[earning.it]
says = "It"
type = "BONUS"
on = "period end"
every = "quarter"
"""
BANDS = "rate = { bands = 'marginal', steps = [{ from = %s, rate = 0.015 }, { from = 400, rate = 0.04 }] }"
BY_TIER = "\nfactor = { by_tier = { Low = 1.00, High = 1.15 } }"
GROWING = "\nwhen = { all = [{ metric = 'growth', at_least = 1.1 }, { metric = 'revenue', above = 0 }] }"
QUIET = {
    "rate": 'base = { metric = "revenue" }\nrate = 0.03',
    "rate by tier": 'base = { metric = "revenue" }\nrate = 0.03' + BY_TIER,
    "bands": 'base = { metric = "revenue" }\n' + BANDS % "0",
    "bands above a floor": 'base = { metric = "revenue" }\n' + BANDS % "25" + BY_TIER,
    "growth": 'base = { metric = "increase" }\nrate = 0.01' + GROWING,
    "increase without condition": 'base = { metric = "increase" }\n' + BANDS % "0" + BY_TIER,
}
LOUD = {
    "least": QUIET["rate"] + "\nleast = 5",
    "most": QUIET["bands"] + "\nmost = 5",
    "whole amount": QUIET["bands"].replace("marginal", "whole amount"),
    "tier of another day": QUIET["rate by tier"] + '\ntier_as_of = "period start"',
}


def deals() -> list[Deal]:
    """Three years of one partner, with quarters of nothing, of a credit that outweighs the rest, and of a day twice."""
    draw = random.Random(4)
    days = [date(draw.choice((2020, 2021, 2022)), draw.randint(1, 8), draw.randint(1, 28)) for _ in range(24)]
    return [
        Deal(
            id=f"D{i:02}", partner="A", status="won", closed=day, amount=Decimal(draw.randrange(-30_000, 60_000)) / 100
        )
        for i, day in enumerate([*days, days[0]])
    ]


def is_quiet(text: str) -> bool:
    return Terms([program(text)], AS_OF).versions[0].earnings["earning.it"].is_quiet


@pytest.mark.parametrize("rule", QUIET.values(), ids=QUIET.keys())
def test_both_ways_and_both_modes_make_the_same_lines(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text, rows = METRICS + rule, deals()
    assert is_quiet(text)
    quiet = both(text, rows, AS_OF)[0].lines
    assert len(quiet) > 1
    monkeypatch.setattr(EarningTerms, "_read_quiet", lambda terms: False)
    assert evaluate([program(text)], facts(rows), AS_OF).partners["A"].lines == quiet


@pytest.mark.parametrize("rule", LOUD.values(), ids=LOUD.keys())
def test_a_rule_that_asks_for_more_goes_the_general_way(rule: str) -> None:
    assert not is_quiet(METRICS + rule)
    assert both(METRICS + rule, deals(), AS_OF)[0].lines
