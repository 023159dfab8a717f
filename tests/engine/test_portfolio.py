"""Retention, in each of its definitions, over one small portfolio."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from partnerdesk.engine.facts import Contract
from tests.engine.cases import both, worked

AS_OF = date(2025, 12, 31)


def contract(id: str, customer: str, start: date, end: date | None, recurring: int, **more: Any) -> Contract:
    return Contract(id=id, partner="A", customer=customer, start=start, end=end, recurring=Decimal(recurring), **more)


def known(outcome: str, day: date, amount: int | None = None) -> dict[str, Any]:
    return {"outcome": outcome, "outcome_on": day, "outcome_amount": None if amount is None else Decimal(amount)}


# Ann grows from 100 to 150 in a contract that names the one before; Bob is renewed for less, and no contract says so;
# Cid leaves; Dee comes in May and stays; Eve comes in June and has left by December.
ROWS = [
    contract("K1", "Ann", date(2024, 7, 1), date(2025, 6, 30), 100, **known("expanded", date(2025, 6, 1), 150)),
    contract("K2", "Ann", date(2025, 7, 1), date(2026, 6, 30), 150, renewal_of="K1"),
    contract("K3", "Bob", date(2024, 3, 1), date(2025, 2, 28), 200, **known("contracted", date(2025, 2, 1), 120)),
    contract("K4", "Cid", date(2024, 4, 1), date(2025, 3, 31), 100, **known("churned", date(2025, 3, 1))),
    contract("K5", "Dee", date(2025, 5, 1), None, 80),
    contract("K6", "Eve", date(2025, 6, 1), None, 40, **known("churned", date(2025, 11, 15))),
]


@pytest.mark.parametrize(
    ("kind", "of", "expected"),
    [
        # Ended with a known outcome in 2025: Ann 100, Bob 200, Cid 100.
        ("gross revenue", "due", Decimal(220) / 400),
        ("net revenue", "due", Decimal(270) / 400),
        ("logo", "due", Decimal(2) / 3),
        # In force on 1 January: Ann 100, Bob 200, Cid 100; at the end Ann 150, Bob 120.
        ("gross revenue", "in force", Decimal(220) / 400),
        ("net revenue", "in force", Decimal(270) / 400),
        ("logo", "in force", Decimal(2) / 3),
        # Won in the year: Dee 80, Eve 40; Dee is still there.
        ("gross revenue", "acquired", Decimal(80) / 120),
        ("net revenue", "acquired", Decimal(80) / 120),
        ("logo", "acquired", Decimal(1) / 2),
        # All five had a contract in the year, worth 100 + 200 + 100 + 80 + 40; 100 + 120 + 80 are left.
        ("gross revenue", "active", Decimal(300) / 520),
        ("net revenue", "active", Decimal(350) / 520),
        ("logo", "active", Decimal(3) / 5),
    ],
)
def test_each_definition(kind: str, of: str, expected: Decimal) -> None:
    text = f'[metric.m]\nsays = "Kept"\nretention = "{kind}"\nretention_of = "{of}"\nwindow = "trailing 12 months"\n'
    assert worked(text, ROWS, AS_OF).metrics["m", "2025Q4"].value == expected


def test_three_years_of_acquired_customers() -> None:
    # Odoo's cohort: won in three years and still there: Ann, Bob and Dee of five.
    text = '[metric.m]\nsays = "Kept"\nretention = "logo"\nretention_of = "acquired"\nwindow = "trailing 36 months"\n'
    assert worked(text, ROWS, AS_OF).metrics["m", "2025Q4"].value == Decimal(3) / 5


def test_what_does_not_count_says_why() -> None:
    text = """
    [metric.m]
    says = "Kept"
    retention = "gross revenue"
    retention_of = "in force"
    window = "trailing 12 months"
    where = { currency = "EUR" }
    """
    rows = [
        *ROWS,
        Contract(id="K7", partner="A", start=date(2025, 1, 1), recurring=Decimal(5)),
        Contract(id="K8", partner="A", customer="Fay", start=date(2025, 1, 1)),
        contract("K9", "Gil", date(2025, 1, 1), None, 5, currency="USD"),
    ]
    found = both(text, rows, AS_OF)[1].metrics["m", "2025Q4"]
    assert {e.fact.id: e.reason for e in found.excluded} == {
        "K7": "it names no customer",
        "K8": "its recurring amount is not known",
        "K9": "currency is USD, needed: EUR",
    }


def test_too_few_customers_are_not_evaluated() -> None:
    text = (
        '[metric.m]\nsays = "Kept"\nretention = "logo"\nretention_of = "acquired"\n'
        'window = "trailing 12 months"\nminimum_rows = 3\n'
    )
    found = worked(text, ROWS, AS_OF).metrics["m", "2025Q4"]
    assert (found.value, found.counted) == (None, 2)
