"""Amounts that hold from a day until the next one."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from partnerdesk.engine.rules import DatedAmount


def in_force(amounts: Sequence[DatedAmount], day: date) -> DatedAmount | None:
    """The entry that holds on a day; None before the first, and after one that says "none"."""
    found = None
    for entry in amounts:
        if entry.since is None or entry.since <= day:
            found = entry
    return None if found is None or (found.amount is None and not found.metric) else found


def amount_on(amounts: Sequence[DatedAmount], day: date) -> Decimal | None:
    """The plain amount that holds on a day, or None where nothing limits it."""
    found = in_force(amounts, day)
    return None if found is None else found.amount
