"""What waits in held while a line, a movement or the total of a statement is disputed, where the program says so.

Told day by day in pieces: what a day brings of a line is one, and whoever takes, takes the newest. What a line loses
leaves first what disputes hold of it.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from tests.second.judge.account import Account
from tests.second.judge.days import Span
from tests.second.judge.numbers import statement_named
from tests.second.judge.typed import HELD, PAYABLE, Entry, in_own_money, opens, until_today

PAID = ("payment", "tax")
ZERO = Fraction(0)


@dataclass(eq=False)
class Piece:
    """What is left of what a day brought of a line, the days whose statements show it, and which dispute holds it."""

    day: date
    of: str
    type: str
    shown: tuple[date, ...]
    left: Fraction
    held_by: str = ""


def disputed(account: Account, entries: list[Entry]) -> list[Entry]:
    """What of it is payable and not paid waits from the dispute on until its decision, never more than is there.

    It is what became payable last, and payouts are without it from the day on which it did.
    """
    rows = [row for row in until_today(account, "dispute", opens(account)) if _waits(account, row)]
    days = {entry.day for entry in entries} | {row.day for row in rows} | {_end(account, row) for row in rows}
    disputes = Disputes(account, entries)
    for day in sorted(day for day in days if day <= account.as_of):
        disputes.bring(day)
        own = sorted(rows, key=lambda row: row.id)
        for row in own:
            if row.day < day == _end(account, row):
                disputes.decide(row, day)
        for row in own:
            if row.day == day:
                disputes.hold(row)
                if _end(account, row) == day:
                    disputes.decide(row, day)
    return disputes.found


def _waits(account: Account, row: Any) -> bool:
    is_unpaid = row.unpaid is not None and row.unpaid > 0
    return (
        is_unpaid
        and account.version_on(row.day).disputes.meanwhile == "hold"
        and in_own_money(account, row, row.unpaid) is not None
    )


def _end(account: Account, row: Any) -> date:
    is_decided = row.decided is not None and row.decided <= account.as_of
    return max(row.decided, row.day) if is_decided else date.max


def newest(pieces: list[Piece]) -> list[Piece]:
    """The newest first; those of one day by their type and line."""
    return sorted(sorted(pieces, key=lambda piece: (piece.type, piece.of)), key=lambda piece: piece.day, reverse=True)


class Disputes:
    """All pieces of one partner, day after day."""

    def __init__(self, account: Account, entries: list[Entry]) -> None:
        self.account, self.found = account, list[Entry]()
        self.pieces, self.debts, self.freed = list[Piece](), list[Piece](), dict[str, list[Piece]]()
        self.entries = [(entry.line or f" {number}", entry) for number, entry in enumerate(entries) if _counts(entry)]

    def bring(self, day: date) -> None:
        brought = defaultdict[str, list[Entry]](list)
        for of, entry in self.entries:
            if entry.day == day:
                brought[of].append(entry)
        for of, own in sorted(brought.items()):
            piece = Piece(day, of, own[0].type, (day,), sum((entry.amount for entry in own), ZERO))
            if piece.left > 0:
                for debt in self.debts:
                    if debt.of == of:
                        part = min(debt.left, piece.left)
                        debt.left, piece.left = debt.left - part, piece.left - part
                self.pieces.append(piece)
            else:
                piece.left = -piece.left
                self._lose(piece)
                self.debts.append(piece)

    def _lose(self, debt: Piece) -> None:
        """Of the line: what is held first, then what is there; the newest first."""
        own = [piece for piece in self.pieces if piece.of == debt.of]
        released = defaultdict[str, list[tuple[Fraction, str]]](list)
        for piece in sorted(newest(own), key=lambda piece: not piece.held_by):
            part = min(piece.left, debt.left)
            piece.left, debt.left = piece.left - part, debt.left - part
            if part and piece.held_by:
                released[piece.held_by].append((part, piece.type))
        for id, parts in released.items():
            self._release(id, debt.day, parts)

    def hold(self, row: Any) -> None:
        """Takes what there is of what a dispute is about."""
        left, parts = in_own_money(self.account, row, row.unpaid) or ZERO, []
        for piece, most in self._about(row):
            part = min(left, most)
            if part > 0:
                piece.left, left = piece.left - part, left - part
                parts.append(replace(piece, left=part, held_by=row.id))
        self.pieces += parts
        amount = sum((part.left for part in parts), ZERO)
        if amount:
            settled = tuple((part.day, -part.left, part.type) for part in parts)
            self._move("holdback", row, row.day, amount, settled)

    def decide(self, row: Any, day: date) -> None:
        """Makes what is still held payable again: it is of that day's statement as well."""
        own = [piece for piece in self.pieces if piece.held_by == row.id]
        self.pieces = [piece for piece in self.pieces if piece.held_by != row.id]
        self.freed[f"dispute:{row.id}:release:{PAYABLE}"] = freed = [
            replace(piece, day=day, shown=(*piece.shown, day), held_by="") for piece in own if piece.left
        ]
        self.pieces += freed
        if freed:
            self._release(row.id, day, [(piece.left, piece.type) for piece in freed])

    def _release(self, id: str, day: date, parts: list[tuple[Fraction, str]]) -> None:
        row = next(row for row in until_today(self.account, "dispute") if row.id == id)
        types = sorted({type_ for _, type_ in parts})
        sums = [(day, sum((part for part, of in parts if of == type_), ZERO), type_) for type_ in types]
        self._move("release", row, day, -sum((part for part, _ in parts), ZERO), tuple(sums))

    def _move(self, kind: str, row: Any, day: date, held: Fraction, settled: tuple[Any, ...]) -> None:
        types = {type_ for _, _, type_ in settled}
        self.found.append(Entry(kind, HELD, day, held, row.line))
        self.found.append(Entry(kind, PAYABLE, day, -held, row.line, types.pop() if len(types) == 1 else "", settled))

    def _about(self, row: Any) -> list[tuple[Piece, Fraction]]:
        """The pieces that a dispute is about, the newest first, and how much of each at most."""
        free, known = [p for p in self.pieces if not p.held_by], [one for one in self.entries if one[1].day <= row.day]
        if any(of == row.line for of, _ in known):
            return [(piece, piece.left) for piece in newest(free) if piece.of == row.line]
        span = statement_named(self.account, row.statement, row.day)
        if row.line == row.statement:
            return [] if span is None else self._total(free, span)
        if row.line in self.freed:
            return [(piece, piece.left) for piece in newest(self.freed[row.line])]
        if row.line.startswith("hold:"):
            amount = in_own_money(self.account, row, row.unpaid) or ZERO
            day = row.day if span is None else min(span.end, row.day)
            return [(Piece(day, "", "", (), amount), amount)]
        shown = [one for one in known if span and one[1].day in span]
        named = [one for one in shown if _is_named(one[1], row)]
        return list(_movement(free, named or [one for one in shown if _is_of_sum(one[1], row)]))

    def _total(self, free: list[Piece], span: Span) -> list[tuple[Piece, Fraction]]:
        """What a statement shows that is there, less the debts that it shows: each of its own type first."""
        pieces = [piece for piece in newest(free) if any(day in span for day in piece.shown)]
        most = {id(piece): piece.left for piece in pieces}
        for debt in self.debts:
            left = debt.left if any(day in span for day in debt.shown) else ZERO
            for piece in sorted(pieces, key=lambda piece: piece.type != debt.type):
                part = min(most[id(piece)], left)
                most[id(piece)], left = most[id(piece)] - part, left - part
        return [(piece, most[id(piece)]) for piece in pieces]


