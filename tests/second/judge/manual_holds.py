"""Holds that people place on a deal, a customer or a partner: what is payable and not paid waits in held meanwhile."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from tests.second.judge.account import Account
from tests.second.judge.line import Line
from tests.second.judge.losses import losses
from tests.second.judge.payouts import payouts
from tests.second.judge.typed import HELD, PAYABLE, Entry, opens, until_today

ZERO = Fraction(0)


class Moved(NamedTuple):
    """What is payable of a line (or of no line, under a type) changes by so much on a day."""

    day: date
    is_less: bool
    line: str
    type: str
    is_paid: bool
    amount: Fraction


@dataclass
class Part:
    """What is left of one increase; kept in held, or not."""

    day: date
    line: str
    type: str
    left: Fraction
    is_kept: bool = False


def on_hold(account: Account, lines: Sequence[Line], entries: Sequence[Entry]) -> list[Entry]:
    """What all holds move, each on top of those placed before it."""
    found: list[Entry] = []
    for row in sorted(until_today(account, "hold"), key=lambda row: (row.day, row.id)):
        start = max(row.day, opens(account))
        if start > account.as_of:
            continue
        so_far = [*entries, *found]
        paid, back = payouts(account, so_far, start)
        lost = [loss for loss in losses(paid, account.as_of) if loss.day < start]
        found += Holding(row, start, account.as_of, covered(row, lines)).moves(moved(lines, [*so_far, *back, *lost]))
    return found


def covered(row: Any, lines: Sequence[Line]) -> Collection[str] | None:
    """The lines that a hold is about; None for all that the partner has."""
    if not row.deal and not row.customer:
        return None
    return {
        line.id
        for line in lines
        if (not row.deal or line.deal == row.deal) and (not row.customer or line.customer == row.customer)
    }


def moved(lines: Sequence[Line], entries: Sequence[Entry]) -> list[Moved]:
    """The changes of a day, each once for what they are about: increases come first.

    What a dispute or another hold keeps is a change of its own: what it frees the same day is payable since then.
    """
    types, sums = {line.id: line.type for line in lines}, defaultdict[Any, Fraction](Fraction)
    for entry in entries:
        if entry.bucket == PAYABLE:
            line = entry.line or (entry.corrects if entry.corrects in types else "")
            is_paid = entry.kind in ("payment", "tax", "loss")
            is_kept = bool(entry.settled) and entry.amount < 0
            sums[entry.day, line, types.get(line) or entry.type, is_paid, is_kept] += entry.amount
    return sorted(
        Moved(day, amount < 0, line, type_, is_paid, amount)
        for (day, line, type_, is_paid, _), amount in sums.items()
        if amount
    )


class Holding:
    """One hold, change by change."""

    def __init__(self, row: Any, start: date, as_of: date, covered: Collection[str] | None) -> None:
        self.start, self.as_of, self.covered = start, as_of, covered
        self.end = None if row.released is None else max(row.released, start)
        self.parts, self.found = list[Part](), list[Entry]()
        self.owed = {True: ZERO, False: ZERO}  # by lines that it is about, and by all others

    def moves(self, changes: list[Moved]) -> list[Entry]:
        for change in changes:
            if change.day <= self.start:
                self.change(change, is_begun=False, is_about=True)
        if self.covered is not None:
            self.owed = {True: ZERO, False: self.owed[True]}
        for part in [part for part in self.parts if self.is_about(part.line)]:
            self.keep(part, self.start)
        for change in changes:
            if change.day > self.start and (self.end is None or change.day < self.end):
                self.change(change, is_begun=True, is_about=self.is_about(change.line))
        if self.end is not None and self.end <= self.as_of:
            for part in [part for part in self.parts if part.is_kept]:
                self.move("release", self.end, -part.left, part)
        return self.found

    def is_about(self, line: str) -> bool:
        return self.covered is None or line in self.covered

    def change(self, change: Moved, is_begun: bool, is_about: bool) -> None:
        if change.is_less:
            self.take(change, is_begun, is_about)
            return
        made_good = min(self.owed[is_about], change.amount)
        self.owed[is_about] -= made_good
        part = Part(change.day, change.line, change.type, change.amount - made_good)
        if part.left:
            self.parts.append(part)
            if is_begun and is_about:
                self.keep(part, change.day)

    def take(self, change: Moved, is_begun: bool, is_about: bool) -> None:
        """What is taken of a line, or under a type, is taken there first, and the oldest first.

        While the hold stands payments take what it does not keep first; all else keeps to what it is about, or not.
        """
        left = -change.amount

        def is_elsewhere(part: Part) -> bool:
            if change.line and not change.is_paid:
                return part.line != change.line
            return bool(change.type) and part.type != change.type

        parts = sorted(self.parts, key=is_elsewhere)
        if is_begun and change.is_paid:
            parts.sort(key=lambda part: part.is_kept)
        elif is_begun:
            parts = [part for part in parts if part.is_kept == is_about]
        for part in parts:
            taken = min(part.left, left)
            if taken and part.is_kept:
                self.move("release", change.day, -taken, part)
            part.left, left = part.left - taken, left - taken
        self.parts = [part for part in self.parts if part.left]
        self.owed[is_about] += left

    def keep(self, part: Part, day: date) -> None:
        part.is_kept = True
        self.move("holdback", day, part.left, part, ((part.day, -part.left, part.type),))

    def move(self, kind: str, day: date, held: Fraction, part: Part, settled: Any = ()) -> None:
        self.found.append(Entry(kind, HELD, day, held, part.line, part.type))
        self.found.append(Entry(kind, PAYABLE, day, -held, part.line, part.type, settled))
