"""Closed statements: what they posted, what they said, and the archive."""

import zlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.engine.fiscal import unit_of
from partnerdesk.engine.money import major
from partnerdesk.engine.outcome import Entry
from partnerdesk.engine.period import Period
from partnerdesk.engine.settling.ledger import Posted
from partnerdesk.models.restatements import restatement
from partnerdesk.models.statements import posted_entry, statement
from partnerdesk.models.vanished import vanished_entry


@dataclass(frozen=True, slots=True)
class ClosedRow:
    """A revision of a closed statement as the archive lists it; amounts in `currency`.

    All revisions have the statement's `id` and its figures; `because` says why a later one was issued.
    """

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
    closed_at: str  # UTC, when this revision was made
    issued: date  # the window of disputes counts from this day
    because: str = ""

    @property
    def closing(self) -> Decimal:
        return self.held + self.payable


_MONEY = ("opening", "earned", "transfers", "clawed_back", "adjusted", "paid", "held", "payable")
_LISTED = [c for c in statement.c if c.name not in ("canonical", "facts")]
_LATER = restatement.c
_RESTATED = [
    *(_LATER.statement, _LATER.issued, _LATER.revision, _LATER.sha256, _LATER.maker, _LATER.checker),
    *(_LATER.reason.label("because"), _LATER.at.label("closed_at")),
]


def closed_statements(
    session: Session, partner: str | None = None, period: str | None = None, *, revisions: bool = False
) -> tuple[ClosedRow, ...]:
    """The archive, newest period first: each statement in its latest revision, or in all of them, latest first."""
    query = select(*_LISTED).order_by(statement.c.start.desc(), statement.c.partner)
    later = select(*_RESTATED).order_by(restatement.c.revision.desc())
    if partner is not None:
        query, later = query.where(statement.c.partner == partner), later.where(restatement.c.partner == partner)
    if period is not None:
        query = query.where(statement.c.period == period)
    restated: dict[int, list[dict[str, object]]] = defaultdict(list)
    for row in session.execute(later).mappings():
        restated[row["statement"]].append({k: row[k] for k in row if k != "statement"})
    found = []
    for closed in session.execute(query):
        values = dict(closed._mapping)
        values["issued"] = date.fromisoformat(closed.closed_at[:10])
        values |= {name: major(values[name], closed.currency) for name in _MONEY}
        own = [*restated[closed.id], {}]
        found += [ClosedRow(**values | words) for words in (own if revisions else own[:1])]
    return tuple(found)


def canonical_statement(session: Session, id: int, revision: int | None = None) -> bytes:
    """The canonical text of a closed statement as it was frozen, in its latest revision or the one that is named.

    Raises LookupError where there is none.
    """
    wanted = select(restatement.c.canonical).where(restatement.c.statement == id)
    wanted = wanted.order_by(restatement.c.revision.desc()).limit(1)
    if revision is not None:
        wanted = wanted.where(restatement.c.revision == revision)
    body = session.execute(wanted).scalar_one_or_none()
    if body is None:
        first = select(statement.c.canonical).where(statement.c.id == id)
        if revision is not None:
            first = first.where(statement.c.revision == revision)
        body = session.execute(first).scalar_one_or_none()
    if body is None:
        raise LookupError(f"no statement {id}" if revision is None else f"no statement {id} v{revision}")
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
        periods[row.id] = Period(row.start, row.end, unit_of(row.period), row.period)
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
    gone = _vanished(session, last)
    return {id: Posted(day, tuple(entries[id]), gone.get(id, frozenset())) for id, day in last.items()}


def _vanished(session: Session, last: Mapping[str, date]) -> dict[str, frozenset[str]]:
    """Entries whose row was accepted as gone since a partner's last closed day."""
    found: dict[str, set[str]] = defaultdict(set)
    row = vanished_entry.c
    for partner, closed_to, entry in session.execute(select(row.partner, row.closed_to, row.entry)):
        if last.get(partner) == closed_to:
            found[partner].add(entry)
    return {partner: frozenset(entries) for partner, entries in found.items()}


def posted_by(session: Session, partner: str, day: date) -> Posted | None:
    """What closed statements of one partner had posted for periods over by a day; None where none was."""
    return posted(session, partner, day + timedelta(days=1)).get(partner)
