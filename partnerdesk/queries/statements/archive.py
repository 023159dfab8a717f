"""Closed statements: what they posted, what they said, and the archive."""

import zlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.engine.ledger import Posted
from partnerdesk.engine.money import major
from partnerdesk.engine.outcome import Entry
from partnerdesk.engine.period import Period
from partnerdesk.models.statements import posted_entry, statement


@dataclass(frozen=True, slots=True)
class ClosedRow:
    """A closed statement as the archive lists it; amounts in `currency`."""

    id: int
    number: str
    partner: str
    period: str
    start: date
    end: date
    revision: int
    currency: str
    opening: Decimal
    earned: Decimal
    transfers: Decimal
    clawed_back: Decimal
    adjusted: Decimal
    paid: Decimal
    held: Decimal
    payable: Decimal
    tier: str
    score: Decimal | None
    sha256: str
    program: str
    version: str
    program_sha256: str
    facts_sha256: str
    engine: str
    as_of: date
    maker: str
    checker: str
    closed_at: str

    @property
    def closing(self) -> Decimal:
        return self.held + self.payable


_MONEY = ("opening", "earned", "transfers", "clawed_back", "adjusted", "paid", "held", "payable")
_LISTED = [c for c in statement.c if c.name not in ("canonical", "facts")]


def closed_statements(session: Session, partner: str | None = None, period: str | None = None) -> tuple[ClosedRow, ...]:
    """The archive, newest period first."""
    query = select(*_LISTED).order_by(statement.c.start.desc(), statement.c.partner)
    if partner is not None:
        query = query.where(statement.c.partner == partner)
    if period is not None:
        query = query.where(statement.c.period == period)
    found = []
    for row in session.execute(query):
        values = dict(row._mapping)
        values |= {name: major(values[name], row.currency) for name in _MONEY}
        found.append(ClosedRow(**values))
    return tuple(found)


def canonical_statement(session: Session, id: int) -> bytes:
    """The canonical text of a closed statement, as it was frozen. Raises LookupError for an unknown one."""
    body = session.execute(select(statement.c.canonical).where(statement.c.id == id)).scalar_one_or_none()
    if body is None:
        raise LookupError(f"no statement {id}")
    return zlib.decompress(body)


def posted(session: Session, partner: str | None = None, before: date | None = None) -> dict[str, Posted]:
    """What closed statements posted, per partner; only those of periods that ended `before` a day where given."""
    closed = select(statement.c.id, statement.c.partner, statement.c.start, statement.c.end, statement.c.period)
    columns = select(posted_entry, statement.c.currency).join(statement, posted_entry.c.statement == statement.c.id)
    if partner is not None:
        closed = closed.where(statement.c.partner == partner)
        columns = columns.where(posted_entry.c.partner == partner)
    if before is not None:
        closed = closed.where(statement.c.end < before)
        columns = columns.where(statement.c.end < before)
    periods: dict[int, Period] = {}
    last: dict[str, date] = {}
    for row in session.execute(closed):
        periods[row.id] = _period(row.start, row.end, row.period)
        last[row.partner] = max(row.end, last.get(row.partner, row.end))
    entries: dict[str, list[Entry[Decimal]]] = defaultdict(list)
    for row in session.execute(columns.order_by(posted_entry.c.id)):
        entries[row.partner].append(
            Entry(
                row.entry,
                row.kind,
                row.bucket,
                row.day,
                periods[row.statement],
                major(row.amount, row.currency),
                row.partner,
                row.line,
                row.type,
                None,
                row.note,
                row.reference,
            )
        )
    return {partner: Posted(day, tuple(entries[partner])) for partner, day in last.items()}


def _period(start: date, end: date, label: str) -> Period:
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    unit = {1: "month", 3: "quarter", 6: "half", 12: "year"}[months]
    return Period(start, end, unit, label)
