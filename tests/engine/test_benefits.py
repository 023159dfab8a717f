"""What a tier promises: since when, whether it was delivered in time, and what it changes."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from partnerdesk.engine.facts import Activity, Contract, Transaction
from partnerdesk.engine.outcome import BenefitView
from partnerdesk.program.words import rule_words
from tests.engine.cases import problems, program, worked

D = Decimal
PLAN = """
[metric.sales]
says = "Sales"
of = "transaction"
window = "trailing 12 months"
[[tier]]
name = "Base"
benefits = ["newsletter"]
[[tier]]
name = "Gold"
requires = {{ metric = "sales", at_least = 1000 }}
benefits = ["newsletter", "manager", "quick"]
[benefit.manager]
says = "Named manager"
reference = "B-2"
delivered = "{delivered}"
within_days = 20
[benefit.quick]
says = "Quick payout"
payout_days = 3
protection_days = 90
[settlement]
pays_after_days = 30
[earning.share]
says = "Share"
type = "SHARE"
on = "invoice issued"
base = "amount"
rate = 0.1
"""
SOLD = Transaction(id="I1", partner="A", kind="invoice", day=date(2025, 2, 3), amount=D(5000))


def delivered(day: date, title: str = "manager", **more: Any) -> Activity:
    return Activity(id=f"Y{day}", partner="A", kind="benefit", title=title, day=day, **more)


def register(as_of: date, *rows: Any, how: str = "once") -> dict[str, BenefitView]:
    return dict(worked(PLAN.format(delivered=how), [SOLD, *rows], as_of).benefits)


def test_the_tier_in_force_promises_its_benefits_and_no_others() -> None:
    assert list(register(date(2025, 3, 1))) == ["newsletter"], "Gold counts from the next quarter on"
    found = register(date(2025, 4, 10))
    assert [(v.says, v.state, v.since) for v in found.values()] == [
        ("Newsletter", "standing", date(2025, 4, 1)),
        ("Named manager", "due", date(2025, 4, 1)),
        ("Quick payout", "standing", date(2025, 4, 1)),
    ]
    assert found["manager"].due == date(2025, 4, 21)
    assert found["manager"].rule.reference == "B-2"


def test_what_was_not_delivered_in_time_is_late_and_a_delivery_before_the_tier_does_not_count() -> None:
    assert register(date(2025, 4, 21))["manager"].state == "due"
    assert register(date(2025, 4, 22))["manager"].state == "late"
    assert register(date(2025, 4, 22), delivered(date(2025, 3, 1)))["manager"].state == "late"
    done = register(date(2025, 9, 1), delivered(date(2025, 5, 5), "Named Manager", verified_by="Ana", evidence="mail"))
    assert (done["manager"].state, done["manager"].delivered) == ("delivered", date(2025, 5, 5))
    assert (done["manager"].by, done["manager"].evidence) == ("Ana", "mail")


def test_a_benefit_of_every_quarter_is_due_anew_in_each() -> None:
    rows = [delivered(date(2025, 5, 5))]
    assert register(date(2025, 6, 1), *rows, how="quarter")["manager"].state == "delivered"
    again = register(date(2025, 7, 2), *rows, how="quarter")["manager"]
    assert (again.state, again.due) == ("due", date(2025, 7, 21))


def test_payouts_come_sooner_in_the_tier_that_promises_it() -> None:
    later = Transaction(id="I2", partner="A", kind="invoice", day=date(2025, 4, 3), amount=D(500))
    payouts = worked(PLAN.format(delivered="once"), [SOLD, later], date(2025, 6, 1)).payouts
    assert payouts["2025-02"].day == date(2025, 3, 30)
    assert payouts["2025-04"].day == date(2025, 5, 3)


def test_a_benefit_is_spoken_with_what_it_changes() -> None:
    said = {w.key: w.sentence for w in rule_words(program(PLAN.format(delivered="once")))}
    assert said["benefit.manager"] == (
        "Promised to Gold partners; it is delivered within 20 days of entering the tier."
    )
    assert said["benefit.quick"] == (
        "Promised to Gold partners; it holds as long as the tier does. A renewal stays yours 90 days after the "
        "contract's end. Payouts come 3 days after their period's end."
    )


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ('fund = "mdf"\nfund_rate = 0.1', "fund mdf is not defined"),
        ("fund_rate = 0.1", "belong together"),
        ("payout_days = -1", "below zero"),
        ("within_days = 5", "not delivered within days"),
        ("", "no tier lists"),
    ],
)
def test_a_benefit_that_cannot_be_is_a_problem(keys: str, message: str) -> None:
    found = problems(f'[benefit.gift]\nsays = "Gift"\n{keys}\n')
    assert any(message in p.message for p in found), found


def ended(id: str, end: date, **more: Any) -> Contract:
    return Contract(id=id, partner="A", customer="C1", start=date(2024, 6, 1), end=end, **more)


def test_renewals_are_protected_for_the_days_that_the_tier_of_their_end_gives() -> None:
    rows = [
        ended("K1", date(2025, 5, 31)),
        ended("K2", date(2025, 5, 31), outcome="churned", outcome_on=date(2025, 5, 31)),
        ended("K3", date(2025, 3, 1)),  # the partner was no Gold one yet
        ended("K4", date(2025, 5, 31)),
        ended("K5", date(2026, 5, 31), renewal_of="K4"),
    ]

    def told(as_of: date) -> list[str]:
        return [words for words in register(as_of, *rows)["quick"].effects if words.startswith("renewal of")]

    assert told(date(2025, 8, 29)) == ["renewal of contract K1 protected until 29 Aug 2025"]
    assert told(date(2025, 8, 30)) == told(date(2025, 5, 31)) == []


TIERS = """program = "p"
version = "{number}"
effective_from = {day}
[metric.sales]
says = "Sales"
of = "transaction"
window = "trailing 1 months"
[earning.share]
says = "Share"
type = "SHARE"
on = "invoice issued"
base = "amount"
rate = 0.1
"""
LISTED = """
[tiers]
every = "month"
{how}
[[tier]]
name = "Base"
benefits = ["newsletter"]
[[tier]]
name = "Gold"
requires = {{ metric = "sales", at_least = 1000 }}
"""


@pytest.mark.parametrize("how", ["", 'in_force = "same period"', "down = { notice_periods = 1, lag_months = 1 }"])
@pytest.mark.parametrize("has_gap", [False, True])
def test_a_tier_begins_anew_after_a_version_without_tiers(how: str, has_gap: bool) -> None:
    """Gold in February: by what reviews moved Base counted across the gap, and without moves by quarters only."""
    listed = LISTED.format(how=how)
    starts = [("2025-01-01", listed), ("2025-07-01", "" if has_gap else listed), ("2025-10-01", LISTED.format(how=""))]
    texts = [TIERS.format(number=n, day=day) + tiers for n, (day, tiers) in enumerate(starts, 1)]
    (found,) = worked(texts, [SOLD], date(2025, 11, 15)).benefits.values()
    left = {"": date(2025, 4, 1), 'in_force = "same period"': date(2025, 3, 1)}.get(how, date(2025, 5, 1))
    assert (found.tier, found.since) == ("Base", date(2025, 10, 1) if has_gap else left)
