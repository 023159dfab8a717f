"""Open disputes: what of a disputed line waits in held until it is decided, where the program says so.

A dispute never changes its line, which stands on a closed statement. What its decision grants is an adjustment.
"""

from typing import Any, Generic, NamedTuple

from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import HELD, PAYABLE, Entry
from partnerdesk.engine.problem import Problem
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.settling.holds import Hold
from partnerdesk.engine.settling.postings import Postings
from partnerdesk.engine.world.world import MissingRate

HOLD = "hold"


class Waiting(NamedTuple, Generic[N]):
    """What disputes keep back: the transfers, and the holds that they make."""

    entries: list[Entry[N]]
    holds: list[Hold[N]]


def disputed(reckoning: Reckoning[N]) -> Waiting[N]:
    """What the partner's disputes up to the as-of day hold, and what their decisions released."""
    if not reckoning.world.index.facts.of("dispute"):
        return Waiting([], [])
    book, holds = Postings(reckoning), list[Hold[N]]()
    for row in reckoning.world.series("dispute", "day").between(reckoning.opens, reckoning.as_of):
        if row.unpaid is None or row.unpaid <= ZERO:
            continue
        if reckoning.terms.at(row.day).program.disputes.meanwhile != HOLD:
            continue
        try:
            holds.append(_held(reckoning, book, row))
        except MissingRate as missing:
            reckoning.problems.append(Problem(f"dispute {row.id}", f"{missing}.", "Add the rate."))
    return Waiting(book.entries, holds)


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
