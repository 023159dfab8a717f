"""A partner's record and its contacts, changed by hand: a field at a time, each one step.

What a closed statement showed stays with it; a restatement, and every document from then on, has the record of its day.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Partner, Person
from partnerdesk.errors import Refused
from partnerdesk.models.facts import TABLES
from partnerdesk.ops.rows.facts import present_row
from partnerdesk.ops.rows.partners import add_partner, add_person, change_partner, change_person
from partnerdesk.ops.rows.record_fields import attribute_key, named, value_of
from partnerdesk.ops.sentences import value as said
from partnerdesk.queries.partners.record import MAIN, is_main
from partnerdesk.queries.statements.archive import closed_statements


def edit_record(
    session: Session, id: str, values: Mapping[str, Any], before: Mapping[str, Any], *, on: date, by: str = ""
) -> None:
    """Changes fields of a partner, named as in `record_fields`, to values that these have read.

    `before` is what the editor saw. A partner becomes one that left with its day, and the other way round. Raises
    Refused where a field was changed meanwhile, for a circle of parents, and for another currency after a close.
    """
    row = _partner(session, id)
    for name, seen in before.items():
        _unchanged(row, name, seen)
    changes = {name: value for name, value in values.items() if not named(name).attribute}
    own = {named(name).attribute: value for name, value in values.items() if named(name).attribute}
    if own:
        changes["attributes"] = _attributes(row, own)
    if changes.get("parent"):
        _below(session, id, changes["parent"])
    if changes.get("currency", row.currency) != row.currency and closed_statements(session, id):
        sentence = f"{row.name} has closed statements in {row.currency}, and a balance in it."
        raise Refused(sentence, "Add a partner of its own for the other currency.")
    changes |= _left(row, changes, on)
    change_partner(session, id, {}, by=by, **changes)


def add_record(session: Session, name: str, values: Mapping[str, Any], *, on: date, by: str = "") -> str:
    """A new partner with fields that `record_fields` have read; returns its id."""
    id = add_partner(session, name=name, by=by)
    if values:
        edit_record(session, id, values, {}, on=on, by=by)
    return id


def add_contact(
    session: Session, *, partner: str | None, fields: Mapping[str, str], main: bool | None = None, by: str = ""
) -> str:
    """Somebody of a partner, or of ours without one, with fields that `person_fields` has read; returns the id."""
    id = add_person(session, partner=partner, by=by, **fields)
    if main:
        set_main_contact(session, id, by=by)
    return id


def edit_contact(
    session: Session, *, id: str, fields: Mapping[str, str], main: bool | None = None, by: str = ""
) -> str:
    """Changes somebody, and whether they are the main contact where that is said; returns the id."""
    change_person(session, id, {}, by=by, **fields)
    if main is not None:
        set_main_contact(session, id, main, by=by)
    return id


def set_main_contact(session: Session, id: str, main: bool = True, *, by: str = "") -> None:
    """Makes somebody the main contact of their partner in the place of who was, or nobody."""
    person = present_row(session, "person", id)
    if not isinstance(person, Person) or not person.partner:
        raise Refused(f"{id} is nobody of a partner.", "Only a partner has a main contact.")
    if main and not is_main(person.attributes):
        _attribute(session, person, "yes", by)
    own = select(TABLES["person"].c.id).where(TABLES["person"].c.partner == person.partner)
    for other in session.scalars(own).all():
        row = present_row(session, "person", other)
        if isinstance(row, Person) and is_main(row.attributes) and (other != id or not main):
            _attribute(session, row, "", by)


def _attribute(session: Session, person: Person, value: str, by: str) -> None:
    key = attribute_key(person.attributes, MAIN)
    kept = {k: v for k, v in person.attributes.items() if k != key} | ({key: value} if value else {})
    change_person(session, person.id, {}, by=by, attributes=kept)


def _partner(session: Session, id: str) -> Partner:
    row = present_row(session, "partner", id)
    assert isinstance(row, Partner)
    return row


def _unchanged(row: Partner, name: str, seen: Any) -> None:
    now = value_of(row, named(name))
    if now != seen:
        sentence = f"“{named(name).title}” was {said(seen)} when you opened it and is {said(now)} now."
        raise Refused(sentence, "Look at it again, then change it if you still want to.")


def _attributes(row: Partner, own: Mapping[str, str]) -> dict[str, str]:
    """The free attributes with some of them set; an empty one is taken away."""
    kept = dict(row.attributes)
    for name, value in own.items():
        key = attribute_key(kept, name)
        kept.pop(key, None)
        if value:
            kept[key] = value
    return kept


def _below(session: Session, id: str, parent: str) -> None:
    """Raises Refused where the parent is the partner itself, or stands below it already."""
    above: str | None = parent
    parents = dict(session.execute(select(TABLES["partner"].c.id, TABLES["partner"].c.parent)).all())
    seen: set[str] = set()
    while above and above not in seen:
        if above == id and parent != id:
            raise Refused(f"{parent} itself belongs to {id}.", "Choose a parent that does not stand below it.")
        seen.add(above)
        above = parents.get(above)


def _left(row: Partner, changes: Mapping[str, Any], on: date) -> dict[str, Any]:
    """Status and day of leaving say the same: what follows for the one from a change of the other."""
    status, left = changes.get("status"), changes.get("left")
    if status == "left" and "left" not in changes:
        return {"left": row.left or on}
    if status and status != "left" and "left" not in changes and row.left is not None:
        return {"left": None}
    if "left" in changes and "status" not in changes:
        if left is not None and left <= on:
            return {"status": "left"}
        return {"status": "active"} if row.status == "left" else {}
    return {}
