"""Dates of all partners, or of one person, as a calendar file for ourselves; internal ones are in it, and its name
says so. What a partner gets is in `exports.py` and goes through the gate."""

from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from sqlalchemy.orm import Session

from partnerdesk.ops import folders
from partnerdesk.ops.calendars.exports import ExportedCalendar, entries
from partnerdesk.queries.joint.dates import dates
from partnerdesk.reports import atomic
from partnerdesk.reports.calendar import ics

INTERNAL = "INTERNAL_dates.ics"


def export_calendar(
    session: Session,
    as_of: date,
    folder: Path,
    stamp: datetime,
    *,
    partner: str | None = None,
    owner: str = "",
    todos: bool = False,
) -> ExportedCalendar:
    """The days of all partners, of one, or of one owner. `stamp`, in UTC, is when it is made."""
    found = dates(session, as_of, partner, owner)
    content = ics(owner or "PartnerDesk", entries(session, found, with_partner=True), stamp, todos=todos)
    path = folders.made(folder) / INTERNAL
    with atomic.written(path) as file:
        file.write(content)
    return ExportedCalendar(path, len(found), sha256(content).hexdigest())
