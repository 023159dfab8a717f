"""Earnings as the tests of settlement have them: a share of amounts, and what is paid of it when."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from partnerdesk.engine.facts import Adjustment, Transaction
from partnerdesk.engine.outcome import Payout
from partnerdesk.engine.whole import Outcome
from tests.engine.cases import worked

D = Decimal
LATER = date(2025, 12, 31)
SHARE = """
[earning.share]
says = "Revenue share"
type = "SHARE"
on = "invoice issued"
where = { kind = "invoice" }
base = "amount"
rate = 1
clawback = [{ if = "unpaid" }]
"""


def plan(settlement: str, more: str = SHARE) -> str:
    """All of each invoice is earned; what matters is how it is settled."""
    return f"{more}\n[settlement]\n{settlement}\n"


def earned(*amounts: int | str, day: int = 20) -> list[Any]:
    """An invoice a month from January on; below zero an adjustment."""
    rows: list[Any] = []
    for n, amount in enumerate(amounts, 1):
        when = date(2025, n, day)
        if D(amount) >= 0:
            rows.append(Transaction(id=f"I{n}", partner="A", kind="invoice", day=when, amount=D(amount), number=str(n)))
        else:
            rows.append(Adjustment(id=f"J{n}", partner="A", day=when, amount=D(amount), reason="correction"))
    return rows


def settled(settlement: str, rows: Sequence[Any], as_of: date = LATER, more: str = SHARE) -> list[Payout[Decimal]]:
    outcome = worked(plan(settlement, more), rows, as_of)
    balances(outcome)
    return list(outcome.payouts.values())


def balances(outcome: Outcome) -> None:
    """What comes in goes somewhere, and the next payout begins with what this one carried."""
    carried: dict[str, Decimal] = {}
    for p in outcome.payouts.values():
        came = p.carried_in + p.moved + p.advanced - p.recovered
        assert came == p.paid + p.carried - p.invoiced + p.lost, p.key
        assert p.carried_in == carried.get(p.type, 0), p.key
        assert p.paid >= 0 and p.invoiced >= 0 and p.owed >= 0, p.key
        carried[p.type] = p.carried


def paid(settlement: str, rows: Sequence[Any], as_of: date = LATER, more: str = SHARE) -> list[Decimal]:
    return [p.paid for p in settled(settlement, rows, as_of, more)]


GATED = """
[metric.answers]
says = "Surveys"
of = "survey"
take = "count"
[eligibility.pay]
when = { metric = "answers", at_least = 1 }
otherwise = "%s"
says = "a survey was answered"
"""
