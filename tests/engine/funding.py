"""A fund of a program, entries of it, and its account."""

from datetime import date
from decimal import Decimal
from typing import Any

from partnerdesk.engine.facts import Activity, FundEntry, Transaction
from partnerdesk.engine.outcome import FundAccount, FundRequest
from tests.engine.cases import worked

D = Decimal
END = date(2025, 12, 31)
SALES = """
[metric.sales]
says = "Purchases"
of = "transaction"
where = { kind = "invoice" }
"""
FUND = """
[fund.mdf]
says = "Co-marketing fund"
"""


def plan(keys: str = "", more: str = "") -> str:
    return f"{SALES}{more}{FUND}{keys}\n"


def invoice(n: int, amount: int | str, day: date) -> Transaction:
    return Transaction(id=f"I{n}", partner="A", kind="invoice", day=day, amount=D(amount))


def entry(id: str, kind: str, day: date, amount: int | str | None = None, **more: Any) -> FundEntry:
    money = None if amount is None else D(amount)
    return FundEntry(id=id, partner="A", fund=more.pop("fund", "mdf"), kind=kind, day=day, amount=money, **more)


def fund(keys: str, rows: list[Any], as_of: date = END, more: str = "") -> FundAccount[Decimal]:
    found = worked(plan(keys, more), rows, as_of).funds["mdf"]
    balances(found)
    return found


def balances(account: FundAccount[Decimal]) -> None:
    """What was issued is somewhere, once, and so is the money of every request."""
    assert account.issued == sum(getattr(account, p) for p in ("available", "approved", "claimed", "paid", "expired"))
    for name in ("approved", "claimed", "paid"):
        assert getattr(account, name) == sum((getattr(r, name) for r in account.requests), D(0)), name
    assert all(getattr(account, name) >= 0 for name in ("approved", "claimed", "paid", "expired"))
    if not account.problems:
        assert account.available >= 0


def request(account: FundAccount[Decimal]) -> FundRequest[Decimal]:
    (found,) = account.requests
    return found


ALLOTTED = entry("F1", "allocation", date(2025, 1, 5), 1000)
ASKED = entry("F2", "request", date(2025, 2, 1), 400, project="Roundtable", activity="Y1")
EVENT = Activity(id="Y1", partner="A", kind="co-marketing", title="Roundtable", day=date(2025, 3, 10))
AGREED = entry("F3", "approval", date(2025, 2, 5), request="F2", approver="Vera")
