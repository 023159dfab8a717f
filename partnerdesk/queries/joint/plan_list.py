"""All partners' joint plans, a row each: how far agreed, what is at risk, what one side still owes, the next date."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from partnerdesk.models.plans import objective, plan
from partnerdesk.queries.joint.plan_content import ObjectiveRow, PlanRow
from partnerdesk.queries.joint.plans import plans
from partnerdesk.queries.shape import rows, shaped

LIVE = ("draft", "shared", "agreed", "in progress")


@dataclass(frozen=True, slots=True)
class PlanListRow:
    """The latest version of a plan. `one_sided` are its objectives to which one side has not committed by name."""

    plan: PlanRow
    objectives: int
    at_risk: tuple[str, ...]
    done: int
    one_sided: tuple[str, ...]
    next_day: date | None
    next_is: str

    @property
    def id(self) -> int:
        return self.plan.id

    @property
    def is_live(self) -> bool:
        return self.plan.status in LIVE


def plan_list(session: Session, as_of: date) -> tuple[PlanListRow, ...]:
    """The latest version of every plan, the newest period first."""
    found = plans(session)
    parts: dict[int, list[ObjectiveRow]] = defaultdict(list)
    query = shaped(ObjectiveRow, objective).join(plan, plan.c.id == objective.c.plan)
    for row in rows(session, ObjectiveRow, query.order_by(objective.c.position, objective.c.id)):
        parts[row.plan].append(row)
    return tuple(_listed(head, parts[head.id], as_of) for head in found)


def _listed(head: PlanRow, found: list[ObjectiveRow], as_of: date) -> PlanListRow:
    live = [row for row in found if row.status != "dropped"]
    day, what = _next(head, live, as_of)
    return PlanListRow(
        head,
        len(live),
        tuple(row.title for row in live if row.status == "at risk"),
        sum(row.status == "done" for row in live),
        tuple(row.title for row in live if row.status != "done" and _is_one_sided(row)),
        day,
        what,
    )


def _is_one_sided(row: ObjectiveRow) -> bool:
    return not all((row.vendor_commitment, row.vendor_owner, row.partner_commitment, row.partner_owner))


def _next(head: PlanRow, live: list[ObjectiveRow], as_of: date) -> tuple[date | None, str]:
    """The next day of a plan that is not closed: its kick-off, an objective that falls due, or its end."""
    if head.status == "closed":
        return None, ""
    days = [(row.due, row.title) for row in live if row.due is not None and row.status != "done"]
    days += [(head.kickoff, "Kick-off")] if head.kickoff else []
    days.append((head.end, "Plan ends"))
    return min((pair for pair in days if pair[0] >= as_of), default=(None, ""))
