"""Metrics over the lines of the program's own earnings: what was earned moves a bonus, a tier, a rate."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from partnerdesk.engine.facts import Customer, Deal
from tests.engine.cases import problems, worked

AS_OF = date(2025, 9, 30)


def deal(id: str, day: date, amount: int, **more: Any) -> Deal:
    return Deal(id=id, partner="A", status="won", closed=day, amount=Decimal(amount), **more)


DEALS = [
    deal("D1", date(2025, 2, 1), 1000, customer="C1"),
    deal("D2", date(2025, 7, 1), 2000, customer="C1", kind="upsell"),
    deal("D3", date(2025, 7, 20), 3000, customer="C2"),
    deal("D4", date(2025, 9, 30), 4000, customer="C2"),
]
UPFRONT = """
[earning.upfront]
says = "Upfront"
type = "UPFRONT"
on = "deal won"
base = "amount"
rate = 0.1
"""
EXTRA = """
[earning.extra]
says = "Extra"
type = "SPIFF"
on = "deal won"
where = { kind = "upsell" }
amount = 50
"""


def paid(text: str) -> str:
    return f'[metric.m]\nsays = "Paid"\nof = "earning"\n{text}\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 200 + 50 + 300 + 400),
        ('where = { earning = "upfront" }', 900),
        ('where = { earning = ["extra", "upfront"] }', 950),
        ('where = { earning = { not = "extra" } }', 900),
        ('where = { type = "SPIFF" }', 50),
        ('where = { customer = "C1" }', 250),
        ('where = { customer.country = "DE" }', 700),
        ('where = { deal.kind = "upsell" }', 250),
        ("where = { amount = { at_least = 300 } }", 700),
        ('window = "ever"', 1050),
        ('window = "1 quarter before"', 0),
        ('window = "period, 6 months earlier"', 100),
        ('take = "count"', 4),
        ('take = "greatest"', 400),
        ('take = "mean"', Decimal("237.5")),
        ('take = "distinct"\nvalue = "customer"', 2),
        ('take = "latest"', 400),
        ('groups = { by = "customer", keep = { above = 300 } }', 1),
        ('groups = { by = "deal", take = "sum" }', 950),
        ('times = [[{ factor = 2, where = { type = "SPIFF" } }, { factor = 1 }]]', 1000),
        ('take = "count"\ntimes = [[{ factor = 2, where = { type = "SPIFF" } }, { factor = 1 }]]', 5),
        ("minimum_rows = 5", None),
        ("not_above = 500", 500),
    ],
)
def test_lines_are_taken_like_facts(text: str, expected: Decimal | int | None) -> None:
    rows = [*DEALS, Customer(id="C2", name="C", country="DE")]
    assert worked(paid(text) + UPFRONT + EXTRA, rows, AS_OF).metrics["m", "2025Q3"].value == expected


def test_the_unit_is_money() -> None:
    assert worked(paid("") + UPFRONT, DEALS, AS_OF).metrics["m", "2025Q3"].unit == "EUR"


BONUS = """
[earning.bonus]
says = "Bonus"
type = "BONUS"
on = "period end"
base = { metric = "m" }
rate = 0.5
"""


@pytest.mark.parametrize("order", [UPFRONT + BONUS, BONUS + UPFRONT])
def test_a_bonus_on_what_was_earned_whatever_stands_first(order: str) -> None:
    # Half of 200 + 300 + 400; the last deal is of the quarter's last day.
    found = worked(paid('where = { earning = "upfront" }') + order, DEALS, AS_OF)
    lines = {line.id: line.amount for line in found.lines}
    assert lines["bonus:2025Q3"] == 450
    assert lines["bonus:2025Q1"] == 50


MONTHLY = 'statements = "quarter"\n'


@pytest.mark.parametrize("is_first", [True, False])
def test_an_extra_asks_what_the_whole_period_earned(is_first: bool) -> None:
    # The quarter earns 900 in the end, also for the extra of the first of July.
    extra = EXTRA.replace("amount = 50", 'amount = 50\nwhen = { metric = "m", at_least = 900 }')
    text = paid('where = { earning = "upfront" }') + (extra + UPFRONT if is_first else UPFRONT + extra)
    found = worked(MONTHLY + text, DEALS, AS_OF)
    assert found.metrics["m", "2025Q3"].value == 900
    assert [line.id for line in found.lines if line.type == "SPIFF"] == ["extra:D2"]


TIERED = """
[tiers]
in_force = "IN FORCE"

