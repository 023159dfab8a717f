"""What customers paid of what a line came from, and what was given back of it."""

from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from tests.second.judge.book import Case, find, mine, rows
from tests.second.judge.contracts import contracts_of
from tests.second.judge.filters import customer_of
from tests.second.judge.line import Line

WORTH = {"deal": "amount", "contract": "recurring", "transaction": "amount"}
UNDOES = {"refund": "payment", "credit-note": "invoice", "write-off": "invoice"}


class Receipt(NamedTuple):
    """A payment, and how much of it went to what is looked at."""

    day: date
    amount: Fraction


def business_of(case: Case, line: Line) -> tuple[str, Any]:
    """The fact that a line's money stands for, with its kind: its own, else its deal, else its contract."""
    for kind, id in ((line.kind, line.fact), ("deal", line.deal), ("contract", line.contract)):
        fact = find(case, kind, id) if kind in WORTH else None
        if fact is not None:
            return kind, fact
    return "", None


def receipts_of(case: Case, line: Line) -> tuple[list[Receipt], Fraction | None]:
    """The payments in order of day, and what is owed: None where any payment pays it."""
    kind, fact = business_of(case, line)
    if fact is None:
        return [Receipt(row.day, Fraction(row.amount)) for row in _payments(case, line)], None
    owed = Fraction(getattr(fact, WORTH[kind]) or 0)
    if kind == "transaction":
        if fact.kind == "payment":
            return [Receipt(fact.day, owed)], None
        credited = [a for row, a in given_back(case, fact.id) if row.kind == "credit-note" and row.day <= case.as_of]
        return _filled(case, fact), owed - sum(credited, Fraction(0))
    paid = _payments(case, line)
    if owed <= 0:
        return [Receipt(row.day, Fraction(row.amount)) for row in paid], None
    return [Receipt(row.day, Fraction(row.amount)) for row in paid if row.currency == fact.currency], owed


def _dated(found: list[Any]) -> list[Any]:
    return sorted((row for row in found if row.day is not None), key=lambda row: (row.day, row.id))


def transactions_of(case: Case, line: Line) -> list[Any]:
    """The transactions of the line's deal and of its contracts, whoever's they are."""
    contracts = {contract.id for contract in contracts_of(case, line)}
    own = [r for r in rows(case, "transaction") if r.contract in contracts or (line.deal and r.deal == line.deal)]
    return _dated(own)


def _payments(case: Case, line: Line) -> list[Any]:
    """Payments of the line's deal or contracts; where none names them, the customer's from the event on."""
    named = [row for row in transactions_of(case, line) if _is_payment(row)]
    if not named and line.customer:
        own = [row for row in _dated(list(mine(case, "transaction"))) if _is_payment(row) and row.day >= line.event]
        named = [row for row in own if not row.deal and customer_of(case, row) == line.customer]
    return named


def _is_payment(row: Any) -> bool:
    return bool(row.kind == "payment" and row.amount is not None and row.amount > 0)


def _filled(case: Case, invoice: Any) -> list[Receipt]:
    """The payments that fill an invoice, or usage: each fills the oldest open one of its customer that fits."""
    left: dict[str, Fraction] = {}
    found: list[Receipt] = []
    seen: list[Any] = []
    for row in _dated(list(mine(case, "transaction"))):
        if row.kind not in (invoice.kind, "payment") or not row.amount or row.amount <= 0:
            continue
        left[row.id] = Fraction(row.amount)
        for other in seen:
            if (other.kind == "payment") == (row.kind == "payment") or not _fit(case, row, other):
                continue
            part = min(left[row.id], left[other.id])
            left[row.id] -= part
            left[other.id] -= part
            if part and invoice.id in (row.id, other.id):
                found.append(Receipt((other if row.id == invoice.id else row).day, part))
        seen.append(row)
    return found


def _fit(case: Case, one: Any, other: Any) -> bool:
    """Whether one may pay the other: of one customer and currency, naming no different contract or deal."""
    if _concerns(case, one) != _concerns(case, other) or one.currency != other.currency:
        return False
    return all(not a or not b or a == b for a, b in ((one.contract, other.contract), (one.deal, other.deal)))


def _concerns(case: Case, row: Any) -> Any:
    return customer_of(case, row) or row.contract or row.deal


def given_back(case: Case, id: str) -> list[tuple[Any, Fraction]]:
    """What refunds took of a payment, credit notes and write-offs of an invoice: (row, amount).

    Each undoes the ones before it, the latest first, of the same contract, else deal, else customer, and currency; a
    write-off that bears an invoice's number undoes that one first.
    """
    left: dict[str, Fraction] = {}
    found: list[tuple[Any, Fraction]] = []
    before: list[Any] = []
    for row in _dated(list(mine(case, "transaction"))):
        if row.kind in ("payment", "invoice") and row.amount and row.amount > 0:
            left[row.id] = Fraction(row.amount)
            before.append(row)
        elif row.kind in UNDOES and row.amount:
            rest = abs(Fraction(row.amount))
            for other in _undone_by(row, before):
                part = min(rest, left[other.id])
                rest, left[other.id] = rest - part, left[other.id] - part
                if part and other.id == id:
                    found.append((row, part))
    return found


def _undone_by(row: Any, before: list[Any]) -> list[Any]:
    """The payments or invoices that a row gives back, in its order."""
    concerned = _concerned(row)
    latest = [other for other in before[::-1] if other.kind == UNDOES[row.kind] and _concerned(other) == concerned]
    is_named = row.kind == "write-off" and bool(row.number)
    return sorted(latest, key=lambda other: is_named and other.number != row.number)


def _concerned(row: Any) -> Any:
    return row.contract or row.deal or row.customer, row.currency
