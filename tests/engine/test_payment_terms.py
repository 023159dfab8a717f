"""Days of payment that depend on tier, score or partner, and tax that is withheld of what is paid."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from partnerdesk.engine.facts import ExchangeRate, Partner, Payment
from partnerdesk.program.words import rule_words
from tests.engine.cases import problems, program, worked
from tests.engine.payouts import SHARE, balances, earned, plan

D = Decimal
TIERS = """
[[tier]]
name = "Silver"
[[tier]]
name = "Gold"
requires = { metric = "volume", at_least = 500 }
[tiers]
every = "month"
in_force = "same period"
[metric.volume]
says = "Volume"
of = "transaction"
value = "amount"
"""
SOONER = 'pays = [{ when = { tier = "Gold" }, pays_after_days = 5 }, '
SOONER += '{ when = { partner = { region = "Nordics" } }, pays_after_months = 2 }]'


def days(settlement: str, rows: list[Any], more: str = SHARE + TIERS) -> list[date]:
    outcome = worked(plan(settlement, more), rows, date(2025, 12, 31))
    balances(outcome)
    return [p.day for p in outcome.payouts.values()]


def test_who_is_of_a_tier_is_paid_sooner() -> None:
    assert days(SOONER, earned(100, 600)) == [date(2025, 2, 15), date(2025, 3, 5)]


def test_the_first_condition_that_holds_counts_and_says_why() -> None:
    nordic = Partner(id="A", name="Alder", region="Nordics")
    assert days(SOONER, [nordic, *earned(100)]) == [date(2025, 3, 15)]
    outcome = worked(plan(SOONER, SHARE + TIERS), [nordic, *earned(600)], date(2025, 3, 31))
    (payout,) = outcome.payouts.values()
    assert payout.because == "paid on 5 Feb 2025, because the tier held is Gold or higher"


def test_tax_is_withheld_of_what_is_paid() -> None:
    tax = 'tax = [{ rate = 0.15, says = "Tax of Norway", partner = { country = "NO" } }]\nminimum = 50'
    norse = Partner(id="A", name="Alder", country="NO")
    outcome = worked(plan(tax), [norse, *earned("33.33", "66.70")], date(2025, 12, 31))
    balances(outcome)
    assert [(p.paid, p.withheld) for p in outcome.payouts.values()] == [(0, 0), (D("100.03"), D("15.00"))]
    abroad = worked(plan(tax), earned("66.70"), date(2025, 12, 31))
    assert [p.withheld for p in abroad.payouts.values()] == [0]


def test_a_payment_and_its_tax_move_the_balance_together() -> None:
    payment = Payment(id="P", partner="A", day=date(2025, 2, 15), amount=D(85), tax=D(15), remittance="R-1")
    february = worked(plan(""), [*earned(100), payment], date(2025, 3, 31)).statements["2025-02"]
    assert [(r.key, r.total) for r in february.rows if r.total] == [("opening", 100), ("tax", -15), ("paid", -85)]
    assert [e.kind for e in february.entries] == ["payment", "tax"]
    assert all(check.is_ok for check in february.checks)
    assert {e.reference for e in february.entries} == {"R-1"}


def test_a_payment_without_an_amount_moves_nothing_and_is_no_gap() -> None:
    payment = Payment(id="P", partner="A", day=date(2025, 2, 15), tax=D(15))
    february = worked(plan(""), [*earned("100"), payment], date(2025, 2, 28)).statements["2025-02"]
    assert february.entries == ()
    assert all(check.is_ok for check in february.checks)


def test_a_payment_in_another_currency_is_exchanged_with_its_tax() -> None:
    rate = ExchangeRate(id="X", day=date(2025, 1, 1), base="USD", quote="EUR", rate=D("0.5"))
    paid = Payment(id="P", partner="A", day=date(2025, 2, 15), amount=D("85.01"), tax=D("14.99"), currency="USD")
    february = worked(plan(""), [*earned(100), paid, rate], date(2025, 3, 31)).statements["2025-02"]
    assert (february.row("paid").total, february.row("tax").total) == (D("-42.51"), D("-7.50"))
    assert all(check.is_ok for check in february.checks)


def test_without_tax_a_statement_has_no_row_for_it() -> None:
    payment = Payment(id="P", partner="A", day=date(2025, 2, 15), amount=D(100))
    february = worked(plan(""), [*earned(100), payment], date(2025, 3, 31)).statements["2025-02"]
    assert "tax" not in [r.key for r in february.rows]


def test_words_say_when_and_what_is_withheld() -> None:
    text = plan(
        SOONER + '\ntax = [{ rate = 0.15, says = "Tax of Norway", partner = { country = "NO" } }]', SHARE + TIERS
    )
    words = next(w for w in rule_words(program(text)) if w.key == "settlement").sentence
    words = words.replace("\N{NO-BREAK SPACE}", " ")
    assert "It is paid 5 days after its end where this holds: the tier held is Gold or higher." in words
    assert (
        "It is paid on the 15th of the second month after where this holds: the partner's region is Nordics." in words
    )
    assert "Tax of Norway, 15 % of what is paid, is withheld and passed on for partners whose country is NO." in words


@pytest.mark.parametrize(
    ("settlement", "says"),
    [
        ('pays = [{ when = { tier = "Zinc" }, pays_after_days = 5 }]', "Zinc"),
        ('pays = [{ when = { tier = "Gold" }, pays_on_day = 32 }]', "no month has that day"),
        ('pays = [{ when = { tier = "Gold" }, pays_after_days = -1 }]', "before the period ends"),
        ('pays = [{ when = { tier = "Gold" }, pays_after_days = 5, pays_on_day = 3 }]', "two answers"),
        ('pays = [{ when = { tier = "Gold" } }]', "the day is the usual one"),
        ('tax = [{ rate = 15, says = "Tax" }]', "between 0 and 1"),
        ('tax = [{ rate = 0.1, says = "A" }, { rate = 0.2, says = "B" }]', "hides those after it"),
    ],
)
def test_what_cannot_be_paid_so_is_a_problem(settlement: str, says: str) -> None:
    found = problems(plan(settlement, SHARE + TIERS))
    assert any(says in str(p) for p in found), found
