"""What business a partner did, window by window: won deals, contracts and invoices that no deal or contract explains.

Each is a root of its own with its amount; what was known before its window opened is pipeline, not new business.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from partnerdesk.engine.facts import Facts
from partnerdesk.forecast.exported import exported
from partnerdesk.forecast.known_facts import first_known
from partnerdesk.forecast.windows import edges

MOST_WINDOWS = 20  # five years
LIKE, TEMPLATES = 2, 6  # windows of the same season, and in all, whose days business may repeat
SEASON = 3.0  # how much more a window of the same season counts
REACHES, LEAST = 12, 0.2  # windows that the level looks back at most, and what a window counts in it at least


@dataclass(frozen=True, slots=True)
class Root:
    """A piece of business: its fact, its day, since when it was known, its amount."""

    fact: Any
    day: date
    known: date
    amount: float


@dataclass(slots=True)
class Habit:
    """One partner's business of one kind by window, the latest first."""

    partner: str
    kind: str
    windows: dict[int, list[Root]] = field(default_factory=lambda: defaultdict(list))

    def total(self, window: int) -> float:
        return sum(root.amount for root in self.windows.get(window, ()))

    @property
    def tenure(self) -> int:
        """Windows since the first business, that one included."""
        return max(self.windows, default=-1) + 1

    def level(self, back: int, fades: float) -> float:
        """What a window brought of late, seen from the end of the window `back`, where each window before counts so
        much less; zero where nothing had begun."""
        weight, whole, worth = 1.0, 0.0, 0.0
        for window in range(back, min(back + REACHES, self.tenure)):
            if weight < LEAST:
                break
            whole, worth = whole + weight, worth + weight * self.total(window)
            weight *= fades
        return worth / whole if whole else 0.0

    def fresh(self, window: int, since: date) -> float:
        """What a window brought that was not known on a day before it."""
        return sum(root.amount for root in self.windows.get(window, ()) if root.known > since)


def habits(facts: Facts, as_of: date) -> dict[tuple[str, str], Habit]:
    """The business of every partner by (partner, kind), as far back as the record goes."""
    found: dict[tuple[str, str], Habit] = {}
    days = edges(as_of, MOST_WINDOWS)[::-1]
    for kind, root in roots(facts):
        if not days[0] < root.day <= as_of:
            continue
        key = (root.fact.partner, kind)
        if key not in found:
            found[key] = Habit(*key)
        found[key].windows[MOST_WINDOWS - bisect_left(days, root.day)].append(root)
    return found


def roots(facts: Facts) -> Iterator[tuple[str, Root]]:
    """All pieces of business, by kind."""
    traces = exported(facts)
    for deal in facts.of("deal"):
        amount = deal.amount if deal.amount is not None else deal.recurring
        if deal.partner and deal.status == "won" and deal.closed and amount and amount > 0:
            yield "deal", Root(deal, deal.closed, first_known("deal", deal, traces), float(amount))
    for row in facts.of("contract"):
        alone = not row.deal and not row.renewal_of
        if row.partner and row.start and alone and row.recurring and row.recurring > 0:
            yield "contract", Root(row, row.start, first_known("contract", row, traces), float(row.recurring))
    for row in facts.of("transaction"):
        alone = not row.deal and not row.contract
        if row.partner and row.day and alone and row.amount and row.amount > 0:
            yield "transaction", Root(row, row.day, first_known("transaction", row, traces), float(row.amount))


def templates(habit: Habit, ahead: int) -> list[tuple[int, Sequence[Root], float]]:
    """Past windows whose business may be repeated in the window `ahead` (1 is the next), with how much each counts.

    Those of the same season come first and count more, then the latest; one alone would put every future's business
    into the same months.
    """
    held = [window for window in range(MOST_WINDOWS) if habit.windows.get(window)]
    same = [window for window in held if (window + ahead) % 4 == 0]
    chosen = [*same[:LIKE], *(window for window in held if window not in same)][:TEMPLATES]
    return [(window, habit.windows[window], SEASON if window in same else 1.0) for window in chosen]
