"""Dates of a partner as a calendar file that it may have: through the gate, and without anything internal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Partner
from partnerdesk.models.book import book
from partnerdesk.ops import folders
from partnerdesk.ops.calendars.words import OURS, language_of, text_of, title_of
from partnerdesk.ops.gate.strangers import refuse_strangers
from partnerdesk.ops.gate.whose import Whose
from partnerdesk.queries.facts import fact
from partnerdesk.queries.joint.dates import ACTION, DateRow, dates
from partnerdesk.queries.unknown import no_partner
from partnerdesk.reports.calendar import Entry, ics
from partnerdesk.reports.names import safe_name
from partnerdesk.reports.release import release
from partnerdesk.reports.release.outgoing import Outgoing

USUAL = 90  # minutes of a review whose length was not agreed


@dataclass(frozen=True, slots=True)
class ExportedCalendar:
    """The file, how many days are in it, and its digest."""

    path: Path
    count: int
    sha256: str
    partner: str = ""  # whom it is for; nothing where it is ours
    name: str = ""

    @property
    def outgoing(self) -> tuple[Outgoing, ...]:
        """What the file says of itself for the record."""
        given = ("dates", self.partner, "", self.path.name, self.sha256, self.name)
        return (Outgoing(*given),) if self.partner else ()


def export_partner_calendar(
    session: Session, partner: str, as_of: date, folder: Path, stamp: datetime, *, todos: bool = False
) -> ExportedCalendar:
    """The days of a partner as the partner may see them. Raises Refused where something is somebody else's."""
    row = fact(session, "partner", partner)
    if not isinstance(row, Partner):
        raise no_partner(session, partner)
    found = [one for one in dates(session, as_of, partner) if not one.internal]
    name = row.document_name or row.name
    language = language_of(row.language or "")
    content = ics(name, entries(session, found, with_partner=False, language=language), stamp, todos=todos)
    path = folders.made(folder) / safe_name(name, before="Dates_", after=".ics", key=partner)
    world = Whose(session, as_of).world(partner, name)
    said = [text for one in found for text in (one.about, one.place, one.owner)]
    refuse_strangers(session, partner, name, said, "The calendar")
    return ExportedCalendar(path, len(found), release(path, content, world, found), partner, name)


def entries(session: Session, found: Sequence[DateRow], *, with_partner: bool, language: str = OURS) -> list[Entry]:
    """The entries; their numbers hold the book's own, so that two books never overwrite each other's days."""
    number = session.execute(select(book.c.id)).scalar_one()
    return [_entry(row, number, language, with_partner=with_partner) for row in found]


def _entry(row: DateRow, number: str, language: str, *, with_partner: bool) -> Entry:
    title = title_of(row, language)
    return Entry(
        uid=f"{row.key}@{number}.partnerdesk",
        day=row.day,
        title=f"{row.partner_name}: {title}" if with_partner else title,
        text=text_of(row, language),
        place=row.place,
        time=row.time,
        minutes=row.minutes or USUAL,
        is_todo=row.kind == ACTION,
    )
