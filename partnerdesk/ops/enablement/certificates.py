"""Certificates typed in one by one; lists of them are imported. Each is a fact like any that figures are made of."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Certification
from partnerdesk.ops import edits
from partnerdesk.ops.rows.facts import add_rows, change_row, remove_row
from partnerdesk.ops.rows.numbers import next_id
from partnerdesk.ops.vanishing.by_hand import before_removal


def record_certificate(
    session: Session,
    partner: str,
    *,
    person: str,
    certificate: str,
    on: date,
    level: str = "",
    awarded: date | None = None,
    expires: date | None = None,
    by: str = "",
) -> str:
    """Somebody of a partner earned a certificate, today unless a day is given; returns the fact's id."""
    person = edits.required(person, "Say who earned it.")
    certificate = edits.required(certificate, "Say which certificate it is.")
    row = Certification(
        id=next_id(session, "certification"),
        partner=partner,
        person=person,
        certificate=certificate,
        level=level.strip(),
        awarded=awarded or on,
        expires=expires,
        known_on=on,
    )
    (id,) = add_rows(session, [row], by=by)
    return id


def change_certificate(session: Session, id: str, before: Any, /, *, by: str = "", **changes: Any) -> None:
    """Changes a certificate as its editor saw it. Raises Refused where it would end before it began."""
    change_row(session, "certification", id, before, by=by, **changes)


def remove_certificate(session: Session, id: str, *, accepted: bool = False, by: str = "") -> None:
    """Removes a certificate that was entered by mistake. Raises Refused where closed statements rest on it and that
    was not accepted."""
    before_removal(session, "certification", id, accepted=accepted, by=by)
    remove_row(session, "certification", id)
