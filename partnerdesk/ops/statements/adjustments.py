"""Adjustments: money that a person gives or takes by hand, with a reason, an approver, and what else it counts for."""

from dataclasses import replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Adjustment
from partnerdesk.errors import Refused
from partnerdesk.models.facts import TABLES
from partnerdesk.models.statements import statement
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.ops.rows.numbers import next_id


def add_adjustment(session: Session, partner: str, *, by: str = "", **fields: Any) -> str:
    """Adds an adjustment with these fields of the fact, its amount below zero to take back; returns its id.

    Raises Refused without an amount, a reason, its code or an approver, and for a day in a period that is closed for
    the partner.
    """
    row = Adjustment(id=next_id(session, "adjustment"), partner=partner, **fields)
    _complete(row)
    row = replace(row, approver=_named(session, row.approver.strip()))
    closed = session.scalar(select(func.max(statement.c.end)).where(statement.c.partner == partner))
    if closed is not None and row.day is not None and row.day <= closed:
        sentence = f"The statement up to {closed.isoformat()} is closed for this partner."
        raise Refused(sentence, "Choose a day after it.")
    add_rows(session, [row], by=by)
    return row.id


def _named(session: Session, approver: str) -> str:
    """The name of our own person whose number this is: the partner's statement says who approved, not an id."""
    person = TABLES["person"].c
    wanted = select(person.name).where(person.id == approver, person.side == "vendor", person.partner.is_(None))
    return session.scalar(wanted) or approver


def _complete(row: Adjustment) -> None:
    texts = (row.reason_code, "a reason code"), (row.reason, "a reason in words"), (row.approver, "who approved it")
    for value, what in (*texts, ("" if row.day is None else "given", "a day")):
        if not value.strip():
            raise Refused(f"An adjustment needs {what}.", "Nothing was added.")
    if not row.amount:
        raise Refused("An adjustment of nothing changes nothing.", "Enter an amount, below zero to take back.")
