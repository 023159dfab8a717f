"""Changing rows of our own tables (plans, actions, notes, reviews) as their editor saw them.

Facts are changed in `facts.py`; this is the same promise for tables with a number for an id: what somebody changed
meanwhile is never overwritten unseen, both values are shown.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import RowMapping, Table, delete, func, insert, select, update
from sqlalchemy.orm import Session

from partnerdesk.errors import Refused
from partnerdesk.ops import sentences


def add(session: Session, table: Table, **values: Any) -> int:
    """A new row; returns its id. Texts are stored without spaces around them."""
    id: int = session.execute(insert(table).values(_stripped(values)).returning(table.c.id)).scalar_one()
    return id


def add_part(session: Session, table: Table, owner: str, owner_id: int, /, **values: Any) -> int:
    """A new row at the end of the rows of its plan or review; lines of a review are counted per kind."""
    last = select(func.max(table.c.position)).where(table.c[owner] == owner_id)
    if "kind" in table.c:
        last = last.where(table.c.kind == values["kind"])
    position = (session.scalar(last) or 0) + 1
    return add(session, table, **{owner: owner_id, "position": position}, **values)


def present(session: Session, table: Table, id: int, noun: str) -> RowMapping:
    """The row as it is now. Raises Refused where it is gone."""
    row = session.execute(select(table).where(table.c.id == id)).mappings().one_or_none()
    if row is None:
        raise Refused(f"This {noun} is not there any more.", "Look at the list again; it may have been removed.")
    return row


def change(session: Session, table: Table, row: RowMapping, noun: str, before: Any, changes: Mapping[str, Any]) -> None:
    """Changes columns of a row that `present` gave, if each value in `before` is still what the editor saw.

    `before` is a mapping of values, or a frozen row as the queries give it, of which the changed fields are compared.
    """
    changes = _stripped(changes)
    seen = before if isinstance(before, Mapping) else {name: getattr(before, name) for name in changes}
    for name, value in seen.items():
        if row[name] != value:
            words = name.replace("_", " ")
            raise Refused(
                f"“{words}” of this {noun} was {sentences.value(value)} when you opened it "
                f"and is {sentences.value(row[name])} now.",
                "Look at it again, then change it if you still want to.",
            )
    unknown = set(changes) - set(table.c.keys()) | set(changes) & {"id"}
    if unknown:
        raise TypeError(f"a {noun} has no field {', '.join(sorted(unknown))} to change")
    if changes:
        session.execute(update(table).where(table.c.id == row["id"]).values(changes))


def remove(session: Session, table: Table, id: int) -> None:
    """Removes one row."""
    session.execute(delete(table).where(table.c.id == id))


def move(session: Session, table: Table, owner: str, id: int, position: int, noun: str) -> None:
    """Puts a row at a place (1 is the first) among the rows of its plan or review and numbers them anew."""
    row = present(session, table, id, noun)
    siblings = select(table.c.id).where(table.c[owner] == row[owner]).order_by(table.c.position, table.c.id)
    if "kind" in table.c:
        siblings = siblings.where(table.c.kind == row["kind"])
    order = [other for other in session.scalars(siblings) if other != id]
    order.insert(max(position - 1, 0), id)
    for number, other in enumerate(order, 1):
        session.execute(update(table).where(table.c.id == other, table.c.position != number).values(position=number))


def required(value: str, sentence: str) -> str:
    """The text without spaces around it. Raises Refused with the sentence where nothing is left."""
    if not value.strip():
        raise Refused(sentence)
    return value.strip()


def _stripped(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}
