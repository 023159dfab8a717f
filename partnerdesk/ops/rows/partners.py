"""Partners and people typed or changed by hand."""

from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Partner, Person
from partnerdesk.errors import Refused
from partnerdesk.models.facts import TABLES
from partnerdesk.ops.rows.facts import add_rows, change_row, present_row, remove_row
from partnerdesk.ops.rows.numbers import next_id
from partnerdesk.ops.vanishing.by_hand import before_removal
from partnerdesk.queries.settings import book_settings


def add_partner(session: Session, *, name: str, by: str = "", **fields: Any) -> str:
    """A new partner, paid in the book's currency unless `fields`, those of its declaration, say another.

    Returns its id.
    """
    name = _free_name(session, name, None)
    id = next_id(session, "partner")
    known = {"currency": book_settings(session).currency, **fields}
    add_rows(session, [Partner(id=id, name=name, **known)], by=by)
    return id


def change_partner(session: Session, id: str, before: Any, /, *, by: str = "", **changes: Any) -> None:
    """Changes a partner's own data as its editor saw them. A partner that only had a name becomes a described one."""
    if "name" in changes:
        changes["name"] = _free_name(session, changes["name"], id)
    if changes.get("parent") == id:
        raise Refused("A partner cannot be its own parent.")
    row = present_row(session, "partner", id)
    if isinstance(row, Partner) and row.status == "unknown" and "status" not in changes:
        changes["status"] = "active"
    change_row(session, "partner", id, before, by=by, **changes)


def leave_program(session: Session, id: str, *, on: date, by: str = "") -> None:
    """The partner left the program on a day; its past stays."""
    row = present_row(session, "partner", id)
    if isinstance(row, Partner) and row.status == "left":
        raise Refused(f"{row.name} has left already.")
    change_row(session, "partner", id, {}, by=by, status="left", left=on)


def add_person(
    session: Session,
    *,
    name: str,
    partner: str | None = None,
    role: str = "",
    email: str = "",
    phone: str = "",
    by: str = "",
) -> str:
    """Somebody on the partner's side, or on the vendor's without a partner; returns the id."""
    id = next_id(session, "person")
    side = "vendor" if partner is None else "partner"
    row = Person(id=id, name=name.strip(), side=side, partner=partner, role=role, email=email, phone=phone)
    add_rows(session, [row], by=by)
    return id


def change_person(session: Session, id: str, before: Any, /, *, by: str = "", **changes: Any) -> None:
    """Changes a person's data as their editor saw them."""
    change_row(session, "person", id, before, by=by, **changes)


def remove_person(session: Session, id: str, *, by: str = "") -> None:
    """Removes somebody whom nothing names; a file that still holds them asks before they come back."""
    before_removal(session, "person", id, accepted=True, by=by)
    remove_row(session, "person", id)


def _free_name(session: Session, name: str, own: str | None) -> str:
    name = " ".join(name.split())
    if not name:
        raise Refused("A partner needs a name.")
    partner = TABLES["partner"].c
    same = select(partner.id).where(func.lower(partner.name) == name.lower())
    taken = [id for id in session.scalars(same) if id != own]
    if taken:
        raise Refused(f"There is a partner called {name} already ({taken[0]}).", "Open that one, or add a place.")
    return name
