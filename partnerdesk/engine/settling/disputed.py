"""Open disputes: what of a disputed line waits in held until it is decided, where the program says so.

A dispute never changes its line, which stands on a closed statement. What its decision grants is an adjustment.
"""

from collections.abc import Sequence
from operator import attrgetter
from typing import Any, Generic, NamedTuple

from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import HELD, PAYABLE, Entry
from partnerdesk.engine.problem import Problem
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.semantics import SETTLES_DISPUTES
from partnerdesk.engine.settling.holds import Hold
from partnerdesk.engine.settling.moved import Due, Part
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
                since |= _due(reckoning, hold, entries)
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


def _due(reckoning: Reckoning[N], hold: Hold[N], entries: Sequence[Entry[N]]) -> dict[str, Due[N]]:
    """A dispute's entries as payouts take them: it holds what of its line became payable last, since it did.

    A payout of that day is without it, so it is neither paid nor a debt of a later one.
    """
    ar, left, parts, type_ = reckoning.arithmetic, hold.amount, list[Part[N]](), ""
    own = [e for e in entries if e.line == hold.line and e.bucket == PAYABLE and e.day <= hold.start]
    for entry in sorted(own, key=attrgetter("day"), reverse=True):
        type_ = entry.type
        if left > ZERO and entry.amount > ZERO:
            part = ar.least([entry.amount, left], reckoning.currency, "disputed of it")
            left = ar.difference(left, part, reckoning.currency, "still to hold")
            parts.append(Part(entry.day, ar.negative(part, "disputed"), type_))
    if left > ZERO:
        parts.append(Part(hold.start, ar.negative(left, "disputed"), type_))
    freed = tuple(Part(day, amount, type_) for day, amount in hold.moves)
    into, out = pair_ids(hold.id, "release", PAYABLE)[0], pair_ids(hold.id, "holdback", HELD)[1]
    found: dict[str, Due[N]] = {out: tuple(parts)}
    return found | {into: freed} if freed else found
