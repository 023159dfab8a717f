"""How long deals and go-lives take by the book's record, what is left of a wait that goes on, and whether it ends.

Of a deal that is due since a month, those that closed on their day tell nothing: its rest is that of deals which took
longer than a month. A deal that is late for long is often one that nobody looks after: how many ever closed that were
as late, against those that are as late now, says how likely it closes at all.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cached_property

from partnerdesk.engine.facts import Deal, Facts
from partnerdesk.forecast.exported import exported

SHARES = (0.1, 0.3, 0.5, 0.7, 0.9)  # a wait stands for a fifth of all waits
LONG_OPEN = 120  # days a deal stays open where no record says it
NO_RECORD = (-7, 0, 7, 30, 75)  # delays where the record of them was written over
REST, ENOUGH = (7, 20, 45, 90, 180), 10  # what is left of any wait; stands beside fewer longer waits than that
OWN = 3  # how much more a partner's own wait counts
HALVES, WEIGHT = 90, 4.0  # days late after which half of the deals are left to themselves, as if so many had been seen


class Waits:
    """The record of a book's waits as it was known on a day."""

    def __init__(self, facts: Facts, as_of: date) -> None:
        self.facts, self.as_of = facts, as_of
        self._sorted: dict[tuple[str, str], Sequence[int]] = {}

    def of_deal(self, deal: Deal) -> list[date]:
        """The days on which an open deal may be won, each for a fifth of the chance."""
        partner = deal.partner or ""
        if deal.expected_close:
            return self._days(deal.expected_close, self._record("delays", partner))
        return self._days(deal.created or self.as_of, self._record("cycles", partner))

    def of_go_live(self, planned: date | None, kickoff: date | None) -> list[date]:
        """The days on which a deployment may go live."""
        return self._days(planned, self._late) if planned else self._days(kickoff or self.as_of, (LONG_OPEN,))

    def _days(self, start: date, record: Sequence[int]) -> list[date]:
        passed = (self.as_of - start).days
        first = bisect_right(record, passed)
        longer, count = record, len(record) - first
        if passed >= 0 and count < ENOUGH:
            longer = sorted([*record[first:], *(passed + rest for rest in REST)])
            first, count = 0, len(longer)
        elif not count:
            longer, first, count = (passed + 1,), 0, 1
        return [start + timedelta(days=longer[first + min(count - 1, int(share * count))]) for share in SHARES]

    def _record(self, kind: str, partner: str) -> Sequence[int]:
        """The waits of all partners in order, those of one more often."""
        if (kind, partner) not in self._sorted:
            record, otherwise = (self._delays, 0) if kind == "delays" else (self._cycles, LONG_OPEN)
            found = [wait for waits in record.values() for wait in waits] + record.get(partner, []) * OWN
            self._sorted[kind, partner] = sorted(found) or [otherwise]
        return self._sorted[kind, partner]

    @cached_property
    def _won(self) -> list[Deal]:
        return [d for d in self.facts.of("deal") if d.status == "won" and d.closed]

    @cached_property
    def _overwrites(self) -> bool:
        return exported(self.facts).overwrites

    @cached_property
    def _delays(self) -> dict[str, list[int]]:
        """Days between the day a won deal was expected and the day it closed, by partner."""
        if self._overwrites:
            return {"": [*NO_RECORD]}
        return _by_partner((d, (d.closed - d.expected_close).days) for d in self._won if d.closed and d.expected_close)

    @cached_property
    def _cycles(self) -> dict[str, list[int]]:
        """Days from a deal's beginning to its win, by partner."""
        pairs = ((d, (d.closed - d.created).days) for d in self._won if d.closed and d.created)
        return _by_partner((d, days) for d, days in pairs if days > 0)

    @cached_property
    def _late(self) -> list[int]:
        """Days between a planned go-live and the real one."""
        rows = [d for d in self.facts.of("deployment") if d.live and d.planned_live]
        return sorted((d.live - d.planned_live).days for d in rows) or [0]

    def overdue(self, deal: Deal) -> int:
        """How many days an open deal is late."""
        return max(0, (self.as_of - deal.expected_close).days) if deal.expected_close else 0

    def closes(self, overdue: int) -> float:
        """How likely a deal that is so many days late is ever decided."""
        if not overdue:
            return 1.0
        left: float = WEIGHT * 0.5 ** (overdue / HALVES)
        if self._overwrites:
            return left / WEIGHT
        closed, open_ = (len(days) - bisect_left(days, overdue) for days in self._lateness)
        return (closed + left) / (closed + open_ + WEIGHT)

    @cached_property
    def _lateness(self) -> tuple[list[int], list[int]]:
        """By how many days deals were late that closed, and those that are open, both in order."""
        deals: Sequence[Deal] = [d for d in self.facts.of("deal") if d.expected_close]
        closed = [(d.closed - d.expected_close).days for d in deals if d.closed and d.expected_close]
        return sorted(closed), sorted(self.overdue(d) for d in deals if d.status == "open")


def _by_partner(pairs: Iterable[tuple[Deal, int]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for deal, days in pairs:
        found.setdefault(deal.partner or "", []).append(days)
    return found
