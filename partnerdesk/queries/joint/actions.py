"""Actions, which reviews call commitments: open, late and done, of one partner or of all.

Late is what is open after its day. A commitment of a review that was not held yet is proposed and not owed by anybody;
one that a later action carries over is not open any more, it slipped.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func
from sqlalchemy.orm import Session

from partnerdesk.models.facts import TABLES
from partnerdesk.models.plans import action
from partnerdesk.models.playbooks import playbook_run
from partnerdesk.models.reviews import review
from partnerdesk.queries.kept import kept as read_once
from partnerdesk.queries.shape import rows, shaped

_LISTS = 8  # that are kept
OPEN, LATE, DONE, DROPPED, PROPOSED = "open", "late", "done", "dropped", "proposed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRow:
    """`state` is open, late, done, dropped or proposed; `source` is where it was promised: plan, review, playbook,
    dispute, need of the program or note. `playbook` is the title of its run."""

    id: int
    partner: str
    partner_name: str
    text: str
    side: str
    owner: str
    due: date | None
    measure: str
    status: str
    created: date
    ended_on: date | None
    outcome: str
    plan: int | None
    objective: int | None
    review: int | None
    quarter: str | None
    note: int | None
    contract: str | None
    carried_from: int | None
    carried_to: int | None
    carried_due: date | None
    internal: bool
    team: str
    playbook_run: int | None
    playbook: str | None
    is_proposed: bool
    as_of: date
    dispute: str | None = None  # the id of the fact
    need: str = ""  # what of the program it remedies
    deal: str | None = None  # the id of the fact
    waiting: str = ""  # for whom or what; it is still open
    evidence: str = ""  # what shows that it was done, as far as it was

    @property
    def state(self) -> str:
        if self.is_proposed:
            return PROPOSED
        if self.status != OPEN:
            return self.status
        return LATE if self.is_slipped else OPEN

    @property
    def is_slipped(self) -> bool:
        """Open after its day, or carried over to a later one."""
        return self.carried_to is not None or (self.due is not None and self.due < self.as_of)

    @property
    def is_open(self) -> bool:
        """Still owed by somebody."""
        return self.status == OPEN and self.carried_to is None and not self.is_proposed

    @property
    def came_of_it(self) -> str:
        """How it ended or why it slipped, and what shows it."""
        return "; ".join(said for said in (self.outcome, self.evidence) if said)

    @property
    def days_late(self) -> int:
        return (self.as_of - self.due).days if self.is_open and self.due and self.due < self.as_of else 0

    @property
    def source(self) -> str:
        places: tuple[tuple[str, int | str | None], ...] = (
            ("review", self.review),
            ("plan", self.plan or self.objective),
            ("playbook", self.playbook_run),
            ("dispute", self.dispute),
            ("need", self.need or None),
            ("deal", self.deal),
            ("renewal", self.contract),
            ("note", self.note),
        )
        return next((name for name, id in places if id is not None), "")


@dataclass(frozen=True, slots=True)
class Kept:
    """How many commitments of a side were kept, slipped or dropped; open ones are not due yet."""

    side: str
    done: int
    late: int
    dropped: int
    open: int

    @property
    def promised(self) -> int:
        return self.done + self.late + self.dropped + self.open


def actions(
    session: Session,
    as_of: date,
    partner: str | None = None,
    side: str | None = None,
    *,
    only_open: bool = False,
    review_id: int | None = None,
    plan_ids: Sequence[int] | None = None,
    from_playbooks: bool = False,
) -> tuple[ActionRow, ...]:
    """Actions by due day, those without one last; `from_playbooks` only those that a playbook created. The last lists
    are kept while nothing is written."""
    ids = None if plan_ids is None else tuple(plan_ids)
    key = (as_of, partner, side, review_id, ids, from_playbooks)
    where = _asked(partner, side, review_id, ids, from_playbooks)
    found = read_once(session, "actions", key, lambda: _actions(session, as_of, where), _LISTS)
    return tuple(row for row in found if row.is_open) if only_open else found


def _asked(
    partner: str | None, side: str | None, review_id: int | None, plan_ids: Sequence[int] | None, from_playbooks: bool
) -> list[ColumnElement[bool]]:
    given = [(action.c.partner, partner), (action.c.side, side), (action.c.review, review_id)]
    where = [column == value for column, value in given if value is not None]
    if plan_ids is not None:
        where.append(action.c.plan.in_(plan_ids))
    if from_playbooks:
        where.append(action.c.playbook_run.is_not(None))
    return where


def open_about(session: Session, as_of: date, about: ColumnElement[bool]) -> tuple[ActionRow, ...]:
    """The open actions for which a condition holds, such as that of one deal or renewal, by due day."""
    return tuple(row for row in _actions(session, as_of, [about]) if row.is_open)


def action_row(session: Session, as_of: date, id: int) -> ActionRow | None:
    """One action, or None."""
    return next(iter(_actions(session, as_of, [action.c.id == id])), None)


def kept(found: Sequence[ActionRow], side: str) -> Kept:
    """The record of one side over these commitments."""
    states = [row.state for row in found if row.side == side]
    return Kept(side, *(states.count(state) for state in (DONE, LATE, DROPPED, OPEN)))


def _actions(session: Session, as_of: date, where: Sequence[ColumnElement[bool]]) -> tuple[ActionRow, ...]:
    partner, later = TABLES["partner"].alias(), action.alias()
    query = (
        shaped(
            ActionRow,
            action,
            partner_name=func.coalesce(partner.c.name, action.c.partner),
            quarter=review.c.quarter,
            carried_to=later.c.id,
            carried_due=later.c.due,
            playbook=playbook_run.c.title,
            is_proposed=func.coalesce(review.c.status != "held", False),
        )
        .select_from(action)
        .outerjoin(partner, partner.c.id == action.c.partner)
        .outerjoin(review, review.c.id == action.c.review)
        .outerjoin(playbook_run, playbook_run.c.id == action.c.playbook_run)
        .outerjoin(later, later.c.carried_from == action.c.id)
        .where(*where)
        .order_by(action.c.due.is_(None), action.c.due, action.c.id)
    )
    return rows(session, ActionRow, query, as_of=as_of)
