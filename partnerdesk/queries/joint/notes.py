"""Notes of one partner or of all, the newest first. A note is internal unless somebody said otherwise."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func
from sqlalchemy.orm import Session

from partnerdesk.models.facts import TABLES
from partnerdesk.models.reviews import note
from partnerdesk.queries.shape import rows, shaped


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRow:
    id: int
    partner: str
    partner_name: str
    day: date
    kind: str
    text: str
    people: str
    author: str
    internal: bool
    review: int | None
    place: str = ""


def notes(
    session: Session, partner: str | None = None, *, limit: int | None = None, with_internal: bool = True
) -> tuple[NoteRow, ...]:
    """Notes, the newest first; without the internal ones where a document for the partner asks."""
    where: list[ColumnElement[bool]] = [] if partner is None else [note.c.partner == partner]
    if not with_internal:
        where.append(note.c.internal.is_(False))
    return _notes(session, *where, limit=limit)


def note_row(session: Session, id: int) -> NoteRow | None:
    """One note, or None."""
    return next(iter(_notes(session, note.c.id == id)), None)


def _notes(session: Session, *where: ColumnElement[bool], limit: int | None = None) -> tuple[NoteRow, ...]:
    partner = TABLES["partner"]
    query = (
        shaped(NoteRow, note, partner_name=func.coalesce(partner.c.name, note.c.partner))
        .select_from(note)
        .outerjoin(partner, partner.c.id == note.c.partner)
        .where(*where)
        .order_by(note.c.day.desc(), note.c.id.desc())
        .limit(limit)
    )
    return rows(session, NoteRow, query)
