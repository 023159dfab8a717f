"""Which plan a workbook is about now, and which row of it goes on each row that was sent."""

from collections.abc import Mapping

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from partnerdesk.errors import Refused
from partnerdesk.models import plan_blocks
from partnerdesk.models import plans as tables
from partnerdesk.queries.joint.plan_content import PlanRow
from partnerdesk.queries.joint.plans import plan_row, plans

TABLES: Mapping[str, Table] = {
    "target": tables.plan_target,
    "objective": tables.objective,
    "account": plan_blocks.key_account,
    "person": plan_blocks.stakeholder,
    "decision": tables.decision_right,
    "risk": tables.risk,
    "level": plan_blocks.ladder_level,
    "meeting": plan_blocks.rhythm,
    "step": plan_blocks.motion,
}


def newest_version(session: Session, plan: int) -> tuple[PlanRow, PlanRow]:
    """A plan and the newest version of it. Raises Refused where it was removed."""
    made = plan_row(session, plan)
    if made is None:
        raise Refused(
            "The plan of this workbook is not in this book any more.", "Undo its removal, or send the plan of today."
        )
    versions = [row for row in plans(session, made.partner, latest=False) if row.start == made.start]
    return made, max(versions, key=lambda row: row.version)


def rows_now(session: Session, made: PlanRow, now: PlanRow) -> dict[str, dict[str, str]]:
    """For each block whose rows belong to a version: the row of now by the row that was sent, both by their keys."""
    if made.id == now.id:
        return {}
    return {block: _following(session, table, made.id, now.id) for block, table in TABLES.items()}


def _following(session: Session, table: Table, made: int, now: int) -> dict[str, str]:
    rows = session.execute(select(table.c.id, table.c.plan, table.c.follows)).all()
    before = {row.id: row.follows for row in rows}
    of = {row.id: row.plan for row in rows}
    found: dict[str, str] = {}
    for row in rows:
        if row.plan == now:
            ancestor = row.id
            while ancestor is not None and of.get(ancestor) != made:
                ancestor = before.get(ancestor)
            if ancestor is not None:
                found[str(ancestor)] = str(row.id)
    return found
