"""Open disputes: what of a disputed line, movement or total waits in held until it is decided, where the program
says so.

A dispute never changes what it is about, which stands on a closed statement. What its decision grants is an adjustment.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from operator import attrgetter
from typing import Any, Generic, NamedTuple

from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import HELD, PAYABLE, REMITTED, TRUEUP, Entry
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.semantics import HOLDS_WHAT_IS_THERE, SETTLES_DISPUTES, SETTLES_MOVEMENTS
from partnerdesk.engine.settling.disputing import disputed_of_stock
from partnerdesk.engine.settling.holds import Hold
from partnerdesk.engine.settling.ledger import Posted
from partnerdesk.engine.settling.moved import Due, Part
from partnerdesk.engine.settling.postings import Postings, pair_ids
from partnerdesk.engine.settling.waiting import Asked, Waiting, asked, period_of


def disputed(reckoning: Reckoning[N], entries: Sequence[Entry[N]], posted: Posted | None) -> Waiting[N]:
    """What the partner's disputes up to the as-of day hold of its lines' `entries`, and what decisions released."""
    if not reckoning.world.index.facts.of("dispute"):
        return Waiting([], [], {})
    if reckoning.semantics >= HOLDS_WHAT_IS_THERE:
        return disputed_of_stock(reckoning, entries, posted)
    book, holds, since = Postings(reckoning), list[Hold[N]](), dict[str, Due[N]]()
    for one in asked(reckoning):
        holds.append(hold := _held(book, one))
        if reckoning.semantics >= SETTLES_DISPUTES:
            since |= _due(reckoning, hold, _about(reckoning, one.row, entries))
    return Waiting(book.entries, holds, since)


def _held(book: Postings[N], one: Asked[N]) -> Hold[N]:
    """Moves what is not paid yet into held, and back on the day of the decision."""
    row, named = one.row, (one.id, one.row.line, "", one.rule)
    hold = Hold(one.id, row.line, "dispute", one.amount, row.day, None, f"decision of dispute {row.id}")
    book.transfer("holdback", row.day, one.amount, (*named, f"disputed, {row.id}"), HELD)
    if one.ends is not None:
        book.transfer("release", one.ends, one.amount, (*named, f"dispute {row.id} decided"), PAYABLE)
        hold.moves.append((one.ends, one.amount))
    return hold


class _About(NamedTuple, Generic[N]):
    """The payable entries that a dispute is about; what it holds beyond them was payable by `day`, under `type`."""

    entries: list[Entry[N]]
    day: date
    type: str = ""
    is_total: bool = False


def _about(reckoning: Reckoning[N], row: Any, entries: Sequence[Entry[N]]) -> _About[N]:
    """What a dispute is about: the entries of its line, the entry that it names, or those of its statement.

    Corrections are not among `entries`: they count by the end of the statement on which they stand.
    """
    payable = [e for e in entries if e.bucket == PAYABLE and e.day <= row.day]
    own = [e for e in payable if e.line == row.line]
    if own or reckoning.semantics < SETTLES_MOVEMENTS:
        return _About(own, row.day)
    period = period_of(reckoning, row, reckoning.first)
    end = min(period.end, row.day) if period is not None else row.day
    if row.line == row.statement:
        return _About([e for e in payable if e.period == period and e.kind not in REMITTED], end, is_total=True)
    own = [e for e in payable if e.id == row.line]
    corrected = (e.type for e in payable if row.line.startswith(f"{TRUEUP}:{e.id}:"))
    return _About(own, end, next(corrected, ""))


def _due(reckoning: Reckoning[N], hold: Hold[N], about: _About[N]) -> dict[str, Due[N]]:
    """A dispute's entries as payouts take them: it holds what of its line became payable last, since it did.

    A payout of that day is without it, so it is neither paid nor a debt of a later one.
    """
    ar, left, parts, type_ = reckoning.arithmetic, hold.amount, list[Part[N]](), about.type
    for entry in sorted(about.entries, key=attrgetter("day"), reverse=True):
        type_ = entry.type
        if left > ZERO and entry.amount > ZERO:
            part = ar.least([entry.amount, left], reckoning.currency, "disputed of it")
            left = ar.difference(left, part, reckoning.currency, "still to hold")
            parts.append(Part(entry.day, ar.negative(part, "disputed"), type_))
    if left > ZERO:
        parts.append(Part(about.day, ar.negative(left, "disputed"), about.type if about.is_total else type_))
    freed: tuple[Part[N], ...] = tuple(Part(day, amount, type_) for day, amount in hold.moves)
    if about.is_total:
        freed = tuple(part for day, _ in hold.moves for part in _freed(reckoning, parts, day))
    into, out = pair_ids(hold.id, "release", PAYABLE)[0], pair_ids(hold.id, "holdback", HELD)[1]
    found: dict[str, Due[N]] = {out: tuple(parts)}
    return found | {into: freed} if freed else found


def _freed(reckoning: Reckoning[N], held: Sequence[Part[N]], day: date) -> Iterator[Part[N]]:
    """What a decision frees of a total as payouts take it: of each type what was held of it."""
    ar = reckoning.arithmetic
    for name in sorted({part.type for part in held}):
        amounts = [part.amount for part in held if part.type == name]
        yield Part(day, ar.negative(ar.sum(amounts, reckoning.currency, "held"), "freed"), name)
