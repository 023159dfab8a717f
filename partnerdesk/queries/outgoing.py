"""Documents that left, the newest first."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.models.outgoing import outgoing_document


@dataclass(frozen=True, slots=True)
class OutgoingRow:
    """A file that left; `at` in UTC, `day` that of the book."""

    id: int
    at: str
    day: date
    by: str
    kind: str
    partner: str
    about: str
    file: str
    sha256: str
    recipients: str
    total: Decimal | None
    currency: str


def outgoing_documents(session: Session, partner: str | None = None) -> tuple[OutgoingRow, ...]:
    """Those of a partner, or of all."""
    query = select(outgoing_document).order_by(outgoing_document.c.id.desc())
    if partner is not None:
        query = query.where(outgoing_document.c.partner == partner)
    found = []
    for row in session.execute(query):
        total = None if row.total is None else Decimal(row.total)
        found.append(OutgoingRow(**{**row._mapping, "total": total}))
    return tuple(found)
