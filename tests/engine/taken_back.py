"""A deal that is won and what is taken back of it, for the tests of clawback."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from partnerdesk.engine.facts import Contract, Deal, Transaction
from partnerdesk.engine.whole import Outcome
from tests.engine.cases import worked

D = Decimal
WON = date(2025, 1, 31)
LATER = date(2028, 1, 1)
PARTS = "vests = [{ share = 0.6 }, { share = 0.4, after_months = 3 }]"
MARCH, JUNE = date(2025, 3, 10), date(2025, 6, 1)


def upfront(clawback: str, rate: str = "0.10", more: str = "") -> str:
    """An upfront commission on a won deal that may be taken back."""
    return f"""
    [earning.upfront]
    says = "Upfront"
    type = "UPFRONT"
    on = "deal won"
    base = "amount"
    rate = {rate}
    clawback = [{clawback}]
    {more}
    """


def sold(amount: str = "50_000", day: date = WON, **contract: Any) -> list[Any]:
    terms = {"start": day, "end": day + timedelta(days=364), "recurring": D(1_200)} | contract
    return [
        Deal(id="D1", partner="A", customer="C1", status="won", closed=day, amount=D(amount)),
        Contract(**{"id": "K1", "partner": "A", "customer": "C1", "deal": "D1"} | terms),
    ]


def churned(day: date, amount: str = "50_000", **contract: Any) -> list[Any]:
    return sold(amount, outcome="churned", outcome_on=day, **contract)


def back(outcome: Outcome) -> list[tuple[date, Decimal]]:
    """What was clawed back, by day."""
    return [(e.day, -e.amount) for e in outcome.entries if e.kind == "clawback"]


def taken(clawback: str, rows: list[Any], as_of: date = LATER, **more: str) -> Decimal:
    return sum((amount for _, amount in back(worked(upfront(clawback, **more), rows, as_of))), D(0))


SHARE = """
[earning.share]
says = "Revenue share"
type = "SHARE"
on = "{on}"
{where}
base = "amount"
rate = 0.10
clawback = [{clawback}]
"""


def billed(kind: str, id: str, day: date, amount: int, **more: Any) -> Transaction:
    return Transaction(id=id, partner="A", customer="C1", kind=kind, day=day, amount=D(amount), **more)
