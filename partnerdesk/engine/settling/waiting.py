"""What disputes ask to be held, and what is held of it."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Generic, NamedTuple

from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import Entry, RuleRef
from partnerdesk.engine.period import Period, statement_number
from partnerdesk.engine.problem import Problem
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.settling.holds import Hold
from partnerdesk.engine.settling.moved import Due
from partnerdesk.engine.world.world import MissingRate

HOLD = "hold"


class Waiting(NamedTuple, Generic[N]):
    """What disputes keep back: the transfers, the holds that they make, and how payouts take the transfers, by id."""

    entries: list[Entry[N]]
    holds: list[Hold[N]]
    since: dict[str, Due[N]]


class Asked(NamedTuple, Generic[N]):
    """A dispute of what was not paid yet, how much that was, the rule by which it waits, and until when."""

    row: Any
    amount: N
    rule: RuleRef
    ends: date | None  # as far as it is decided

    @property
    def id(self) -> str:
        """What its hold is called."""
        return f"dispute:{self.row.id}"


def asked(reckoning: Reckoning[N]) -> Iterator[Asked[N]]:
    """The partner's disputes up to the as-of day that wait, in order of day. Notes what has no rate."""
    for row in reckoning.world.series("dispute", "day").between(reckoning.opens, reckoning.as_of):
        if row.unpaid is None or row.unpaid <= ZERO:
            continue
        version = reckoning.terms.at(row.day)
        program = version.program
        if program.disputes.meanwhile != HOLD:
            continue
        try:
            amount = reckoning.money(program.exchange, row, row.unpaid, "unpaid", "dispute", row.day)
        except MissingRate as missing:
            reckoning.problems.append(Problem(f"dispute {row.id}", f"{missing}.", "Add the rate."))
            continue
        if row.currency != reckoning.currency:
            amount = reckoning.arithmetic.round(amount, program.rounding.decimals, program.rounding.mode)
        is_decided = row.decided is not None and row.decided <= reckoning.as_of
        ends = max(row.decided, row.day) if is_decided else None
        yield Asked(row, amount, version.ref("disputes", program.disputes.reference), ends)


def period_of(reckoning: Reckoning[N], row: Any, first: date) -> Period | None:
    """The period of the statement that a dispute is about; None where the partner, who begins on a day, has none."""
    calendar = reckoning.calendar
    period = calendar.at(row.day, reckoning.terms.statements)
    while statement_number(period) != row.statement:
        if period.start <= first:
            return None
        period = calendar.after(period, -1)
    return period
