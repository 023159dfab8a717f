"""Entries of a fund that belong together: requests with what follows, what is put in and taken away."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from tests.second.maker.draw import Draw

STEPS = ("request", "approval", "denial", "claim", "proof", "reimbursement", "release")
ENTRIES = ("allocation", "allocation", *STEPS, *STEPS, "approval", "approval", "claim", "claim", "expiry")
BENEFITS = ("support", "mdf")


def entry(draw: Draw, row: Any, before: Mapping[str, Sequence[Any]]) -> Any:
    """An entry of a partner's fund: above zero but for an allocation that takes back, its deadline after its day."""
    others = [other for other in before.get("fund_entry", ()) if other.day is not None]
    row = replace(row, day=row.day or None, fund=draw.one(("", "", "f0", "f0", "Joint work", "elsewhere")))
    if row.amount is not None and not (row.kind == "allocation" and draw.has(0.3)):
        row = replace(row, amount=abs(row.amount))
    if others and draw.has(0.75):
        row = _following(draw, row, draw.one(others))
    if row.day is None:
        return replace(row, due=None)
    return replace(row, due=row.day + timedelta(days=draw.one((0, 10, 45, 200))) if draw.has(0.2) else None)


def _following(draw: Draw, row: Any, other: Any) -> Any:
    """The next entry of the same request, or of the same fund."""
    day = other.day + timedelta(days=draw.one((0, 0, 5, 20, 40)))
    request = other.request or (None if other.kind == "allocation" else other.id)
    return replace(row, partner=other.partner, fund=other.fund, day=day, request=request, activity=other.activity)
