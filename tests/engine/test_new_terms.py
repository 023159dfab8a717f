"""What a running stream does when tier or version change: it keeps its terms, takes the new ones at once, or with the
next renewal; and how a lower tier cuts streams short."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from partnerdesk.engine.facts import Contract, TierDecision, Transaction
from tests.engine.cases import worked

AS_OF = date(2027, 12, 31)
HEAD = 'program = "p"\nversion = "{v}"\neffective_from = {day}\n'
RECURRING = """
[earning.share]
says = "Share"
type = "RECURRING"
on = "payment received"
base = "amount"
stream = "{stream}"
{more}
rate = {rate}
"""


def paid(id: str, day: date, contract: str | None = "K1") -> Transaction:
    return Transaction(
        id=id, partner="A", kind="payment", day=day, amount=Decimal(100), customer="C1", contract=contract
    )


def contract(id: str, start: date, end: date, **more: Any) -> Contract:
    return Contract(id=id, partner="A", customer="C1", start=start, end=end, recurring=Decimal(1200), **more)


# A customer of 1 Mar 2025, renewed on 1 Mar 2026 by a contract of its own, which then goes on from 1 Mar 2027.
FIRST = contract("K1", date(2025, 3, 1), date(2026, 2, 28), outcome="renewed", outcome_on=date(2026, 2, 1))
SECOND = contract(
    "K2", date(2026, 3, 1), date(2027, 2, 28), renewal_of="K1", outcome="renewed", outcome_on=date(2027, 2, 1)
)
ROWS = [
    FIRST,
    SECOND,
    paid("P1", date(2025, 6, 1)),
    paid("P2", date(2026, 2, 1)),  # version 2 is in force, the renewal is to come
    paid("P3", date(2026, 3, 1), "K2"),  # the day of the renewal
    paid("P4", date(2027, 2, 28), "K2"),  # version 3 is in force
    paid("P5", date(2027, 3, 1), "K2"),  # the renewed contract goes on
]


@pytest.mark.parametrize(
    ("as_of", "rates"),
    [
        ("event", [10, 20, 20, 30, 30]),
        ("stream start", [10, 10, 10, 10, 10]),
        ("stream renewal", [10, 10, 20, 20, 30]),
    ],
)
def test_terms_of_a_version(as_of: str, rates: list[int]) -> None:
    days = ("2025-01-01", "2026-01-01", "2027-01-01")
    more = f'rules_as_of = "{as_of}"'
    texts = [
        HEAD.format(v=n, day=day) + RECURRING.format(stream="customer", more=more, rate=f"0.{n}")
        for n, day in enumerate(days, 1)
    ]
    found = worked(texts, ROWS, AS_OF)
    assert [line.amount for line in found.lines] == rates
    assert [line.rule.version for line in found.lines] == [str(rate // 10) for rate in rates]


TIERS = """
[tiers]
moves = "confirmed"
[metric.none]
says = "None"
of = "deal"
[[tier]]
name = "Base"
[[tier]]
name = "Silver"
requires = { metric = "none", above = 0 }
[[tier]]
name = "Gold"
requires = { metric = "none", above = 1 }
"""
BY_TIER = "{ by_tier = { Base = 0.1, Silver = 0.2, Gold = 0.3 } }"


def decided(day: date, tier: str) -> TierDecision:
    return TierDecision(id=f"T{day}", partner="A", day=day, tier=tier, reason="r")


@pytest.mark.parametrize(
    ("as_of", "rates"),
    [
        ("event", [10, 20, 20, 30, 30]),
        ("stream start", [10, 10, 10, 10, 10]),
        ("stream renewal", [10, 10, 20, 20, 30]),
    ],
)
def test_terms_of_a_tier(as_of: str, rates: list[int]) -> None:
    text = TIERS + RECURRING.format(stream="customer", more=f'tier_as_of = "{as_of}"', rate=BY_TIER)
    rows = [*ROWS, decided(date(2026, 1, 1), "Silver"), decided(date(2027, 1, 1), "Gold")]
    assert [line.amount for line in worked(text, rows, AS_OF).lines] == rates


def test_a_contract_of_its_own_is_a_stream_that_its_own_renewals_renew() -> None:
    text = TIERS + RECURRING.format(stream="contract", more='tier_as_of = "stream renewal"', rate=BY_TIER)
    rows = [*ROWS, decided(date(2026, 1, 1), "Silver"), decided(date(2027, 1, 1), "Gold")]
    assert [line.amount for line in worked(text, rows, AS_OF).lines] == [10, 10, 20, 20, 30]


def test_a_contract_that_ended_for_good_renews_nothing() -> None:
    text = TIERS + RECURRING.format(stream="customer", more='tier_as_of = "stream renewal"', rate=BY_TIER)
    churned = contract("K1", date(2025, 3, 1), date(2026, 2, 28), outcome="churned", outcome_on=date(2026, 2, 1))
    rows = [churned, paid("P1", date(2026, 4, 1)), decided(date(2026, 1, 1), "Silver")]
    assert [line.amount for line in worked(text, rows, AS_OF).lines] == [10]


def test_what_is_dropped_goes_on_up_to_the_renewal() -> None:
    more = 'rules_as_of = "stream renewal"'
    first = HEAD.format(v=1, day="2025-01-01") + RECURRING.format(stream="customer", more=more, rate="0.1")
    found = worked([first, HEAD.format(v=2, day="2026-01-01")], ROWS, AS_OF)
    assert [line.fact_id for line in found.lines] == ["P1", "P2"]


def test_a_lower_tier_cuts_running_streams_to_a_year_from_their_start() -> None:
    # As Silver a stream earns 36 months, as Base 12; both from the customer's first day, 1 Mar 2025. Base from 2026 on.
    both = "".join(
        RECURRING.format(stream="customer", more=f"for_months = {months}\nwhen = {when}", rate="0.2").replace(
            "earning.share", f"earning.{name}"
        )
        for name, months, when in (
            ("long", 36, '{ tier = "Silver" }'),
            ("short", 12, '{ none = [{ tier = "Silver" }] }'),
        )
    )
    rows = [*ROWS, decided(date(2025, 1, 1), "Silver"), decided(date(2026, 1, 1), "Base")]
    found = worked(TIERS + both, rows, AS_OF)
    assert [line.id for line in found.lines] == ["long:P1", "short:P2"]
    reasons = {row.fact.id: row.reason for row in found.statements["2026-03"].uncounted}
    assert "12 months have passed since its customer began on 1 Mar 2025" in reasons["P3"]
