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
from partnerdesk.engine.outcome import HELD, PAYABLE, REMITTED, Entry
from partnerdesk.engine.period import Period, statement_number
from partnerdesk.engine.problem import Problem
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.semantics import SETTLES_DISPUTES, SETTLES_MOVEMENTS
from partnerdesk.engine.settling.holds import Hold
from partnerdesk.engine.settling.moved import TRUEUP, Due, Part
from partnerdesk.engine.settling.postings import Postings, pair_ids
from partnerdesk.engine.world.world import MissingRate

HOLD = "hold"


class Waiting(NamedTuple, Generic[N]):
    """What disputes keep back: the transfers, the holds that they make, and how payouts take the transfers, by id."""

    entries: list[Entry[N]]
    holds: list[Hold[N]]
    since: dict[str, Due[N]]


def disputed(reckoning: Reckoning[N], entries: Sequence[Entry[N]]) -> Waiting[N]:
    """What the partner's disputes up to the as-of day hold of its lines' `entries`, and what decisions released."""
    if not reckoning.world.index.facts.of("dispute"):
        return Waiting([], [], {})
    book, holds, since = Postings(reckoning), list[Hold[N]](), dict[str, Due[N]]()
    for row in reckoning.world.series("dispute", "day").between(reckoning.opens, reckoning.as_of):
        if row.unpaid is None or row.unpaid <= ZERO:
            continue
        if reckoning.terms.at(row.day).program.disputes.meanwhile != HOLD:
            continue
        try:
            holds.append(hold := _held(reckoning, book, row))
            if reckoning.semantics >= SETTLES_DISPUTES:
                since |= _due(reckoning, hold, _about(reckoning, row, entries))
        except MissingRate as missing:
            reckoning.problems.append(Problem(f"dispute {row.id}", f"{missing}.", "Add the rate."))
    return Waiting(book.entries, holds, since)


def _held(reckoning: Reckoning[N], book: Postings[N], row: Any) -> Hold[N]:
    """Moves what is not paid yet into held, and back on the day of the decision. Raises MissingRate."""
    version = reckoning.terms.at(row.day)
    program, rule = version.program, version.ref("disputes", version.program.disputes.reference)
    amount = reckoning.money(program.exchange, row, row.unpaid, "unpaid", "dispute", row.day)
    if row.currency != reckoning.currency:
        amount = reckoning.arithmetic.round(amount, program.rounding.decimals, program.rounding.mode)
    hold = Hold(f"dispute:{row.id}", row.line, "dispute", amount, row.day, None, f"decision of dispute {row.id}")
    book.transfer("holdback", row.day, amount, (hold.id, row.line, "", rule, f"disputed, {row.id}"), HELD)
    if row.decided is not None and row.decided <= reckoning.as_of:
        day = max(row.decided, row.day)
        book.transfer("release", day, amount, (hold.id, row.line, "", rule, f"dispute {row.id} decided"), PAYABLE)
        hold.moves.append((day, amount))
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
    period = _period(reckoning, row)
    end = min(period.end, row.day) if period is not None else row.day
    if row.line == row.statement:
        return _About([e for e in payable if e.period == period and e.kind not in REMITTED], end, is_total=True)
    own = [e for e in payable if e.id == row.line]
    corrected = (e.type for e in payable if row.line.startswith(f"{TRUEUP}:{e.id}:"))
    return _About(own, end, next(corrected, ""))


def _period(reckoning: Reckoning[N], row: Any) -> Period | None:
    """The period of the statement that a dispute is about; None where it is none of the partner's."""
    calendar = reckoning.calendar
    period = calendar.at(row.day, reckoning.terms.statements)
    while statement_number(period) != row.statement:
        if period.start <= reckoning.first:
            return None
        period = calendar.after(period, -1)
    return period


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
