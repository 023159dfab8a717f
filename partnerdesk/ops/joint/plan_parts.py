"""What is inside a plan: targets, objectives, decision rights, risks. Content changes while the plan is open; how an
objective goes is reported until the plan is closed.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import RowMapping, func, select
from sqlalchemy.orm import Session

from partnerdesk.errors import Refused
from partnerdesk.models import plans as tables
from partnerdesk.models.plan_blocks import escalation, objective_link
from partnerdesk.models.plans import decision_right, objective, plan_target, quarter_target, risk
from partnerdesk.ops import edits
from partnerdesk.ops.joint.parts import change_part, living_plan, remove_part
from partnerdesk.ops.joint.plans import open_plan
from partnerdesk.queries.quarters import period_named, program_year

MOST_TARGETS = 5


def add_target(
    session: Session,
    plan_id: int,
    *,
    label: str,
    metric: str = "",
    unit: str = "",
    source: str = "manual",
    baseline: Decimal | None = None,
    weight: Decimal | None = None,
    confidence: str = "",
) -> int:
    """A target of the plan. With `source` auto, `metric` is a key of the program and the actual is computed."""
    open_plan(session, plan_id)
    label = edits.required(label, "A target needs a name.")
    if (session.scalar(select(func.count()).where(plan_target.c.plan == plan_id)) or 0) >= MOST_TARGETS:
        raise Refused(
            f"A plan has {MOST_TARGETS} targets at most.", "Take one out: what everything depends on, nobody follows."
        )
    if source == "auto":
        metric = edits.required(metric, "A target that is measured automatically needs the program's metric.")
    values = {"label": label, "metric": metric, "unit": unit, "source": source, "baseline": baseline}
    return edits.add_part(session, plan_target, "plan", plan_id, weight=weight, confidence=confidence, **values)


def change_target(session: Session, id: int, before: Any, /, **changes: Any) -> None:
    """Changes a target as its editor saw it."""
    change_part(session, plan_target, id, "target", before, changes)


def set_quarter(session: Session, target: int, quarter: str, *, value: Decimal | None) -> None:
    """The target of one quarter, such as 2026Q3 or FY2027Q2; None takes it away."""
    open_plan(session, edits.present(session, plan_target, target, "target")["plan"])
    label = _label(session, quarter)
    row = _quarter(session, target, label)
    if row is None:
        edits.add(session, quarter_target, target=target, quarter=label, value=value)
    elif value is None and row["actual"] is None:
        edits.remove(session, quarter_target, row["id"])
    else:
        edits.change(session, quarter_target, row, "target", {}, {"value": value})


def report_quarter(session: Session, target: int, quarter: str, *, actual: Decimal | None) -> None:
    """What was reached in a quarter, for a target that a person keeps."""
    owner = edits.present(session, plan_target, target, "target")
    if owner["source"] == "auto":
        raise Refused("This target is measured by the program.", "Its actual value comes from the figures.")
    living_plan(session, owner["plan"])
    label = _label(session, quarter)
    row = _quarter(session, target, label)
    if row is None:
        edits.add(session, quarter_target, target=target, quarter=label, actual=actual)
    else:
        edits.change(session, quarter_target, row, "target", {}, {"actual": actual})


def remove_target(session: Session, id: int) -> None:
    """Removes a target and its quarters."""
    row = edits.present(session, plan_target, id, "target")
    open_plan(session, row["plan"])
    session.execute(quarter_target.delete().where(quarter_target.c.target == id))
    edits.remove(session, plan_target, id)


def add_objective(
    session: Session,
    plan_id: int,
    *,
    title: str,
    why: str = "",
    metric: str = "",
    unit: str = "",
    target: Decimal | None = None,
    due: date | None = None,
    vendor_commitment: str = "",
    vendor_owner: str = "",
    partner_commitment: str = "",
    partner_owner: str = "",
    funding: str = "",
) -> int:
    """An objective. Until it is agreed, a side may still be empty; the plan says so."""
    open_plan(session, plan_id)
    title = edits.required(title, "An objective needs a title.")
    sides = {"vendor_commitment": vendor_commitment, "vendor_owner": vendor_owner}
    sides |= {"partner_commitment": partner_commitment, "partner_owner": partner_owner}
    what = {"title": title, "why": why, "metric": metric, "unit": unit, "target": target, "due": due}
    return edits.add_part(session, objective, "plan", plan_id, status="in progress", funding=funding, **what, **sides)


def change_objective(session: Session, id: int, before: Any, /, **changes: Any) -> None:
    """Changes an objective as its editor saw it."""
    if "title" in changes:
        edits.required(changes["title"], "An objective needs a title.")
    change_part(session, objective, id, "objective", before, changes)


def report_objective(
    session: Session, id: int, *, status: str, actual: Decimal | None = None, reason: str = ""
) -> None:
    """How an objective goes, also in an agreed plan: on track, at risk, done, dropped (with a reason)."""
    row = edits.present(session, objective, id, "objective")
    living_plan(session, row["plan"])
    if status in ("at risk", "dropped"):
        reason = edits.required(reason, f"An objective that is {status} needs a reason.")
    changes: dict[str, Any] = {"status": status, "reason": reason}
    if actual is not None:
        changes["actual"] = actual
    edits.change(session, objective, row, "objective", {}, changes)


def remove_objective(session: Session, id: int) -> None:
    """Removes an objective of an open plan; its actions stay with the plan."""
    row = edits.present(session, objective, id, "objective")
    open_plan(session, row["plan"])
    session.execute(tables.action.update().where(tables.action.c.objective == id).values(objective=None))
    session.execute(objective_link.delete().where(objective_link.c.objective == id))
    edits.remove(session, objective, id)


def move_objective(session: Session, id: int, position: int) -> None:
    """Puts an objective at a place; 1 is the first."""
    open_plan(session, edits.present(session, objective, id, "objective")["plan"])
    edits.move(session, objective, "plan", id, position, "objective")


def add_decision(
    session: Session,
    plan_id: int,
    *,
    decision: str,
    accountable: str = "",
    responsible: str = "",
    consulted: str = "",
    informed: str = "",
    limit_days: int | None = None,
    fallback: str = "",
) -> int:
    """A decision right: one name decides, within so many days, and what happens in silence."""
    open_plan(session, plan_id)
    _one_name(accountable)
    who = {"accountable": accountable, "responsible": responsible, "consulted": consulted, "informed": informed}
    decision = edits.required(decision, "Say what is to be decided.")
    return edits.add_part(
        session,
        decision_right,
        "plan",
        plan_id,
        decision=decision,
        limit_days=_days(limit_days),
        fallback=fallback,
        **who,
    )


def change_decision(session: Session, id: int, before: Any, /, **changes: Any) -> None:
    """Changes a decision right as its editor saw it."""
    _one_name(changes.get("accountable", ""))
    _days(changes.get("limit_days"))
    change_part(session, decision_right, id, "decision right", before, changes)


def remove_decision(session: Session, id: int) -> None:
    """Removes a decision right."""
    remove_part(session, decision_right, id, "decision right")


def add_risk(
    session: Session,
    plan_id: int,
    *,
    text: str,
    likelihood: str = "",
    impact: str = "",
    trigger: str = "",
    mitigation: str = "",
    owner: str = "",
) -> int:
    """A risk with what is done about it, and by whom."""
    open_plan(session, plan_id)
    text = edits.required(text, "A risk needs words.")
    levels = {"likelihood": likelihood, "impact": impact}
    return edits.add_part(
        session, risk, "plan", plan_id, text=text, trigger=trigger, mitigation=mitigation, owner=owner, **levels
    )


def change_risk(session: Session, id: int, before: Any, /, **changes: Any) -> None:
    """Changes a risk as its editor saw it."""
    change_part(session, risk, id, "risk", before, changes)


def remove_risk(session: Session, id: int) -> None:
    """Removes a risk; what was escalated for it goes on in its own words."""
    session.execute(escalation.update().where(escalation.c.risk == id).values(risk=None))
    remove_part(session, risk, id, "risk")


def _label(session: Session, quarter: str) -> str:
    """The label of a quarter as it is kept. Raises Refused for what is none."""
    year = program_year(session)
    period = period_named(quarter, year)
    if period is None or period.unit != "quarter":
        raise Refused(f"“{quarter}” is no quarter.", f"Write it like {'2026Q3' if year.is_calendar else 'FY2027Q2'}.")
    return period.label


def _quarter(session: Session, target: int, label: str) -> RowMapping | None:
    q = quarter_target.c
    found = session.execute(select(quarter_target).where(q.target == target, q.quarter == label))
    return found.mappings().one_or_none()


def _one_name(name: str) -> None:
    if any(mark in name for mark in (",", ";", "/", "&", "\n")) or " and " in f" {name} ":
        raise Refused("One name decides; the others are consulted.", "Keep one name here.")


def _days(days: int | None) -> int | None:
    if days is not None and days < 1:
        raise Refused("A time limit is at least one day.")
    return days
