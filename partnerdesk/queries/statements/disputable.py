"""Whether a line may be disputed: the statement on which it stands, until when, and what stands in the way."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from partnerdesk.engine.rules import Program
from partnerdesk.errors import Refused
from partnerdesk.queries.figures import needed_programs
from partnerdesk.queries.statements.archive import ClosedRow
from partnerdesk.queries.statements.disputes import on_statement, open_dispute


@dataclass(frozen=True, slots=True)
class Window:
    """Until when lines of a closed statement may be disputed, and in how many days they are answered."""

    until: date
    answer_days: int


@dataclass(frozen=True, slots=True)
class Disputable:
    """A line of a closed statement as a person is about to dispute it; `amount` in `currency`.

    `dispute` is the open dispute that the line has already; empty where it has none.
    """

    partner: str
    line: str
    statement: str
    amount: Decimal
    currency: str
    until: date
    answer_by: date
    is_late: bool
    dispute: str


def window(session: Session, closed: ClosedRow) -> Window:
    """The days that the program in force at the end of a statement's period gives, counted from its close."""
    rule = _program(session, closed.end).disputes
    return Window(closed.issued + timedelta(days=rule.within_days), rule.answer_days)


def _program(session: Session, day: date) -> Program:
    versions = needed_programs(session)
    return ([p for p in versions if p.effective_from <= day] or [versions[0]])[-1]


def disputable(session: Session, partner: str, line: str, on: date) -> Disputable:
    """What disputing a line on a day would mean. Raises Refused where no closed statement holds it."""
    found = on_statement(session, partner, line)
    open_until = window(session, found.closed)
    return Disputable(
        partner,
        line,
        found.closed.number,
        found.amount,
        found.closed.currency,
        open_until.until,
        on + timedelta(days=open_until.answer_days),
        on > open_until.until,
        open_dispute(session, partner, line),
    )


def disputable_figure(session: Session, partner: str, named: str, on: date) -> Disputable | None:
    """What disputing a figure's line would mean; None for a figure that is no line of a closed statement."""
    kind, _, line = named.partition("|")
    if kind not in ("line", "entry"):
        return None
    try:
        return disputable(session, partner, line, on)
    except Refused:
        return None