[[tier]]
name = "Member"

[[tier]]
name = "Gold"
requires = { metric = "m", at_least = 100 }

[earning.upfront]
says = "Upfront"
type = "UPFRONT"
on = "deal won"
base = "amount"
rate = { by_tier = { Member = 0.1, Gold = 0.2 } }
"""


@pytest.mark.parametrize(("in_force", "window"), [("next period", "period"), ("same period", "1 quarter before")])
def test_a_tier_by_what_was_earned_the_quarter_before(in_force: str, window: str) -> None:
    deals = [
        deal("D1", date(2025, 2, 1), 1000),  # 10 %: 100, and so Gold in the second quarter
        deal("D2", date(2025, 5, 1), 400),  # 20 %: 80, which is too little
        deal("D3", date(2025, 7, 1), 1000),  # 10 % again: 100
        deal("D4", date(2025, 12, 1), 10),  # 20 %
    ]
    text = paid(f'window = "{window}"') + TIERED.replace("IN FORCE", in_force)
    found = worked(text, deals, date(2025, 12, 31))
    assert [(line.tier, line.amount) for line in found.lines] == [
        ("Member", 100),
        ("Gold", 80),
        ("Member", 100),
        ("Gold", 2),
    ]


def test_two_earnings_that_rest_on_each_others_past() -> None:
    text = (
        paid('window = "1 month before"\nwhere = { earning = "right" }')
        + paid('window = "1 month before"\nwhere = { earning = "left" }').replace("metric.m", "metric.n")
        + "".join(
            UPFRONT.replace("upfront", name).replace(
                "rate = 0.1", f'rate = 0.1\nfactor = {{ metric = "{metric}", scale = [{SCALE}] }}'
            )
            for name, metric in (("left", "m"), ("right", "n"))
        )
    )
    deals = [deal(f"D{month}", date(2025, month, 15), 100) for month in (7, 8, 9)]
    found = worked(text, deals, AS_OF)
    # July: nothing was earned before: factor 1. August: 10 were: factor 2. September: 20 were: factor 3.
    expected = {7: 10, 8: 20, 9: 30}
    assert {line.id: line.amount for line in found.lines} == {
        f"{name}:D{month}": amount for name in ("left", "right") for month, amount in expected.items()
    }


SCALE = "{ at = 0, points = 1 }, { at = 10, points = 2 }, { at = 20, points = 3 }"


WELCOME = """
[tiers]
in_force = "IN FORCE"

[[tier]]
name = "Member"

[[tier]]
name = "Gold"
requires = { metric = "m", at_least = 100 }

[earning.upfront]
says = "Upfront"
type = "UPFRONT"
on = "deal won"
base = "amount"
rate = 0.1

[earning.welcome]
says = "Welcome"
type = "BONUS"
on = "tier reached"
amount = 90
"""


@pytest.mark.parametrize(("in_force", "window"), [("next period", "period"), ("same period", "1 quarter before")])
def test_a_bonus_for_a_tier_counts_for_the_tier_of_the_quarter_after(in_force: str, window: str) -> None:
    # 2025Q1 earns 100, so Gold is entered on 1 Apr: 90. Q2 earns 10 more: 100 in all, and Gold stays in Q3. Q3 earns
    # 50 and enters nothing: Member in Q4.
    deals = [deal("D1", date(2025, 2, 1), 1000), deal("D2", date(2025, 5, 1), 100), deal("D3", date(2025, 8, 1), 500)]
    text = paid(f'window = "{window}"') + WELCOME.replace("IN FORCE", in_force)
    found = worked(text, deals, date(2025, 12, 31))
    assert [(line.id, line.amount) for line in found.lines] == [
        ("upfront:D1", 100),
        ("welcome:Gold:2025-04-01", 90),
        ("upfront:D2", 10),
        ("upfront:D3", 50),
    ]
    assert [s.tier for s in found.standings.values()] == ["Member", "Gold", "Gold", "Member"]


@pytest.mark.parametrize(("in_force", "is_refused"), [("next period", False), ("same period", True)])
def test_a_bonus_for_a_tier_that_rests_on_the_bonus_is_refused(in_force: str, is_refused: bool) -> None:
    found = [p.message for p in problems(paid("") + WELCOME.replace("IN FORCE", in_force)) if not p.warning]
    circle = "the earning rests on what it pays itself: earning.welcome → tiers → metric.m → earning.welcome."
    assert found == ([circle] if is_refused else [])
