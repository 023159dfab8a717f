"""What one customer's leaving would cost: the worst case is what the engine itself would take back on the next day."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from partnerdesk.engine.facts import Contract, Customer, Deal
from partnerdesk.engine.trace import find
from partnerdesk.engine.whole import Outcome
from tests.engine.cases import both, worked

D = Decimal
TODAY = date(2025, 3, 10)
PLAN = """
[earning.upfront]
says = "Upfront"
type = "UPFRONT"
on = "deal won"
base = "amount"
rate = 0.1
{more}
"""


def sold(*, gone: dict[str, date] | None = None) -> list[Any]:
    """Two customers with deals and contracts; `gone` says which contracts churned, and when."""
    rows: list[Any] = [Customer(id="C1", name="One"), Customer(id="C2", name="Two")]
    for id, customer, amount, day in (
        ("D1", "C1", 10_000, date(2025, 1, 1)),
        ("D2", "C1", 4_000, date(2025, 2, 1)),
        ("D3", "C2", 3_000, date(2025, 1, 15)),
    ):
        rows.append(Deal(id=id, partner="A", customer=customer, status="won", amount=D(amount), closed=day))
        left = (gone or {}).get(id)
        rows.append(
            Contract(
                id=f"K{id}",
                partner="A",
                customer=customer,
                deal=id,
                start=day,
                end=day + timedelta(days=364),
                recurring=D(amount),
                outcome="churned" if left else "open",
                outcome_on=left,
            )
        )
    return rows


def total(outcome: Outcome) -> Decimal:
    return sum((entry.amount for entry in outcome.entries), D(0))


RULES = (
    'clawback = [{ if = "churned", within_months = 6, shape = "linear" }]',
    'clawback = [{ if = "churned", within_days = 90 }, { if = "churned", within_months = 12, share = 0.5 }]',
    'clawback = [{ if = "churned", shape = "contract" }]',
    'vests = [{ share = 0.5, at = "event" }, { share = 0.5, at = "event", after_months = 4, if_active = true }]',
    """vests = [{ share = 0.4, at = "event" }, { share = 0.6, at = "event", after_months = 4, if_active = true }]
clawback = [{ if = "churned", within_months = 6, shape = "linear" }]""",
)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("today", [TODAY, date(2025, 5, 20), date(2025, 7, 9)])
def test_the_worst_case_is_what_really_happens_when_the_customer_leaves_the_next_day(rule: str, today: date) -> None:
    text, later = PLAN.format(more=rule), date(2026, 6, 30)
    told = worked(text, sold(), today).exposures
    for customer, deals in (("C1", ("D1", "D2")), ("C2", ("D3",))):
        left = sold(gone=dict.fromkeys(deals, today + timedelta(days=1)))
        lost = total(worked(text, sold(), later)) - total(worked(text, left, later))
        assert (told[customer].amount if customer in told else 0) == lost, customer


def test_it_says_which_lines_until_when_and_the_most_at_stake_first() -> None:
    found = worked(PLAN.format(more=RULES[0]), sold(), TODAY).exposures
    assert [(e.customer, e.amount, e.until) for e in found.values()] == [
        ("C1", D("1000.00"), date(2025, 8, 1)),
        ("C2", D("250.00"), date(2025, 7, 15)),
    ]
    assert [(loss.line, loss.amount) for loss in found["C1"].lines] == [
        ("upfront:D1", D("666.67")),
        ("upfront:D2", D("333.33")),
    ]


def test_a_customer_who_has_left_or_whose_windows_are_over_is_no_longer_at_stake() -> None:
    text = PLAN.format(more=RULES[0])
    assert list(worked(text, sold(gone={"D3": date(2025, 2, 1)}), TODAY).exposures) == ["C1"]
    assert worked(text, sold(), date(2025, 8, 1)).exposures == {}


def test_it_has_its_why() -> None:
    plain, traced = both(PLAN.format(more=RULES[4]), sold(), TODAY)
    figure = find(traced, "exposure|C1")
    assert figure is not None and figure.value == plain.exposures["C1"].amount
    assert find(traced, "exposure|C1|upfront:D1") is not None
