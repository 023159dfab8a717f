"""What triggers an earning, and which of its events count: each case a small program and a few facts."""

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from partnerdesk.engine.facts import Activity, Contract, Deal, TierDecision, Transaction
from partnerdesk.engine.whole import Outcome
from tests.engine.cases import worked

AS_OF = date(2026, 12, 31)


def deal(id: str, day: date, amount: object = 1000, **more: Any) -> Deal:
    more = {"partner": "A", "status": "won", "customer": "C1"} | more
    return Deal(id=id, closed=day, amount=D(str(amount)), **more)


def paid(id: str, day: date, amount: object = 100, **more: Any) -> Transaction:
    more = {"partner": "A", "kind": "payment", "customer": "C1"} | more
    return Transaction(id=id, day=day, amount=D(str(amount)), **more)


def amounts(outcome: Outcome) -> dict[str, D]:
    return {line.id: line.amount for line in outcome.lines}


def reasons(outcome: Outcome) -> dict[str, str]:
    return {x.fact.id: x.reason for s in outcome.statements.values() for x in s.uncounted}


def rule(more: str, on: str = '"deal won"', pay: str = 'base = "amount"\nrate = 0.10') -> str:
    return f'[earning.bonus]\nsays = "Bonus"\ntype = "BONUS"\non = {on}\n{pay}\n{more}\n'


def test_any_kind_of_fact_can_trigger_on_one_of_its_days() -> None:
    rows = [
        Activity(id="v1", partner="A", kind="demo", day=date(2026, 3, 1)),
        Activity(id="v2", partner="A", kind="training", day=date(2026, 3, 2)),
        Activity(id="v3", partner="A", kind="demo"),
    ]
    text = rule(
        'where = { kind = "demo" }', on='{ fact = "activity", day = "day", says = "a demo" }', pay="amount = 50"
    )
    found = worked(text, rows, AS_OF)
    assert amounts(found) == {"bonus:v1": D("50.00")}
    assert reasons(found) == {"v2": "activity kind is training, needed: demo"}


TIERS = """
[metric.sales]
says = "Sales"
of = "deal"
day = "closed"
window = "period"
[tiers]
every = "quarter"
in_force = "same period"
[[tier]]
name = "Base"
[[tier]]
name = "Silver"
requires = { metric = "sales", at_least = 1000 }
[[tier]]
name = "Gold"
requires = { metric = "sales", at_least = 5000 }
"""


def test_a_tier_is_reached_on_the_day_it_comes_into_force_and_going_down_pays_nothing() -> None:
    rows = [deal("d1", date(2026, 1, 20)), deal("d2", date(2026, 5, 2), 6000), deal("d3", date(2026, 8, 9), 2000)]
    pay = 'rate = { entries = [{ tier = "Gold", amount = 500 }, { tier = "Silver", amount = 200 }] }'
    found = worked(TIERS + rule("", on='"tier reached"', pay=pay), rows, AS_OF)
    # Silver with the first fact, Gold with the second quarter; Silver in the third is a step down.
    assert amounts(found) == {"bonus:Silver:2026-01-20": D(200), "bonus:Gold:2026-04-01": D(500)}
    assert [line.tier for line in found.lines] == ["Silver", "Gold"]


def test_a_tier_reached_again_pays_once_where_only_the_first_counts() -> None:
    days = [date(2026, 2, 1), date(2026, 5, 1), date(2026, 8, 1), date(2026, 11, 1)]
    rows = [deal(f"d{i}", day, size) for i, (day, size) in enumerate(zip(days, (1000, 10, 1000, 6000), strict=True))]
    pay = "amount = 100"
    twice = worked(TIERS + rule("", on='"tier reached"', pay=pay), rows, AS_OF)
    assert list(amounts(twice)) == ["bonus:Silver:2026-02-01", "bonus:Silver:2026-07-01", "bonus:Gold:2026-10-01"]
    once = worked(TIERS + rule('count = { per = "tier", to = 1 }', on='"tier reached"', pay=pay), rows, AS_OF)
    assert list(amounts(once)) == ["bonus:Silver:2026-02-01", "bonus:Gold:2026-10-01"]


