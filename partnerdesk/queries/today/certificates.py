"""Certificates on Today: those that end soon and that nobody has renewed, a row per partner."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.models.facts import TABLES
from partnerdesk.queries.today.view import Need

SOON = timedelta(days=45)  # an exam is booked and passed in about as much


def ending_certificates(session: Session, as_of: date) -> Iterator[Need]:
    """A need per partner, due on the day the first one ends; a certificate held again for longer is none."""
    ends: dict[str, list[_Certificate]] = {}
    for row in _latest(session, as_of):
        if row.expires is not None and as_of <= row.expires <= as_of + SOON:
            ends.setdefault(row.partner, []).append(row)
    partner = TABLES["partner"].c
    named = session.execute(select(partner.id, partner.name).where(partner.id.in_(ends), partner.status == "active"))
    for id, name in named:
        first = min(ends[id], key=lambda row: (row.expires or date.max, row.person, row.title))
        key, target = f"certificates|{id}|{first.expires}", ("partner", id, "progress", "enablement")
        yield Need(
            key,
            "certificate",
            "ends",
            id,
            name,
            None,
            first.expires,
            "Open",
            target,
            subject=first.title,
            about=first.person,
            count=len(ends[id]),
        )


@dataclass(frozen=True, slots=True)
class _Certificate:
    partner: str
    person: str
    title: str
    level: str
    expires: date | None


def _latest(session: Session, as_of: date) -> Iterable[_Certificate]:
    """The row of each person and certificate that runs longest; one without an end runs for ever."""
    table, found = TABLES["certification"].c, dict[tuple[str, str, str, str], _Certificate]()
    columns = (table.partner, table.person, table.certificate, table.level, table.expires)
    known = (table.awarded.is_(None)) | (table.awarded <= as_of)
    for row in session.execute(select(*columns).where(known, table.partner.is_not(None))):
        one = _Certificate(*row)
        key = (one.partner, one.person.casefold(), one.title, one.level or "")
        before = found.setdefault(key, one)
        if (one.expires or date.max) > (before.expires or date.max):
            found[key] = one
    return found.values()
