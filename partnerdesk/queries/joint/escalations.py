"""Escalations with their clocks: at which level one stands, who answers, and until when."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from partnerdesk.models.facts import TABLES
from partnerdesk.models.plan_blocks import RUNGS, escalation, escalation_step
from partnerdesk.queries.shape import shaped


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """A level that an escalation reached: since when, who has it, until when it is answered."""

    level: int
    day: date
    answer_by: date
    owner: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationRow:
    """An escalation with its steps, the lowest level first; there is always one."""

    id: int
    partner: str
    partner_name: str
    plan: int
    risk: int | None
    text: str
    raised_on: date
    raised_by: str
    ended_on: date | None
    outcome: str
    steps: tuple[StepRow, ...]
    as_of: date

    @property
    def level(self) -> int:
        return self.steps[-1].level

    @property
    def owner(self) -> str:
        return self.steps[-1].owner

    @property
    def answer_by(self) -> date:
        return self.steps[-1].answer_by

    @property
    def is_open(self) -> bool:
        return self.ended_on is None

    @property
    def days_over(self) -> int:
        """Days since the clock of its level ran out; 0 while it runs, and where it is settled."""
        return max(0, (self.as_of - self.answer_by).days) if self.is_open else 0

    @property
    def is_at_top(self) -> bool:
        return self.level >= RUNGS


def escalations(
    session: Session,
    as_of: date,
    partner: str | None = None,
    *,
    plan_ids: Sequence[int] | None = None,
    only_open: bool = False,
) -> tuple[EscalationRow, ...]:
    """Escalations of a partner or of all, open ones by the day of their answer, then those that are settled."""
    where = [] if partner is None else [escalation.c.partner == partner]
    if plan_ids is not None:
        where.append(escalation.c.plan.in_(plan_ids))
    if only_open:
        where.append(escalation.c.ended_on.is_(None))
    named = TABLES["partner"]
    query = (
        shaped(EscalationRow, escalation, partner_name=func.coalesce(named.c.name, escalation.c.partner))
        .select_from(escalation)
        .outerjoin(named, named.c.id == escalation.c.partner)
        .where(*where)
    )
    raw: list[dict[str, Any]] = [dict(row) for row in session.execute(query).mappings()]
    steps = _steps(session) if raw else {}
    found = [EscalationRow(**row, steps=tuple(steps[row["id"]]), as_of=as_of) for row in raw]
    return tuple(sorted(found, key=lambda e: (not e.is_open, e.answer_by, e.id)))


def _steps(session: Session) -> dict[int, list[StepRow]]:
    found: dict[int, list[StepRow]] = defaultdict(list)
    query = select(*escalation_step.c).order_by(escalation_step.c.level)
    for row in session.execute(query).mappings():
        found[row["escalation"]].append(StepRow(**{k: v for k, v in row.items() if k not in ("id", "escalation")}))
    return found
