"""Holds that people place on a deal, a customer or a partner: while one stands, what is payable of it waits in held.

A hold begins with what is payable and not paid yet, the oldest paid first, and takes in what becomes payable while it
stands. What a clawback or a payment takes meanwhile leaves it, so that it never keeps more than there is. Its release
makes the rest payable again on that day. `settlement` takes each part out of the payout in which it was payable, which
the hold says was not made.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any, Generic, NamedTuple

from partnerdesk.engine.figures.figure import N, is_zero
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import HELD, LOSS, PAYABLE, REMITTED, EarningLine, Entry
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.semantics import HOLDS_AS_SETTLED, HOLDS_WHAT_IS_THERE
from partnerdesk.engine.settling.holds import Hold
from partnerdesk.engine.settling.ledger import Posted, entry_order
from partnerdesk.engine.settling.losses import losses
from partnerdesk.engine.settling.lots import Lot
from partnerdesk.engine.settling.moved import Due, type_of
from partnerdesk.engine.settling.postings import Postings, pair_ids
from partnerdesk.engine.settling.spared import spared_of_losses_before

MANUAL = "manual hold"


class Group(NamedTuple):
    """What is kept together: a line, or what belongs to none, of one type of earning."""

    line: str
    type: str


class Movement(NamedTuple, Generic[N]):
    """What a day adds to what is payable of a group, below zero for less.

    `is_paid` where finance paid it, or settlement took it for good: that takes what has waited longest.
    """

    day: date
    group: Group
    amount: N
    is_paid: bool

    @property
    def name(self) -> str:
        """What tells it from every other movement."""
        words = [self.group.line or self.group.type or "balance", self.day.isoformat()]
        return ":".join([*words, "paid"] if self.is_paid else words)


class Withheld(NamedTuple, Generic[N]):
    """What holds keep back: the transfers, the holds of the ledger, and since when each transfer was payable, by id."""

    entries: list[Entry[N]]
    holds: list[Hold[N]]
    since: dict[str, Due[N]]


@dataclass(slots=True)
class _Part(Generic[N]):
    """What is left of what a movement made payable, with the hold that keeps it where one does."""

    moved: Movement[N]
    left: N
    hold: Hold[N] | None = None


def withheld(
    reckoning: Reckoning[N],
    posted: Sequence[EarningLine[N]],
    lots: Mapping[str, Lot[N]],
    entries: Sequence[Entry[N]],
    since: Mapping[str, Due[N]],
) -> Withheld[N]:
    """What the holds on a partner's deals, customers or itself keep back of its entries up to the as-of day.

    `since` are those of its disputes, and stand in what is returned, too.
    Its lines are those `posted` and those of its `lots`, of which some may have been taken over.
    """
    found: Withheld[N] = Withheld([], [], dict(since))
    if reckoning.world.index.facts.of("hold"):
        lines = [*posted, *(lot.line for lot in lots.values())]
        for row in sorted(reckoning.world.series("hold", "day").between(None, reckoning.as_of), key=_order):
            kept = _Keeping(reckoning, row)
            if kept.start > reckoning.as_of and reckoning.semantics >= HOLDS_WHAT_IS_THERE:
                continue  # on the day of an opening: it begins on the next one
            moved = [*entries, *found.entries]
            moved += spared_of_losses_before(reckoning, moved, found.since, lots, kept.start)
            moved.sort(key=entry_order)
            gone = [loss for loss in losses(reckoning, moved, found.since) if loss.day < kept.start]
            kept.run(_movements(reckoning, lines, [*moved, *gone], found.since), _covered(row, lines))
            found.entries.extend(kept.book.entries)
            found.holds.extend(kept.holds)
            found.since.update(kept.since)
    return found


def held_when_posted(reckoning: Reckoning[N], posted: Posted | None) -> dict[str, Due[N]]:
    """Since when what holds of closed statements kept was payable: it was not paid then, whatever is held of it today.

    The days stand in the ids of the entries: of what was posted nothing else is kept.
    """
    if posted is None or reckoning.semantics < HOLDS_AS_SETTLED:
        return {}
    named = ((entry.id, _KEPT.fullmatch(entry.id)) for entry in posted.entries)
    return {id: date.fromisoformat(found[1]) for id, found in named if found is not None}


# The id of an entry by which a hold keeps a movement, as `_Keeping.keep` and `Movement.name` make it.
_KEPT = re.compile(r"hold:.*:(\d{4}-\d{2}-\d{2})(?::paid)?:holdback:(?:held|payable)", re.DOTALL)

_order = attrgetter("day", "id")


def _covered(row: Any, lines: Sequence[EarningLine[N]]) -> Collection[str] | None:
    """The lines of the deal or the customer that is on hold; None where it is the partner itself."""
    if not row.deal and not row.customer:
        return None
    wanted = [(name, getattr(row, name)) for name in ("deal", "customer") if getattr(row, name)]
    return {line.id for line in lines if all(getattr(line, name) == value for name, value in wanted)}


def _movements(
    reckoning: Reckoning[N], lines: Sequence[EarningLine[N]], entries: Sequence[Entry[N]], since: Mapping[str, Due[N]]
) -> list[Movement[N]]:
    """What became payable by day and group: within a day what is added before what is taken.

    `since` has what disputes and other holds took: what they free on the day on which they took it is payable since.
    """
    types = {line.id: line.type for line in lines}
    corrected = {f"adjustment:{row.id}": row.line for row in reckoning.world.rows("adjustment") if row.line in types}
    sums: dict[tuple[date, Group, bool], _Sums[N]] = defaultdict(lambda: _Sums([], []))
    is_apart = reckoning.semantics >= HOLDS_WHAT_IS_THERE
    for entry in entries:
        if entry.bucket == PAYABLE:
            line = entry.line or corrected.get(entry.id, "")
            group = Group(line, types.get(line) or type_of(reckoning, entry))
            own = sums[entry.day, group, entry.kind in (*REMITTED, LOSS)]
            is_kept = is_apart and entry.amount < ZERO and entry.id in since
            (own.kept if is_kept else own.moved).append(entry.amount)
    found = [
        Movement(day, group, amount, is_paid)
        for (day, group, is_paid), own in sums.items()
        for amount in _of_a_day(reckoning, own)
    ]
    return sorted(found, key=lambda m: (m.day, m.amount < ZERO, m.group))


class _Sums(NamedTuple, Generic[N]):
    """What a day moves of a group, and what disputes or other holds took of it."""

    moved: list[N]
    kept: list[N]


def _of_a_day(reckoning: Reckoning[N], own: _Sums[N]) -> Iterator[N]:
    """What a day adds and takes: one amount, but where something is added beside what was taken to be kept."""
    ar, currency = reckoning.arithmetic, reckoning.currency
    parts = [ar.sum(own.moved, currency, "payable")] if len(own.moved) > 1 else list(own.moved)
    if own.kept and not (parts and parts[0] > ZERO):
        parts = [ar.sum([*parts, *own.kept], currency, "payable")]
    elif own.kept:
        parts.append(ar.sum(own.kept, currency, "kept"))
    yield from (amount for amount in parts if not is_zero(amount))


class _Keeping(Generic[N]):
    """One hold at work: what is payable, what it keeps of it, and the entries that it makes."""

    def __init__(self, reckoning: Reckoning[N], row: Any) -> None:
        self.reckoning, self.ar, self.currency = reckoning, reckoning.arithmetic, reckoning.currency
        self.row, self.book, self.holds, self.since = row, Postings(reckoning), list[Hold[N]](), dict[str, Due[N]]()
        self.parts: list[_Part[N]] = []
        self.covered: Collection[str] | None = None
        self.stands, self.is_wide = False, reckoning.semantics >= HOLDS_WHAT_IS_THERE
        self.debts = {True: reckoning.nothing, False: reckoning.nothing}  # of what is covered, and of other lines
        self.start: date = max(row.day, reckoning.opens or row.day)
        self.words = f"on hold {row.id}: {row.reason}".rstrip(": ")

    def run(self, movements: Sequence[Movement[N]], covered: Collection[str] | None) -> None:
        """Lets the movements happen in order of time: before the hold, while it stands, and its release."""
        end = None if self.row.released is None else max(self.row.released, self.start)
        for moved in movements:
            if moved.day <= self.start:
                self.move(moved)
        self.begin(covered)
        for moved in movements:
            is_meanwhile = moved.day > self.start and (end is None or moved.day < end)
            if is_meanwhile and (self.is_wide or self.is_about(moved)):
                self.move(moved)
        if end is not None and end <= self.reckoning.as_of:
            self.release(end)

    def begin(self, covered: Collection[str] | None) -> None:
        """Keeps what is payable of what is covered and not paid yet."""
        self.stands, self.covered = True, covered
        if covered is not None:
            self.debts = {True: self.reckoning.nothing, False: self.debts[True]}
        if not self.is_wide:
            self.parts = [part for part in self.parts if self.is_about(part.moved)]
        for part in filter(lambda part: self.is_about(part.moved), self.parts):
            self.keep(part, self.start)

    def is_about(self, moved: Movement[N]) -> bool:
        """Whether the hold covers what moves."""
        return self.covered is None or moved.group.line in self.covered

    def move(self, moved: Movement[N]) -> None:
        """What becomes payable, or less of it."""
        if not moved.amount > ZERO:
            self.take(moved)
            return
        amount = self.beyond_debt(moved)
        if not is_zero(amount):
            self.parts.append(_Part(moved, amount))
            if self.stands and self.is_about(moved):
                self.keep(self.parts[-1], moved.day)

    def beyond_debt(self, moved: Movement[N]) -> N:
        """What is left of an amount once it has made up for what the partner owes."""
        ar, currency, is_about = self.ar, self.currency, self.is_about(moved)
        if not self.debts[is_about] > ZERO:
            return moved.amount
        used = ar.least([self.debts[is_about], moved.amount], currency, "makes up for what is owed")
        self.debts[is_about] = ar.difference(self.debts[is_about], used, currency, "owed")
        return ar.difference(moved.amount, used, currency, "payable")

    def keep(self, part: _Part[N], day: date) -> None:
        """Moves a part into held."""
        id, (line, type_) = f"hold:{self.row.id}:{part.moved.name}", part.moved.group
        part.hold = Hold(id, line, MANUAL, part.left, day, None, self.words)
        self.holds.append(part.hold)
        self.book.transfer("holdback", day, part.left, (id, line, type_, None, self.words), HELD)
        self.since |= dict.fromkeys(pair_ids(id, "holdback", HELD), part.moved.day)

    def take(self, moved: Movement[N]) -> None:
        """Takes an amount off what is payable: of its own line first, then the oldest; what is missing is owed."""
        ar = self.ar
        left = ar.negative(moved.amount, "paid" if moved.is_paid else "taken")
        for part in self.within_reach(moved):
            if left <= ZERO:
                break
            taken = ar.least([part.left, left], self.currency, "taken of it")
            part.left = ar.difference(part.left, taken, self.currency, "still payable")
            left = ar.difference(left, taken, self.currency, "still to take")
            if part.hold is not None:
                words = "paid while on hold" if moved.is_paid else "no longer payable"
                self.let_go(part.hold, part.moved.group, moved.day, taken, f"{part.hold.id}:{moved.name}", words)
        self.parts = [part for part in self.parts if not is_zero(part.left)]
        if left > ZERO:
            is_about = self.is_about(moved)
            self.debts[is_about] = ar.sum([self.debts[is_about], left], self.currency, "owed")

    def within_reach(self, moved: Movement[N]) -> Sequence[_Part[N]]:
        """What an amount may be taken of, in order: a payment takes what is on hold last."""
        parts = sorted(self.parts, key=_own_first(moved))
        if moved.is_paid:
            return sorted(parts, key=lambda part: part.hold is not None)
        return [part for part in parts if self.is_about(part.moved) == self.is_about(moved)]

    def release(self, day: date) -> None:
        """Makes all that is left payable again."""
        words = f"hold {self.row.id} released: {self.row.release_reason}".rstrip(": ")
        for part in self.parts:
            if part.hold is not None:
                self.let_go(part.hold, part.moved.group, day, part.left, part.hold.id, words)

    def let_go(self, hold: Hold[N], group: Group, day: date, amount: N, id: str, words: str) -> None:
        hold.moves.append((day, amount))
        self.book.transfer("release", day, amount, (id, *group, None, words), PAYABLE)


def _own_first(moved: Movement[N]) -> Callable[[_Part[N]], bool]:
    """Parts in the order in which an amount is taken: its own line first, else its own type, the oldest first.

    A payment takes the oldest.
    """
    line, type_ = ("" if moved.is_paid else moved.group.line), moved.group.type

    def order(part: _Part[Any]) -> bool:
        group = part.moved.group
        return group.line != line if line else bool(type_) and group.type != type_

    return order
