"""What customers have paid of invoices, deals and contracts: a payment fills what is open, in order of day."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from partnerdesk.engine.contracts import contracts_of
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import EarningLine
from partnerdesk.engine.world import World

# What a fact that earned is worth, by its kind; a fact of another kind is paid with the first payment.
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


def receipts_of(world: World, line: EarningLine[Any]) -> Receipts:
    """What was paid of that which a line came from; a line of a deal is paid as its deal is."""
    kind, name = ("deal", line.deal) if line.fact_kind == "deal_line" else (line.fact_kind, line.fact_id)
    fact = world.row(kind, name) if kind in WORTH else None
    if fact is None:
        return Receipts(_of_business(world, line), None, None)
    owed = getattr(fact, WORTH[kind]) or ZERO
    if kind == "transaction":
        if fact.kind == "invoice":
            credited = [
                a for row, a in world.refunds.get(fact.id, ()) if row.kind == "credit-note" and world.known(row)
            ]
            return Receipts(_by_invoice(world).get(fact.id, []), fact, owed - sum(credited, ZERO))
        if fact.kind == "payment":
            return Receipts([Receipt(fact, fact.amount or ZERO)], fact, None)
    paid = _of_business(world, line)
    if owed <= ZERO:
        return Receipts(paid, fact, None)
    return Receipts([r for r in paid if r.row.currency == fact.currency], fact, owed)


def _of_business(world: World, line: EarningLine[Any]) -> list[Receipt]:
    """Payments of the line's deal or contracts; where none names them, the customer's from the event on."""
    own = {c.id for c in contracts_of(world, line)}
    rows = [r for r in world.series("transaction", "day").rows if r.kind == "payment" and (r.amount or ZERO) > ZERO]
    named = [r for r in rows if r.contract in own or (r.deal and r.deal == line.deal)]
    if not named and line.customer:
        named = [r for r in rows if r.day >= line.event and not r.deal and world.customer_of(r) == line.customer]
    return [Receipt(r, r.amount) for r in named]


def _by_invoice(world: World) -> dict[str, list[Receipt]]:
    """Payments by the invoice they fill: the oldest open one of the same contract, else deal, else customer."""
    if world.receipts is not None:
        return world.receipts
    found: dict[str, list[Receipt]] = defaultdict(list)
    open_: dict[tuple[str | None, str], list[list[Any]]] = defaultdict(list)  # [invoice id, what is open]
    loose: dict[tuple[str | None, str], list[list[Any]]] = defaultdict(list)  # [payment, what is left of it]
    for row in world.series("transaction", "day").rows:
        if row.kind not in ("invoice", "payment") or (row.amount or ZERO) <= ZERO:
            continue
        concerns = row.contract or row.deal or row.customer, row.currency
        (open_ if row.kind == "invoice" else loose)[concerns].append([row, row.amount])
        _fill(open_[concerns], loose[concerns], found)
    world.receipts = found
    return found


def _fill(invoices: list[list[Any]], payments: list[list[Any]], found: dict[str, list[Receipt]]) -> None:
    while invoices and payments:
        part = min(invoices[0][1], payments[0][1])
        found[invoices[0][0].id].append(Receipt(payments[0][0], part))
        for queue in (invoices, payments):
            queue[0][1] -= part
            if not queue[0][1]:
                queue.pop(0)
