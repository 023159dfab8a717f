"""What customers have paid of invoices, deals and contracts: a payment fills what is open, in order of day."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import EarningLine
from partnerdesk.engine.world.contracts import contracts_of
from partnerdesk.engine.world.index import ordered
from partnerdesk.engine.world.world import World

# What a fact is worth, by its kind; what stands on none of them is paid with the first payment.
WORTH = {"deal": "amount", "contract": "recurring", "transaction": "amount"}


class Receipt(NamedTuple):
    """A payment and how much of it went to what is looked at."""

    row: Any
    amount: Decimal

    @property
    def day(self) -> date:
        day: date = self.row.day
        return day


class Receipts(NamedTuple):
    """Payments in order of day, and the fact with the amount that is owed: None where any payment pays it."""

    found: list[Receipt]
    fact: Any
    owed: Decimal | None


def business_of(world: World, line: EarningLine[Any]) -> tuple[str, Any]:
    """The fact that a line's money stands for, with its kind: its own, else the deal or contract that it names."""
    named = ((line.fact_kind, line.fact_id), ("deal", line.deal), ("contract", line.contract))
    for kind, id in named:
        fact = world.row(kind, id) if kind in WORTH else None
        if fact is not None:
            return kind, fact
    return "", None


def receipts_of(world: World, line: EarningLine[Any]) -> Receipts:
    """What was paid of that which a line came from; a deal's line or go-live is paid as the deal is."""
    kind, fact = business_of(world, line)
    if fact is None:
        return Receipts(_of_business(world, line), None, None)
    owed = getattr(fact, WORTH[kind]) or ZERO
    if kind == "transaction":
        if fact.kind == "payment":
            return Receipts([Receipt(fact, owed)], fact, None)
        credited = [a for row, a in world.refunds.get(fact.id, ()) if row.kind == "credit-note" and world.known(row)]
        return Receipts(_filled(world, fact.kind).get(fact.id, []), fact, owed - sum(credited, ZERO))
    paid = _of_business(world, line)
    if owed <= ZERO:
        return Receipts(paid, fact, None)
    return Receipts([r for r in paid if r.row.currency == fact.currency], fact, owed)


def transactions_of(world: World, line: EarningLine[Any]) -> list[Any]:
    """The transactions of the line's deal and of its contracts, whoever's they are, in order of (day, id)."""
    named = [("contract", c.id) for c in contracts_of(world, line)]
    named += [("deal", line.deal)] if line.deal else []
    rows = [row for kind, id in named for row in world.index.belonging("transaction", kind, id)]
    return list(ordered({row.id: row for row in rows}.values(), lambda row: row.day).rows)


def _of_business(world: World, line: EarningLine[Any]) -> list[Receipt]:
    """Payments of the line's deal or contracts; where none names them, the customer's from the event on."""
    named = [r for r in transactions_of(world, line) if _is_payment(r)]
    if not named and line.customer:
        rows = world.series("transaction", "day").between(line.event, date.max)
        named = [r for r in rows if _is_payment(r) and not r.deal and world.customer_of(r) == line.customer]
    return [Receipt(r, r.amount) for r in named]


def _is_payment(row: Any) -> bool:
    return row.kind == "payment" and (row.amount or ZERO) > ZERO


class _Open:
    """An invoice that is not paid yet, or a payment that has not been used up."""

    def __init__(self, row: Any) -> None:
        self.row, self.left = row, row.amount

    def fits(self, other: "_Open") -> bool:
        """Whether one may pay the other: they name no different contract or deal."""
        a, b = self.row, other.row
        return all(not x or not y or x == y for x, y in ((a.contract, b.contract), (a.deal, b.deal)))


def _filled(world: World, kind: str) -> dict[str, list[Receipt]]:
    """Payments by the invoice (or usage) they fill: the oldest open one of the same customer that fits."""
    if kind in world.receipts:
        return world.receipts[kind]
    found: dict[str, list[Receipt]] = defaultdict(list)
    queues: dict[tuple[str | None, str], tuple[list[_Open], list[_Open]]] = defaultdict(lambda: ([], []))
    for row in world.series("transaction", "day").rows:
        if row.kind not in (kind, "payment") or (row.amount or ZERO) <= ZERO:
            continue
        concerns = world.customer_of(row) or row.contract or row.deal, row.currency
        owed, paid = queues[concerns]
        new, is_payment = _Open(row), row.kind == "payment"
        for old in [o for o in (owed if is_payment else paid) if o.fits(new)]:
            part = min(old.left, new.left)
            if part:
                found[(old if is_payment else new).row.id].append(Receipt((new if is_payment else old).row, part))
                old.left -= part
                new.left -= part
        (paid if is_payment else owed).append(new)
        for queue in (owed, paid):
            queue[:] = [o for o in queue if o.left]
    world.receipts[kind] = found
    return found
