"""Playbooks that run at partners: how far each is, and what became of its goal.

A goal is measured by the engine: the metric as of the day on which the run started, and as of today or of the day on
which it ended, both from the facts as they are known now.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func
from sqlalchemy.orm import Session

from partnerdesk.engine.evaluate import evaluate, kinds_used
from partnerdesk.engine.whole import Outcome
from partnerdesk.models.facts import TABLES
from partnerdesk.models.playbooks import playbook_run
from partnerdesk.queries.enablement.gaps import metric_value
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import outcome, programs
from partnerdesk.queries.joint.actions import DONE, DROPPED, LATE, ActionRow, actions
from partnerdesk.queries.shape import rows, shaped

RUNNING = "running"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRow:
    """A playbook at a partner; `status` is running, done or stopped."""

    id: int
    partner: str
    partner_name: str
    playbook: str
    title: str
    goal: str
    metric: str
    start: date
    created: date
    started_by: str
    status: str
    ended_on: date | None
    outcome: str

    @property
    def is_running(self) -> bool:
        return self.status == RUNNING


@dataclass(frozen=True, slots=True)
class Progressed:
    """A run with its actions by day; one that was carried over is told by the one that took over."""

    run: RunRow
    actions: tuple[ActionRow, ...]

    @property
    def total(self) -> int:
        return len(self.actions)

    @property
    def done(self) -> int:
        return sum(a.state == DONE for a in self.actions)

    @property
    def dropped(self) -> int:
        return sum(a.state == DROPPED for a in self.actions)

    @property
    def late(self) -> int:
        return sum(a.state == LATE for a in self.actions)

    @property
    def next_action(self) -> ActionRow | None:
        """The open action with the first day."""
        return next((a for a in self.actions if a.is_open), None)

    @property
    def is_through(self) -> bool:
        """Running, and nothing of it is open any more."""
        return self.run.is_running and self.next_action is None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalMeasure:
    """The metric of a goal on the day of the start and on the last day: the run's end, or today while it runs."""

    run: int
    metric: str
    says: str
    unit: str
    first_day: date
    before: Decimal | None
    last_day: date
    after: Decimal | None

    @property
    def change(self) -> Decimal | None:
        return None if self.before is None or self.after is None else self.after - self.before


def runs(session: Session, as_of: date, partner: str | None = None) -> tuple[Progressed, ...]:
    """The runs of a partner or of all, running ones first, then by start, the newest first."""
    described = TABLES["partner"]
    query = (
        shaped(RunRow, playbook_run, partner_name=func.coalesce(described.c.name, playbook_run.c.partner))
        .select_from(playbook_run)
        .outerjoin(described, described.c.id == playbook_run.c.partner)
        .where(*([] if partner is None else [playbook_run.c.partner == partner]))
        .order_by(playbook_run.c.status != RUNNING, playbook_run.c.start.desc(), playbook_run.c.id.desc())
    )
    found: dict[int, list[ActionRow]] = defaultdict(list)
    for row in run_actions(session, as_of, partner):
        found[row.playbook_run or 0].append(row)
    return tuple(Progressed(run, tuple(found[run.id])) for run in rows(session, RunRow, query))


def run_actions(session: Session, as_of: date, partner: str | None = None) -> tuple[ActionRow, ...]:
    """The actions that playbooks created, by day; of one that was carried over only the last."""
    found = actions(session, as_of, partner, from_playbooks=True)
    return tuple(row for row in found if row.carried_to is None)


def goal_measures(session: Session, found: Iterable[RunRow], as_of: date) -> tuple[GoalMeasure, ...]:
    """Before and after of the runs that have a metric; one that starts later is measured from today."""
    measured = [run for run in found if run.metric and run.start <= as_of]
    if not measured or not programs(session):
        return ()
    days = _figures(session, measured, as_of)
    return tuple(m for run in measured if (m := _measure(run, days, as_of)) is not None)


def _last_day(run: RunRow, as_of: date) -> date:
    return min(run.ended_on or as_of, as_of)


def _figures(session: Session, measured: Sequence[RunRow], as_of: date) -> dict[tuple[str, date], Outcome]:
    """The figures of the partners on the days that matter, each day evaluated once."""
    wanted: dict[date, set[str]] = defaultdict(set)
    for run in measured:
        for day in (run.start, _last_day(run, as_of)):
            wanted[day].add(run.partner)
    versions = programs(session)
    found: dict[tuple[str, date], Outcome] = {}
    for partner in wanted.pop(as_of, ()):
        found[partner, as_of] = outcome(session, partner, as_of)
    world = facts(session, kinds=kinds_used(versions)) if wanted else None
    for day, partners in wanted.items():
        assert world is not None
        evaluated = evaluate(versions, world, day, partners=partners).partners
        found |= {(partner, day): result for partner, result in evaluated.items()}
    return found


def _measure(run: RunRow, days: dict[tuple[str, date], Outcome], as_of: date) -> GoalMeasure | None:
    last = _last_day(run, as_of)
    before, after = days.get((run.partner, run.start)), days.get((run.partner, last))
    if before is None or after is None:
        return None
    shown = next((m for (name, _), m in after.metrics.items() if name == run.metric), None)
    if shown is None:
        return None
    return GoalMeasure(
        run=run.id,
        metric=run.metric,
        says=shown.label,
        unit=shown.unit,
        first_day=run.start,
        before=metric_value(before, run.metric),
        last_day=last,
        after=metric_value(after, run.metric),
    )
