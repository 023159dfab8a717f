"""From one side to the other: one ingredient after the other is swapped, and each swap is a real evaluation.

What the rows of a cause did is found by halving: rows that together moved nothing are passed by, the others are
parted until each piece of business stands by itself or the stated number of evaluations is spent.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from partnerdesk.engine.difference.found import (
    ADJUSTMENT,
    CAUSES,
    CHANGED,
    CHANGED_DATA,
    CLOSED,
    DAY,
    EXCHANGE,
    MEANING,
    NEW,
    NEW_DATA,
    PAYMENT,
    PROGRAM,
    REMOVED,
    REMOVED_DATA,
    ROUNDING,
    TIER,
)
from partnerdesk.engine.difference.measure import Cut, Items, items
from partnerdesk.engine.difference.rows import Change, Rows, changes, in_groups, pair
from partnerdesk.engine.difference.states import Side, State, state_of, with_money
from partnerdesk.engine.figures.arithmetic import VALUES

_OWN_CAUSE = {"tier_decision": TIER, "exchange_rate": EXCHANGE, "adjustment": ADJUSTMENT, "payment": PAYMENT}
# Causes whose rows are parted.
_PARTED = (NEW_DATA, REMOVED_DATA, CHANGED_DATA, ADJUSTMENT)
_DATA = {NEW: NEW_DATA, REMOVED: REMOVED_DATA, CHANGED: CHANGED_DATA}


@dataclass(frozen=True, slots=True)
class Point:
    """A state with what each line comes to in it."""

    state: State
    items: Items[Decimal]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the way: what some groups of rows moved, or an ingredient that is none of rows."""

    cause: str
    groups: tuple[tuple[Change, ...], ...]
    before: Point
    after: Point

    @property
    def moves(self) -> bool:
        return _amounts(self.before.items) != _amounts(self.after.items)

    @property
    def rows(self) -> list[Change]:
        return [change for group in self.groups for change in group]


def _amounts(found: Items[Decimal]) -> dict[str, tuple[Decimal, str]]:
    return {id: (item.amount, item.tier) for id, item in found.items()}


class Walk:
    """The way from one side to the other for one partner; `most` bounds the evaluations spent on parting rows. With
    `holds_tiers` the tier of each day stays that of the first side until its own turn comes.

    Raises ValueError for sides that have no common currency, LookupError for a partner that neither side knows.
    """

    def __init__(
        self, before: Side | State, after: Side | State, partner: str, of: str, most: int, holds_tiers: bool = True
    ) -> None:
        self.partner, self.of, self.left, self.holds_tiers = partner, of, most, holds_tiers
        self.first: Items[Decimal] = {}  # what the lines come to on the first side, once the way is known
        self.start, self.end = state_of(before), state_of(after)
        self.currency, other = self.start.programs[-1].currency, self.end.programs[-1].currency
        if self.currency != other:
            raise ValueError(f"amounts in {self.currency} and in {other} have no difference")
        if not any(("partner", partner) in state.rows for state in (self.start, self.end)):
            raise LookupError(partner)

    def segments(self) -> list[Segment]:
        """The stretches in the stated order; what moved nothing is among them."""
        found = list(self._swaps())
        while self.left and (place := _widest(found)) is not None:
            self.left -= 1
            found[place : place + 1] = self._halves(found[place])
        return found

    def _swaps(self) -> Iterator[Segment]:
        rows = _by_cause(changes(self.start.rows, self.end.rows), self.start.rows, self.end.rows)
        outcome = self.start.outcome(self.partner)
        self.first = items(VALUES, outcome, self.cut(self.start))
        here = Point(self.start, self.first)
        if self.start.semantics != self.end.semantics:
            # Before the tiers are held: one that the meaning moved is of this cause.
            meant = self.start.meaning(self.end.semantics)
            outcome = meant.outcome(self.partner)
            there = Point(meant, items(VALUES, outcome, self.cut(meant)))
            yield Segment(MEANING, (), here, there)
            here = there
        if self.holds_tiers:
            here = replace(here, state=here.state.holding(outcome))
        for cause, swap in self._due(rows):
            groups = tuple(in_groups(rows.get(cause, ()), self.end.rows, self.start.rows))
            if cause not in _PARTED and groups:
                groups = (tuple(c for group in groups for c in group),)
            swapped = swap(here.state).with_changes(c for group in groups for c in group)
            there = here if swapped == here.state else self._at(swapped)
            yield Segment(cause, groups, here, there)
            here = there

    def _due(self, rows: dict[str, list[Change]]) -> list[tuple[str, "Swap"]]:
        """The causes that swap something, in the stated order, each with what it swaps besides its rows."""
        start, end = self.start, self.end
        ruled = with_money(end.programs, start.programs, exchange=True)
        exchanged = with_money(end.programs, start.programs, exchange=False)
        swaps: dict[str, tuple[bool, Swap]] = {
            DAY: (self.days(start) != self.days(end), lambda s: s.on(end)),
            PROGRAM: (start.programs != ruled, lambda s: s.under(ruled)),
            EXCHANGE: (ruled != exchanged, lambda s: s.under(exchanged)),
            ROUNDING: (exchanged != end.programs, lambda s: s.under(end.programs)),
            CLOSED: (start.posted != end.posted, lambda s: s.closed_as(end)),
        }
        # The tier may move whatever else is swapped.
        swaps[TIER] = bool(rows) or any(is_due for is_due, _ in swaps.values()), State.released
        nothing: tuple[bool, Swap] = (False, lambda s: s)
        found = [(cause, swaps.get(cause, nothing)) for cause in CAUSES]
        return [(cause, swap) for cause, (is_due, swap) in found if is_due or cause in rows]

    @staticmethod
    def days(state: State) -> tuple[object, ...]:
        return state.as_of, state.since, state.through

    def cut(self, state: State) -> Cut:
        """What counts in a state."""
        return Cut(self.of, state.since, state.through)

    def _at(self, state: State) -> Point:
        if state == self.end:
            state = self.end  # which others ask for as well: it is evaluated once
        return Point(state, items(VALUES, state.outcome(self.partner), self.cut(state)))

    def _halves(self, segment: Segment) -> list[Segment]:
        middle = len(segment.groups) // 2
        first, second = segment.groups[:middle], segment.groups[middle:]
        between = self._at(segment.before.state.with_changes(c for group in first for c in group))
        return [
            replace(segment, groups=first, after=between),
            replace(segment, groups=second, before=between),
        ]


Swap = Callable[[State], State]


def _widest(segments: Sequence[Segment]) -> int | None:
    """The stretch that moved something and holds the most groups of rows, if any holds several."""
    wide = [i for i, segment in enumerate(segments) if len(segment.groups) > 1 and segment.moves]
    return max(wide, key=lambda i: len(segments[i].groups), default=None)


def _by_cause(found: Iterable[Change], *sides: Rows) -> dict[str, list[Change]]:
    """Changes by the cause under which they are taken. A rate of two currencies that only one side knows is data
    like any other: there is nothing that it could be compared with.
    """
    pairs = [{pair(row) for (kind, _), row in side.items() if kind == "exchange_rate"} for side in sides]
    causes: dict[str, list[Change]] = {}
    for change in found:
        kind = change.key[0]
        is_alone = kind == "exchange_rate" and not all(pair(change.row) in known for known in pairs)
        cause = _DATA[change.what] if is_alone else _OWN_CAUSE.get(kind, _DATA[change.what])
        causes.setdefault(cause, []).append(change)
    return causes
