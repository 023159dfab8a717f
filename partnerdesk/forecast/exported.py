"""What an export of another system hides: days on which much was entered at once, and days written over on closing.

A deal that came in with hundreds of others on one day was not known since then; that day says when somebody moved
house. And where nearly every closed deal closed on the very day it was expected, the expected day was written over
when it closed: an open deal of the past had another one, which nobody knows any more.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from partnerdesk.engine.facts import Deal, Facts

MANY, PART = 20, 0.5  # deals of one day, and their part of all, that were entered at once
CLOSINGS, SAME = 10, 0.8  # closed deals, and their part with the expected day, from which it was written over


@dataclass(frozen=True, slots=True)
class Exported:
    """The days of entering at once, the last day on which anything of theirs happened, and whether expected days
    of closed deals were written over."""

    entered: frozenset[date] = frozenset()
    last: date = date.min
    overwrites: bool = False

    def known_since(self, deal: Deal) -> date | None:
        """Since when a deal that was entered at once can have been known; None for any other."""
        if deal.created is None or deal.created not in self.entered:
            return None
        return deal.closed or self.last


def exported(facts: Facts) -> Exported:
    """What the deals of a book look like."""
    deals: tuple[Any, ...] = facts.of("deal")
    created = Counter(d.created for d in deals if d.created)
    whole = sum(created.values())
    entered = frozenset(day for day, count in created.items() if count >= MANY and count >= PART * whole)
    last = max((d.closed for d in deals if d.created in entered and d.closed), default=date.min)
    told = [d.expected_close == d.closed for d in deals if d.status != "open" and d.closed and d.expected_close]
    return Exported(entered, last, len(told) >= CLOSINGS and sum(told) >= SAME * len(told))
