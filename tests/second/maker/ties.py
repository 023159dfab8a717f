"""Facts that belong together: contracts and invoices of won deals, payments of invoices, what is given back of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from tests.second.maker.draw import Draw
from tests.second.maker.fund_entries import entry

# What may follow a transaction of a kind.
FOLLOWS: dict[str, tuple[str, ...]] = {
    "invoice": ("payment", "payment", "credit-note", "write-off", "invoice"),
    "payment": ("refund", "refund", "refund", "payment"),
    "usage": ("payment", "usage"),
}
NEGATIVE = ("credit-note", "refund", "write-off")
LATER = (0, 0, 3, 10, 30, 45, 80, 150)

Rows = Mapping[str, Sequence[Any]]


def tied(draw: Draw, kind: str, row: Any, before: Rows) -> Any:
    """The row as a part of what is there before it, more often than not."""
    return TIES[kind](draw, row, before) if kind in TIES and draw.has(0.75) else row


def _named(before: Rows, kind: str, id: str | None) -> Any:
    return next((row for row in before.get(kind, ()) if row.id == id), None)


def _later(draw: Draw, day: Any) -> Any:
    return None if day is None else day + timedelta(days=draw.one(LATER))


def _contract(draw: Draw, row: Any, before: Rows) -> Any:
    """Of its deal, with an outcome that is known in its term."""
    deal = _named(before, "deal", row.deal)
    if deal is not None:
        row = replace(row, partner=deal.partner, customer=deal.customer, product=deal.product, currency=deal.currency)
        start = _later(draw, deal.closed) or row.start
        row = replace(row, start=start, end=start + timedelta(days=draw.one((89, 180, 364))) if start else None)
    renewed = _named(before, "contract", row.renewal_of)
    if renewed is not None and renewed.end:
        row = replace(row, partner=renewed.partner, customer=renewed.customer, start=renewed.end + timedelta(days=1))
        row = replace(row, end=row.start + timedelta(days=180))
    if row.outcome != "open" and row.start:
        row = replace(row, outcome_on=row.start + timedelta(days=draw.one((20, 45, 80, 150, 300))))
    if row.outcome == "contracted" and row.recurring:
        row = replace(row, outcome_amount=row.recurring * Decimal(draw.one(("0.5", "0.9"))))
    return row


def _transaction(draw: Draw, row: Any, before: Rows) -> Any:
    """One that follows another, or of its contract, or of its deal."""
    earlier = [other for other in before.get("transaction", ()) if other.amount and other.day and other.kind in FOLLOWS]
    if earlier and draw.has(0.6):
        return _following(draw, row, draw.one(earlier))
    business = _named(before, "contract", row.contract) or _named(before, "deal", row.deal)
    if business is None:
        return row
    day = _later(draw, getattr(business, "start", None) or getattr(business, "closed", None)) or row.day
    names = {"partner": business.partner, "customer": business.customer, "currency": business.currency}
    return replace(row, **names, day=day)


def _following(draw: Draw, row: Any, other: Any) -> Any:
    kind, share = draw.one(FOLLOWS[other.kind]), Decimal(draw.one(("0.25", "0.5", "1", "1", "2")))
    amount = abs(other.amount) * share * (-1 if kind in NEGATIVE else 1)
    names = ("partner", "customer", "product", "deal", "contract", "currency", "number")
    same = {name: getattr(other, name) for name in names}
    return replace(row, **same, kind=kind, amount=amount.quantize(Decimal("0.01")), day=_later(draw, other.day))


def _deployment(draw: Draw, row: Any, before: Rows) -> Any:
    """Of its deal, and some time after it was won."""
    deal = _named(before, "deal", row.deal)
    if deal is None or deal.closed is None:
        return row
    live = _later(draw, deal.closed)
    return replace(row, partner=deal.partner, customer=deal.customer, live=live, first_value=_later(draw, live))


TIES: dict[str, Callable[[Draw, Any, Rows], Any]] = {
    "contract": _contract,
    "transaction": _transaction,
    "deployment": _deployment,
    "fund_entry": entry,
}
