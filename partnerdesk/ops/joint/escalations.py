"""Escalations of a plan: raised at the first level of its ladder, up a level when the clock runs out, settled.

The days of a level come from the plan's ladder, or from the standard one where the plan has none.
"""

from datetime import date, timedelta

from sqlalchemy import RowMapping, select
from sqlalchemy.orm import Session

from partnerdesk.errors import Refused
from partnerdesk.models.plan_blocks import RUNGS, escalation, escalation_step, ladder_level
from partnerdesk.models.plans import plan, risk
from partnerdesk.ops import edits, sentences
from partnerdesk.ops.joint.plan_governance import STANDARD_LADDER


def escalate(
    session: Session,
    plan_id: int,
    *,
    text: str,
    on: date,
    risk_id: int | None = None,
    by: str = "",
    owner: str = "",
) -> int:
    """Raises something to the first level; its clock starts on the day. Returns the escalation's id."""
    row = edits.present(session, plan, plan_id, "plan")
    text = edits.required(text, "Say what is escalated.")
    same = select(escalation.c.id).where(escalation.c.risk == risk_id, escalation.c.ended_on.is_(None))
    if risk_id is not None and session.scalar(same) is not None:
        raise Refused("This risk is escalated already.", "Take it up a level, or settle it.")
    id = edits.add(
        session, escalation, partner=row["partner"], plan=plan_id, risk=risk_id, text=text, raised_on=on, raised_by=by
    )
    _step(session, id, plan_id, 1, on, owner, "")
    return id


def escalate_risk(session: Session, risk_id: int, *, on: date, by: str = "") -> int:
    """Raises a risk of a plan in its own words."""
    row = edits.present(session, risk, risk_id, "risk")
    return escalate(session, row["plan"], text=row["text"], on=on, risk_id=risk_id, by=by, owner=row["owner"])


def raise_level(session: Session, id: int, *, on: date, owner: str = "", words: str = "") -> None:
    """Takes an escalation one level up; the clock of that level starts."""
    row = _open(session, id)
    level = max(session.scalars(select(escalation_step.c.level).where(escalation_step.c.escalation == id)))
    if level >= RUNGS:
        raise Refused("This is at the top of the ladder.", "Settle it, or write down what the sponsors decided.")
    _step(session, id, row["plan"], level + 1, on, owner, words)


def settle(session: Session, id: int, *, on: date, outcome: str) -> None:
    """Ends an escalation with what came of it."""
    row = _open(session, id)
    if on < row["raised_on"]:
        raise Refused(f"This was raised on {sentences.day(row['raised_on'])}, after {sentences.day(on)}.")
    outcome = edits.required(outcome, "Say what came of it.")
    edits.change(session, escalation, row, "escalation", {}, {"ended_on": on, "outcome": outcome})


def _open(session: Session, id: int) -> RowMapping:
    row = edits.present(session, escalation, id, "escalation")
    if row["ended_on"] is not None:
        raise Refused(f"This was settled on {sentences.day(row['ended_on'])}.")
    return row


def _step(session: Session, id: int, plan_id: int, level: int, on: date, owner: str, words: str) -> None:
    at = ladder_level.c
    own = session.execute(select(ladder_level).where(at.plan == plan_id, at.level == level)).mappings().one_or_none()
    days = own["days"] if own else STANDARD_LADDER[level - 1][2]
    owner = owner or (own["vendor"] if own else "")
    values = {"level": level, "day": on, "answer_by": on + timedelta(days=days), "owner": owner, "words": words}
    edits.add(session, escalation_step, escalation=id, **values)