def _counts(entry: Entry) -> bool:
    return entry.bucket == PAYABLE and entry.kind not in PAID


def _movement(free: list[Piece], named: list[tuple[str, Entry]]) -> Iterator[tuple[Piece, Fraction]]:
    """What there is of one movement: of its line and its day, then of the days before, as much as it moved."""
    for of, entry in named[:1]:
        left = entry.amount
        for piece in newest(free):
            if piece.of == of and piece.day <= entry.day:
                part = max(min(piece.left, left), ZERO)
                left -= part
                yield piece, part


def _is_of_sum(entry: Entry, row: Any) -> bool:
    """Whether a movement is the release of what was held of a sum, of which a clawback has taken a part since."""
    is_release = row.line.startswith("holdback.") and row.line.endswith(f":release:{PAYABLE}")
    return is_release and entry.kind == "release" and not (entry.line or entry.fact)


def _is_named(entry: Entry, row: Any) -> bool:
    """Whether a movement is the one that a dispute names: by its kind, its amount, and its line or the row entered."""
    if row.amount is None or entry.amount != Fraction(row.amount):
        return False
    if entry.fact:
        return f"{entry.kind}:{entry.fact}" == row.line
    name = row.line.removesuffix(f":{PAYABLE}")
    if name.startswith("opening:"):  # named by the row that brought it, not by its line
        return name.endswith(f":{entry.kind}") or (entry.kind == "opening" and name.count(":") == 1)
    return name.endswith(f":{entry.kind}") and (not entry.line or name.startswith(f"{entry.line}:"))
