"""Rows of a plan as a person changes them: what an agreed plan promised is changed by its next version only."""

from typing import Any

from sqlalchemy import RowMapping, Table
from sqlalchemy.orm import Session

from partnerdesk.errors import Refused
from partnerdesk.models import plans as tables
from partnerdesk.models.plans import plan
from partnerdesk.ops import edits
from partnerdesk.ops.joint.plans import open_plan


def change_part(session: Session, table: Table, id: int, noun: str, before: Any, changes: dict[str, Any]) -> None:
    """Changes a row of an open plan as its editor saw it."""
    row = edits.present(session, table, id, noun)
    open_plan(session, row["plan"])
    edits.change(session, table, row, noun, before, changes)


def remove_part(session: Session, table: Table, id: int, noun: str) -> None:
    """Removes a row of an open plan."""
    open_plan(session, edits.present(session, table, id, noun)["plan"])
    edits.remove(session, table, id)


def change_living(session: Session, table: Table, id: int, noun: str, before: Any, changes: dict[str, Any]) -> None:
    """Changes a row of a plan that is not closed, agreed or not."""
    row = edits.present(session, table, id, noun)
    living_plan(session, row["plan"])
    edits.change(session, table, row, noun, before, changes)


def remove_living(session: Session, table: Table, id: int, noun: str) -> None:
    """Removes a row of a plan that is not closed."""
    living_plan(session, edits.present(session, table, id, noun)["plan"])
    edits.remove(session, table, id)


def living_plan(session: Session, id: int) -> RowMapping:
    """The plan. Raises Refused where it is closed."""
    row = edits.present(session, plan, id, "plan")
    if row["status"] == "closed":
        raise Refused(*tables.FROZEN)
    return row