@pytest.mark.parametrize(("every", "days"), [("month", 12), ("quarter", 4), ("half", 2), ("year", 1), ("", 4)])
def test_a_period_end_comes_at_the_end_of_each_period(every: str, days: int) -> None:
    rows = [deal("d1", date(2026, 1, 1))]
    more = f'every = "{every}"' if every else ""
    found = worked(rule(more, on='"period end"', pay="amount = 10"), rows, AS_OF)
    assert len(found.lines) == days


ROWS = [
    deal("d1", date(2026, 1, 5), customer="C1", product="P"),
    deal("d2", date(2026, 2, 5), customer="C1", product="Q"),
    deal("d3", date(2026, 4, 5), customer="C2", product="P"),
    deal("d4", date(2026, 5, 5), customer="C1", product="P"),
]


@pytest.mark.parametrize(
    ("more", "left"),
    [
        ('once_per = "customer"', ["d1", "d3"]),
        ('once_per = "deal"', ["d1", "d2", "d3", "d4"]),
        ("count = { to = 2 }", ["d1", "d2"]),
        ("count = { from = 2, to = 3 }", ["d2", "d3"]),
        ("count = { from = 4 }", ["d4"]),
        ('count = { per = "customer", from = 2 }', ["d2", "d4"]),
        ('count = { per = "customer", to = 1, over = "quarter" }', ["d1", "d3", "d4"]),
        ('count = { per = "product", to = 1 }', ["d1", "d2"]),
        ('count = { per = "deal", to = 1 }', ["d1", "d2", "d3", "d4"]),
        ('count = { per = "contract", to = 1 }', ["d1", "d2", "d3", "d4"]),
        ('count = { per = "stream", to = 1 }\nstream = "customer"', ["d1", "d3"]),
        ('count = { per = "stream", to = 1 }\nstream = "customer and product"', ["d1", "d2", "d3"]),
        ('count = { per = "stream", to = 1 }\nstream = "deal"', ["d1", "d2", "d3", "d4"]),
        ('count = { to = 1, over = "month" }', ["d1", "d2", "d3", "d4"]),
        ('count = { to = 1, over = "half" }', ["d1"]),
        ('count = { to = 1, over = "year" }', ["d1"]),
        ('where = { product = "P" }\ncount = { from = 2 }', ["d3", "d4"]),
    ],
)
def test_only_some_events_of_a_series_count(more: str, left: list[str]) -> None:
    found = worked(rule(more), ROWS, date(2026, 6, 30))
    assert [line.fact_id for line in found.lines] == left
    assert set(reasons(found)) == {d.id for d in ROWS} - set(left)


def test_what_is_not_counted_says_its_number() -> None:
    found = worked(rule('count = { per = "customer", to = 1 }'), ROWS, date(2026, 6, 30))
    assert reasons(found)["d4"] == "it is number 3 of its customer; counted up to number 1"
    found = worked(rule('count = { from = 2, over = "quarter" }'), ROWS, date(2026, 6, 30))
    assert reasons(found)["d3"] == "it is number 1 of its partner in the quarter; counted from number 2 on"


def contract(id: str, start: date, end: date, **more: Any) -> Contract:
    more = {"partner": "A", "customer": "C1"} | more
    return Contract(id=id, start=start, end=end, **more)


PAID = 'base = "amount"\nrate = 0.10'


@pytest.mark.parametrize(
    ("stream", "left"),
    [
        # the contract of January 2025; the deal won in November 2024; the customer since a contract of 2020
        ("contract", ["p1", "p2"]),
        ("deal", ["p1"]),
        ("customer", []),
        ("customer and product", ["p1", "p2", "p3"]),
    ],
)
def test_a_stream_earns_for_so_many_months(stream: str, left: list[str]) -> None:
    rows = [
        deal("d", date(2024, 11, 10), product="X"),
        contract("k0", date(2020, 1, 1), date(2020, 12, 31), product="X"),
        contract("k", date(2025, 1, 15), date(2027, 1, 14), deal="d", product="P"),
        paid("p1", date(2025, 11, 9), contract="k", deal="d", product="P"),
        paid("p2", date(2026, 1, 14), contract="k", deal="d", product="P"),
        # the first event of this product is the contract's start; a product of its own begins with its payment
        paid("p3", date(2026, 1, 15), contract="k", deal="d", product="N"),
    ]
    found = worked(rule(f'stream = "{stream}"\nfor_months = 12', on='"payment received"', pay=PAID), rows, AS_OF)
    assert [line.fact_id for line in found.lines] == left
    if stream == "contract":
        assert reasons(found)["p3"] == "12 months have passed since its contract began on 15 Jan 2025"


