"""Whether a line, a movement or a total may be disputed: where it stands, until when, and what is in the way."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from partnerdesk.engine.rules import Program
from partnerdesk.errors import Refused
from partnerdesk.queries.figures import needed_programs
from partnerdesk.queries.statements.archive import ClosedRow, closed_statements
from partnerdesk.queries.statements.disputes import open_dispute
from partnerdesk.queries.statements.posted_rows import TOTAL, on_statement

_TOTALS = ("row|closing|", "moved|closing|")  # figures of a closing balance, which stands for the statement's total


@dataclass(frozen=True, slots=True)
class Window:
    """Until when a closed statement may be disputed, and in how many days disputes are answered."""

    until: date
    answer_days: int


@dataclass(frozen=True, slots=True)
class Disputable:
    """A line, a movement or the total of a closed statement as a person is about to dispute it; `amount` in `currency`.

    `dispute` is the open dispute that it has already, empty where it has none; `says` what it is, in words.
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
    says: str = ""
    is_total: bool = False
    is_transfer: bool = False


def window(session: Session, closed: ClosedRow) -> Window:
    """The days that the program in force at the end of a statement's period gives, counted from its close."""
    rule = _program(session, closed.end).disputes
    return Window(closed.issued + timedelta(days=rule.within_days), rule.answer_days)


def _program(session: Session, day: date) -> Program:
    versions = needed_programs(session)
    return ([p for p in versions if p.effective_from <= day] or [versions[0]])[-1]


def disputable(session: Session, partner: str, line: str, on: date) -> Disputable:
    """What disputing a line, a movement or a total on a day would mean; they are named as for `on_statement`.

    Raises Refused where no closed statement holds it.
    """
    found = on_statement(session, partner, line)
    open_until = window(session, found.closed)
    return Disputable(
        partner,
        found.line,
        found.closed.number,
        found.amount,
        found.closed.currency,
        open_until.until,
        on + timedelta(days=open_until.answer_days),
        on > open_until.until,
        open_dispute(session, partner, found.line),
        found.says,
        found.kind == TOTAL,
        found.is_transfer,
    )


def disputable_figure(session: Session, partner: str, named: str, on: date) -> Disputable | None:
    """What disputing a figure would mean: a line, an entry, or the closing balance, which is a statement's total.

    None for any other figure, and for one that stands on no closed statement.
    """
    kind, _, line = named.partition("|")
    if named.startswith(_TOTALS):
        line = next((c.number for c in closed_statements(session, partner, named.rpartition("|")[2])), "")
    elif kind not in ("line", "entry"):
        return None
    try:
        return disputable(session, partner, line, on)
    except Refused:
        return None
