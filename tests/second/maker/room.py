"""Limits in which what is taken back makes room, and payments and invoices of which much is; aside from other draws."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from partnerdesk.engine.facts import Facts, Transaction
from tests.second.maker.draw import OVER, UNITS, Draw

# What happens at one customer, one after the other.
STORY = ("payment", "payment", "refund", "payment", "invoice", "invoice", "write-off", "invoice") * 2


def room_again(draw: Draw, raw: dict[str, Any]) -> None:
    """Some limits in which what is taken back makes room; an earning of which much is."""
    if draw.has(0.12) and "earning" in raw:
        raw["earning"]["room"] = _given_back(draw)
        raw.setdefault("cap", {})["room"] = _limit(draw, "at_most", (*OVER, "ever", "ever"))
        if draw.has(0.5):
            raw.setdefault("safety_net", {})["room"] = _limit(draw, "at_least", UNITS)
    for kind in ("cap", "safety_net"):
        for limit in raw.get(kind, {}).values():
            if draw.has(0.3):
                limit["taken_back"] = draw.one(("makes room", "counts"))


def _given_back(draw: Draw) -> dict[str, Any]:
    """On payments or invoices, of which refunds, credit notes and write-offs take back."""
    made: dict[str, Any] = {"says": "Room", "type": "ROOM", "base": "amount", "rate": Decimal("0.1")}
    made["on"], cause = draw.one((("payment received", "refunded"), ("invoice issued", "unpaid")))
    made["clawback"] = [{"if": cause}]
    draw.maybe(made["clawback"][0], "share", 0.3, lambda: Decimal("0.5"))
    draw.maybe(made["clawback"][0], "takes", 0.2, lambda: "held")
    return made


def _limit(draw: Draw, key: str, units: Sequence[str]) -> dict[str, Any]:
    made = {"of": ["room"], "every": draw.one(units), key: draw.one((50, 100, 150)), "taken_back": "makes room"}
    draw.maybe(made, "per", 0.3, lambda: draw.one(("customer", "contract")))
    return made


def with_refunds(draw: Draw, facts: Facts) -> Facts:
    """The same facts with payments, refunds, invoices and write-offs of one customer of each partner."""
    added = []
    for partner in facts.of("partner"):
        day = date(2025, 3, 1) + timedelta(days=draw.randint(0, 200))
        for number, kind in enumerate(STORY):
            amount = Decimal(draw.one((200, 500, 1000))) * (-1 if kind in ("refund", "write-off") else 1)
            id = f"room-{partner.id}-{number}"
            added.append(Transaction(id=id, partner=partner.id, customer="R", kind=kind, day=day, amount=amount))
            day += timedelta(days=draw.randint(0, 9))
    return Facts({**facts.rows, "transaction": (*facts.of("transaction"), *added)})