def test_an_event_without_contract_goes_with_its_deal() -> None:
    rows = [
        deal("d", date(2025, 3, 1)),
        paid("p1", date(2026, 2, 28), deal="d"),
        paid("p2", date(2026, 3, 1), deal="d"),
    ]
    found = worked(rule("for_months = 12", on='"payment received"', pay=PAID), rows, AS_OF)
    assert [line.fact_id for line in found.lines] == ["p1"]


def test_a_stream_of_its_own_begins_with_its_first_event() -> None:
    rows = [paid("p1", date(2025, 3, 1)), paid("p2", date(2026, 2, 28)), paid("p3", date(2026, 3, 1))]
    more = 'stream = "customer"\nfor_months = 12'
    found = worked(rule(more, on='"payment received"', pay=PAID), rows, AS_OF)
    assert [line.fact_id for line in found.lines] == ["p1", "p2"]


def test_only_while_the_customer_has_a_contract() -> None:
    rows = [
        contract("k", date(2026, 1, 1), date(2026, 12, 31), outcome="churned", outcome_on=date(2026, 6, 30)),
        contract("x", date(2026, 1, 1), date(2026, 12, 31), customer="C2", partner="B"),
        paid("p1", date(2025, 12, 31)),
        paid("p2", date(2026, 1, 1)),
        paid("p3", date(2026, 6, 30)),
        paid("p4", date(2026, 7, 1)),
        paid("p5", date(2026, 3, 1), customer="C2"),
    ]
    found = worked(rule("while_active = true", on='"payment received"', pay=PAID), rows, AS_OF)
    assert [line.fact_id for line in found.lines] == ["p2", "p3"]
    assert reasons(found)["p4"] == "the customer has no contract in force on that day"


FROZEN = 'program = "p"\nversion = "{v}"\neffective_from = {day}\n'


def versions(second: str, freeze: str = 'rules_as_of = "stream start"') -> list[str]:
    first = FROZEN.format(v="1", day="2025-01-01") + rule(freeze, on='"payment received"', pay=PAID)
    return [first, FROZEN.format(v="2", day="2026-01-01") + second]


TWO_TIERS = """[tiers]
moves = "confirmed"
[[tier]]
name = "Base"
[[tier]]
name = "Gold"
requires = { metric = "none", above = 1 }
[metric.none]
says = "None"
of = "deal"
"""
STREAM_ROWS = [
    contract("old", date(2025, 6, 1), date(2027, 5, 31)),
    contract("new", date(2026, 2, 1), date(2027, 1, 31)),
    paid("p1", date(2025, 7, 1), contract="old"),
    paid("p2", date(2026, 7, 1), contract="old"),
    paid("p3", date(2026, 7, 2), contract="new"),
]


def test_a_frozen_rule_stays_with_the_stream_that_began_under_it() -> None:
    second = rule('rules_as_of = "stream start"', on='"payment received"', pay='base = "amount"\nrate = 0.20')
    found = worked(versions(second), STREAM_ROWS, AS_OF)
    assert amounts(found) == {"bonus:p1": D(10), "bonus:p2": D(10), "bonus:p3": D(20)}
    assert [line.rule.version for line in found.lines] == ["1", "1", "2"]


def test_a_frozen_rule_that_was_dropped_goes_on_for_old_streams_only() -> None:
    found = worked(versions(""), STREAM_ROWS, AS_OF)
    assert amounts(found) == {"bonus:p1": D(10), "bonus:p2": D(10)}


