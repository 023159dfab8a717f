"""A version that ends inside a period is paid for its days: each version's share of the period, at the period's end."""

from datetime import date
from decimal import Decimal

import pytest

from partnerdesk.engine.facts import Deal
from partnerdesk.engine.outcome import Outcome
from tests.engine.cases import worked

FEE = """
program = "p"
version = "{version}"
effective_from = {day}
statements = "month"

[metric.sales]
says = "Sales"
of = "deal"
day = "closed"

{tiers}

[earning.fee]
says = "Fee"
type = "FEE"
on = "period end"
{pay}
"""
FLAT = 'amount = {amount}\nfactor = {{ days = "quarter" }}'
OLD = FEE.format(version="1", day="2026-01-01", tiers="", pay=FLAT.format(amount=1000))
NEW = FEE.format(version="2", day="2026-08-15", tiers="", pay=FLAT.format(amount=2000))
GONE = NEW.partition("[earning.fee]")[0]
DEALS = [Deal(id="D1", partner="A", status="won", closed=date(2026, 2, 1), amount=Decimal(9200))]


def fees(old: str, new: str, as_of: date, rows: list[Deal] | None = None) -> list[tuple[str, str, str]]:
    found: Outcome = worked([old, new], rows or DEALS, as_of)
    return [(line.id, line.rule.version, str(line.amount)) for line in found.lines]


WHOLE = [("fee:2026Q1", "1", "1000.00"), ("fee:2026Q2", "1", "1000.00")]


def test_each_version_pays_its_days_of_the_quarter() -> None:
    # 45 days of 92 up to 14 August: 1,000 × 45 / 92 = 489.13; the other 47: 2,000 × 47 / 92 = 1,021.74.
    assert fees(OLD, NEW, date(2026, 12, 31)) == [
        *WHOLE,
        ("fee:2026Q3", "2", "1021.74"),
        ("fee:2026Q3:2026-08-14", "1", "489.13"),
        ("fee:2026Q4", "2", "2000.00"),
    ]


def test_what_the_next_version_drops_is_paid_for_its_last_days() -> None:
    assert fees(OLD, GONE, date(2026, 12, 31)) == [*WHOLE, ("fee:2026Q3:2026-08-14", "1", "489.13")]


def test_nothing_is_paid_before_the_period_is_over() -> None:
    assert fees(OLD, NEW, date(2026, 9, 29)) == WHOLE
    found = worked([OLD, NEW], DEALS, date(2026, 9, 30))
    assert [line.period.label for line in found.lines] == ["2026-03", "2026-06", "2026-09", "2026-09"]
    assert found.statements["2026-09"].row("earned.FEE").total == Decimal("489.13") + Decimal("1021.74")


@pytest.mark.parametrize("day", ["2026-07-01", "2026-10-01"])
def test_a_version_that_ends_with_a_period_leaves_nothing_over(day: str) -> None:
    new = NEW.replace("2026-08-15", day)
    assert len(fees(OLD, new, date(2026, 12, 31))) == 4, "one line each quarter"


def test_without_proration_the_version_of_the_periods_end_pays_all() -> None:
    old, new = (text.replace('factor = { days = "quarter" }', "") for text in (OLD, NEW))
    assert [line for line in fees(old, new, date(2026, 9, 30)) if "Q3" in line[0]] == [("fee:2026Q3", "2", "2000.00")]


TIERS = '[[tier]]\nname = "{low}"\n[[tier]]\nname = "{high}"\nrequires = {{ metric = "sales", at_least = 9000 }}'
BY_TIER = """
base = {{ metric = "sales" }}
rate = {{ by_tier = {{ {low} = 0.01, {high} = 0.1 }} }}
factor = {{ days = "quarter" }}
"""


def test_the_ended_version_pays_by_its_own_tiers() -> None:
    # 9,200 in the second quarter: Gold, then Star, in the third. 9,200 there: 10 % × 45 / 92 = 450, × 47 / 92 = 470.
    old, new = (
        FEE.format(version=v, day=day, tiers=TIERS.format(low=low, high=high), pay=BY_TIER.format(low=low, high=high))
        for v, day, low, high in (("1", "2026-01-01", "Base", "Gold"), ("2", "2026-08-15", "Entry", "Star"))
    )
    rows = [Deal(id=f"D{m}", partner="A", status="won", closed=date(2026, m, 1), amount=Decimal(9200)) for m in (5, 7)]
    found = worked([old, new], rows, date(2026, 9, 30))
    assert [(line.tier, line.amount) for line in found.lines if "Q3" in line.id] == [("Star", 470), ("Gold", 450)]
