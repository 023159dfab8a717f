"""Joint account plans as the screens and the pack read them, and what still stands against agreeing one."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from partnerdesk.models.facts import TABLES
from partnerdesk.models.plans import decision_right, objective, plan, plan_target, quarter_target, risk
from partnerdesk.queries.joint import plan_rows
from partnerdesk.queries.joint.actions import ActionRow, actions
from partnerdesk.queries.joint.escalations import EscalationRow, escalations
from partnerdesk.queries.joint.plan_content import (
    DecisionRow,
    ObjectiveRow,
    PlanRow,
    QuarterTarget,
    RiskRow,
    TargetRow,
)
from partnerdesk.queries.joint.plan_quarters import plan_quarters
from partnerdesk.queries.joint.plan_rows import (
    AccountRow,
    AttachmentRow,
    CellRow,
    LadderRow,
    LinkRow,
    MotionRow,
    PlanReviewRow,
    RhythmRow,
    StakeholderRow,
    of_plan,
)
from partnerdesk.queries.kept import kept
from partnerdesk.queries.partners.people import PersonRow
from partnerdesk.queries.quarters import program_year
from partnerdesk.queries.shape import rows, shaped

_VIEWS = 4  # that are kept


@dataclass(frozen=True, slots=True)
class Gap:
    """What stands against agreeing a plan: in which block, row (0: in none yet) and column."""

    words: str
    block: str
    id: int = 0
    column: str = ""


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan with everything in it, escalations of all its versions; `obstacles` is empty when it can be agreed."""

    plan: PlanRow
    targets: tuple[TargetRow, ...]
    objectives: tuple[ObjectiveRow, ...]
    decisions: tuple[DecisionRow, ...]
    risks: tuple[RiskRow, ...]
    actions: tuple[ActionRow, ...]
    reviews: tuple[PlanReviewRow, ...] = ()
    people: tuple[StakeholderRow, ...] = ()
    accounts: tuple[AccountRow, ...] = ()
    cells: tuple[CellRow, ...] = ()
    links: tuple[LinkRow, ...] = ()
    ladder: tuple[LadderRow, ...] = ()
    escalations: tuple[EscalationRow, ...] = ()
    rhythm: tuple[RhythmRow, ...] = ()
    motion: tuple[MotionRow, ...] = ()
    attachments: tuple[AttachmentRow, ...] = ()
    versions: tuple[PlanRow, ...] = ()  # all plans of the partner, where a page offers the choice
    measures: tuple[tuple[str, str], ...] = ()  # metrics of the program with their names, likewise
    known: tuple[PersonRow, ...] = ()  # people of both sides who may be named, likewise
    quarters: tuple[str, ...] = ()  # the labels of those that it is made of
    strangers: tuple[Gap, ...] = ()  # texts that name somebody else, where they were looked for

    @property
    def obstacles(self) -> tuple[str, ...]:
        return tuple(gap.words for gap in self.gaps)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What stands against agreeing the plan, each with its place."""
        return tuple(self._gaps())

    def _gaps(self) -> Iterator[Gap]:
        yield from self.strangers
        live = [o for o in self.objectives if o.status != "dropped"]
        if not self.plan.partner_goals:
            yield Gap("The partner's own goals are not written down.", "thesis", column="partner_goals")
        if not live:
            yield Gap("The plan has no objective.", "objectives")
        for row in live:
            yield from (Gap(words, "objectives", row.id, column) for words, column in row.lacks)
        for right in self.decisions:
            if not right.accountable:
                yield Gap(f"Nobody decides on “{right.decision}”.", "decisions", right.id, "accountable")
        for account in self.accounts:
            yield from (Gap(words, "accounts", account.id, column) for words, column in account.lacks)


def plans(session: Session, partner: str | None = None, *, latest: bool = True) -> tuple[PlanRow, ...]:
    """Plans, the newest period first; only the latest version of each unless asked otherwise."""
    where = [] if partner is None else [plan.c.partner == partner]
    found = _plans(session, *where)
    if not latest:
        return found
    newest: dict[tuple[str, date], PlanRow] = {}
    for row in found:  # versions come newest first
        newest.setdefault((row.partner, row.start), row)
    return tuple(newest.values())


def plan_row(session: Session, id: int) -> PlanRow | None:
    """One plan's header, or None."""
    return next(iter(_plans(session, plan.c.id == id)), None)


def plan_view(session: Session, id: int, as_of: date) -> PlanView | None:
    """A plan with everything in it, or None; its actions are those of all its versions.

    The last ones are kept while nothing is written: each part of a partner's documents asks for its own.
    """
    return kept(session, "plan views", (id, as_of), lambda: _plan_view(session, id, as_of), _VIEWS)


def _plan_view(session: Session, id: int, as_of: date) -> PlanView | None:
    head = plan_row(session, id)
    if head is None:
        return None
    versions = _plans(session, plan.c.partner == head.partner, plan.c.start == head.start)
    ids = [p.id for p in versions]
    aims, days = targets(session, id), plan_rows.plan_reviews(session, id)
    labels = [*(q.quarter for aim in aims for q in aim.quarters), *(row.quarter for row in days)]
    return PlanView(
        head,
        aims,
        rows(session, ObjectiveRow, of_plan(ObjectiveRow, objective, id)),
        rows(session, DecisionRow, of_plan(DecisionRow, decision_right, id)),
        rows(session, RiskRow, of_plan(RiskRow, risk, id)),
        actions(session, as_of, plan_ids=ids),
        days,
        plan_rows.stakeholders(session, id, head.partner),
        plan_rows.accounts(session, id),
        plan_rows.cells(session, id),
        plan_rows.links(session, id),
        plan_rows.ladder(session, id),
        escalations(session, as_of, plan_ids=ids),
        plan_rows.rhythms(session, id),
        plan_rows.motions(session, id),
        plan_rows.attachments(session, id),
        quarters=plan_quarters(head.start, head.end, labels, program_year(session)),
    )


def plan_at(session: Session, partner: str, day: date) -> PlanRow | None:
    """The latest version of the plan whose period holds a day; else the newest plan, or None."""
    found = plans(session, partner)
    return next((p for p in found if p.start <= day <= p.end), next(iter(found), None))


def targets(session: Session, plan_id: int) -> tuple[TargetRow, ...]:
    """The targets of a plan with their quarters in order."""
    quarters: dict[int, list[QuarterTarget]] = defaultdict(list)
    q = quarter_target.c
    query = select(q.target, q.quarter, q.value, q.actual).join(plan_target, plan_target.c.id == q.target)
    for target, *values in session.execute(query.where(plan_target.c.plan == plan_id).order_by(q.quarter)):
        quarters[target].append(QuarterTarget(*values))
    found = session.execute(of_plan(TargetRow, plan_target, plan_id))
    return tuple(TargetRow(**row._mapping, quarters=tuple(quarters[row.id])) for row in found)


def _plans(session: Session, *where: ColumnElement[bool]) -> tuple[PlanRow, ...]:
    partner = TABLES["partner"]
    query = (
        shaped(PlanRow, plan, partner_name=func.coalesce(partner.c.name, plan.c.partner))
        .select_from(plan)
        .outerjoin(partner, partner.c.id == plan.c.partner)
        .where(*where)
        .order_by(plan.c.start.desc(), plan.c.partner, plan.c.version.desc())
    )
    return rows(session, PlanRow, query)