def test_a_deal_keeps_the_rule_and_the_tier_of_its_registration() -> None:
    rows = [
        deal("early", date(2026, 3, 1), 100, registered=date(2025, 12, 31)),
        deal("late", date(2026, 3, 1), 100, registered=date(2026, 1, 1)),
        deal("unknown", date(2026, 3, 1), 100),
        contract("k", date(2026, 3, 1), date(2027, 2, 28), deal="early"),
        paid("p", date(2026, 4, 1), contract="k"),
        TierDecision(id="t", partner="A", day=date(2026, 2, 1), tier="Gold", reason="r"),
    ]
    more = 'rules_as_of = "registration"\ntier_as_of = "registration"'
    for on, expected in (("deal won", [1000, 2000, 3000]), ("payment received", [1000])):
        texts = []
        for version, day, rate in (("1", "2025-01-01", (10, 20)), ("2", "2026-01-01", (20, 30))):
            pay = f'base = "amount"\nrate = {{ by_tier = {{ Base = {rate[0]}, Gold = {rate[1]} }} }}'
            texts.append(FROZEN.format(v=version, day=day) + TWO_TIERS + rule(more, on=f'"{on}"', pay=pay))
        found = worked(texts, rows, AS_OF)
        assert [line.amount for line in found.lines] == expected, on


def test_a_rule_that_is_not_frozen_changes_for_all() -> None:
    second = rule("", on='"payment received"', pay='base = "amount"\nrate = 0.20')
    found = worked(versions(second, ""), STREAM_ROWS, AS_OF)
    assert amounts(found) == {"bonus:p1": D(10), "bonus:p2": D(20), "bonus:p3": D(20)}


def test_an_edit_never_revives_a_stream_that_had_no_rule() -> None:
    first = FROZEN.format(v="1", day="2025-01-01")
    second = rule('rules_as_of = "stream start"', on='"payment received"', pay=PAID)
    found = worked([first, FROZEN.format(v="2", day="2026-01-01") + second], STREAM_ROWS, AS_OF)
    assert amounts(found) == {"bonus:p3": D(10)}
    assert reasons(found) == {"p2": "the program had no such rule when its stream began"}


@pytest.mark.parametrize(
    ("as_of", "rate"),
    [("event", "0.20"), ("period start", "0.20"), ("period end", "0.30"), ("stream start", "0.10")],
)
def test_which_tier_counts(as_of: str, rate: str) -> None:
    from partnerdesk.engine.facts import TierDecision

    text = """statements = "quarter"
[tiers]
moves = "confirmed"
[[tier]]
name = "Base"
[[tier]]
name = "Silver"
requires = { metric = "none", above = 0 }
[[tier]]
name = "Gold"
requires = { metric = "none", above = 1 }
[metric.none]
says = "None"
of = "deal"
"""
    pay = 'base = "amount"\nrate = { by_tier = { Base = 0.10, Silver = 0.20, Gold = 0.30 } }'
    rows = [
        TierDecision(id="t1", partner="A", day=date(2026, 3, 31), tier="Silver", reason="r"),
        TierDecision(id="t2", partner="A", day=date(2026, 6, 1), tier="Gold", reason="r"),
        contract("k", date(2026, 2, 1), date(2027, 1, 31)),
        paid("p", date(2026, 5, 5), contract="k"),
    ]
    more = f'tier_as_of = "{as_of}"'
    found = worked(text + rule(more, on='"payment received"', pay=pay), rows, date(2026, 6, 30))
    assert found.lines[0].amount == 100 * D(rate)
    assert found.lines[0].rate == D(rate)


@pytest.mark.parametrize("as_of", [date(2026, 3, 31), date(2026, 12, 31)])
def test_a_bonus_on_what_is_no_business_stays_where_it_was_earned(as_of: date) -> None:
    """A partner with observations alone has periods from the first one on: its bonus does not go with the days."""
    from partnerdesk.engine.facts import Observation

    text = """[metric.reviewed]
says = "Reviewed"
of = "observation"
value = "value"
[earning.bonus]
says = "Bonus"
type = "BONUS"
on = "period end"
base = { metric = "reviewed" }
rate = 2
"""
    rows = [Observation(id="o", partner="A", metric="review", day=date(2026, 2, 1), value=D(50))]
    assert amounts(worked(text, rows, as_of)) == {"bonus:2026Q1": 100}
