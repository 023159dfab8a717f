"""The life of a joint account plan: draft, shared, agreed, in progress, closed, and its next version.

What was agreed is locked: it changes by the next version only, so that nobody can say it was never promised. What is
inside a plan is written in `plan_parts.py`.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Column, RowMapping, Table, func, select
from sqlalchemy.orm import Session

from partnerdesk.errors import Refused
from partnerdesk.models import plan_blocks as blocks
from partnerdesk.models import plans as tables
from partnerdesk.models.plans import plan, plan_target, quarter_target
from partnerdesk.ops import edits, sentences
from partnerdesk.queries.joint.plan_quarters import title_of
from partnerdesk.queries.joint.plans import plan_view

_LIFE = {"status", "version", "created", "shared_on", "agreed_on", "agreed_by", "started_on", "closed_on"}

# What most pairs of companies settle first; names are theirs to fill in.
STANDARD_DECISIONS = (
    ("Discount above 15 %", 2),
    ("Deal conflict", 5),
    ("Co-marketing fund", 5),
    ("Scope change, live project", 2),
    ("Rule exception", 10),
    ("Closing an escalation", 10),
)
FALLBACK = "One step up the ladder: managers, directors, sponsors"


def add_plan(
    session: Session, partner: str, *, start: date, end: date, on: date, title: str = "", with_template: bool = True
) -> int:
    """Starts a plan for a period, with the usual decisions to assign unless asked otherwise; returns its id."""
    if end < start:
        raise Refused(f"The plan ends on {sentences.day(end)}, before its start on {sentences.day(start)}.")
    _period_free(session, partner, start, end)
    title = title or title_of(session, start, end)
    id = edits.add(
        session, plan, partner=partner, title=title, start=start, end=end, version=1, status="draft", created=on
    )
    for decision, days in STANDARD_DECISIONS if with_template else ():
        edits.add_part(
            session, tables.decision_right, "plan", id, decision=decision, limit_days=days, fallback=FALLBACK
        )
    return id


def change_plan(session: Session, id: int, before: Any, /, **changes: Any) -> None:
    """Changes the plan's texts, people, kick-off or period as the editor saw them."""
    row = open_plan(session, id)
    if set(changes) & (_LIFE | {"partner"}):
        raise TypeError("status and version change by the verbs of a plan's life")
    start, end = changes.get("start", row["start"]), changes.get("end", row["end"])
    if end < start:
        raise Refused(f"The plan would end on {sentences.day(end)}, before its start on {sentences.day(start)}.")
    edits.change(session, plan, row, "plan", before, changes)


def share_plan(session: Session, id: int, *, on: date) -> None:
    """The partner has it to read; both may still change it."""
    row = edits.present(session, plan, id, "plan")
    if row["status"] != "draft":
        raise Refused(f"This plan is {row['status']} already.")
    _set(session, row, status="shared", shared_on=on)


def agree_plan(session: Session, id: int, *, on: date, by: str) -> None:
    """Locks the plan as agreed. Raises Refused with what is missing, such as an objective without a partner owner, and
    for a text that names somebody else."""
    from partnerdesk.ops.plan.naming import with_strangers  # which looks at templates, and they at plans

    row = open_plan(session, id)
    view = plan_view(session, id, on)
    obstacles = with_strangers(session, view).obstacles if view else ()
    if obstacles:
        more = f" ({sentences.count(len(obstacles) - 1, 'more gap')}.)" if len(obstacles) > 1 else ""
        raise Refused(f"{obstacles[0]}{more}", "A plan is agreed when both sides commit by name and day.")
    by = edits.required(by, "Name who agreed, on both sides.")
    _replace_earlier(session, row, on)
    _set(session, row, status="agreed", agreed_on=on, agreed_by=by)


def start_plan(session: Session, id: int, *, on: date) -> None:
    """Work on the agreed plan begins."""
    row = edits.present(session, plan, id, "plan")
    if row["status"] != "agreed":
        raise Refused(f"This plan is {row['status']}, not agreed.", "Lock it as agreed first.")
    _set(session, row, status="in progress", started_on=on)


def close_plan(session: Session, id: int, *, on: date, words: str = "") -> None:
    """Ends the plan; from then on nothing in it changes."""
    row = edits.present(session, plan, id, "plan")
    if row["status"] not in ("agreed", "in progress"):
        raise Refused(f"This plan is {row['status']}.", "Only an agreed plan is closed; remove a draft instead.")
    _set(session, row, status="closed", closed_on=on, closing_words=words)


def revise_plan(session: Session, id: int, *, on: date) -> int:
    """The next version of a locked plan, as a draft with the same content; returns its id."""
    row = edits.present(session, plan, id, "plan")
    if row["status"] not in ("agreed", "in progress"):
        raise Refused(f"This plan is {row['status']}.", "Only an agreed plan needs a new version.")
    versions = select(func.max(plan.c.version)).where(plan.c.partner == row["partner"], plan.c.start == row["start"])
    newest = session.scalar(versions) or row["version"]
    if newest != row["version"]:
        raise Refused(f"Version {newest} of this plan is there already.", "Change that one.")
    return _copy(session, row, version=newest + 1, created=on)


def copy_plan(session: Session, id: int, *, start: date, end: date, on: date, partner: str | None = None) -> int:
    """A draft for another period or partner, from the content of this plan without its results; returns its id."""
    row = edits.present(session, plan, id, "plan")
    partner = partner or row["partner"]
    _period_free(session, partner, start, end)
    title = title_of(session, start, end)
    return _copy(
        session,
        row,
        afresh=True,
        version=1,
        created=on,
        start=start,
        end=end,
        partner=partner,
        title=title,
        kickoff=None,
    )


def remove_plan(session: Session, id: int) -> None:
    """Removes a plan that was never agreed. Its actions stay with the partner."""
    row = open_plan(session, id)
    session.execute(tables.action.update().where(tables.action.c.plan == id).values(plan=None, objective=None))
    if session.scalar(select(blocks.escalation.c.id).where(blocks.escalation.c.plan == id)) is not None:
        raise Refused("Something is escalated under this plan.", "Keep the plan, so that it stays with its escalation.")
    for table in _PARTS:
        if table.name in _OF_PARTS:
            rows, owner = _OF_PARTS[table.name]
            session.execute(rows.delete().where(rows.c[owner].in_(select(table.c.id).where(table.c.plan == id))))
        session.execute(table.delete().where(table.c.plan == id))
    edits.remove(session, plan, row["id"])


def open_plan(session: Session, id: int) -> RowMapping:
    """The plan, if its content may change. Raises Refused where it is locked."""
    row = edits.present(session, plan, id, "plan")
    if row["status"] == "closed":
        raise Refused(*tables.FROZEN)
    if row["status"] in ("agreed", "in progress"):
        agreed = sentences.day(row["agreed_on"])
        raise Refused(f"This plan was agreed on {agreed} and is locked.", "Start its next version to change it.")
    return row


_PARTS: tuple[Table, ...] = (
    plan_target,
    tables.objective,
    tables.decision_right,
    tables.risk,
    blocks.plan_review,
    blocks.stakeholder,
    blocks.key_account,
    blocks.whitespace_cell,
    blocks.ladder_level,
    blocks.rhythm,
    blocks.motion,
    blocks.attachment,
)
# Rows that belong to a part: their table and the column that names it.
_OF_PARTS = {"plan_target": (quarter_target, "target"), "objective": (blocks.objective_link, "objective")}


def _period_free(session: Session, partner: str, start: date, end: date) -> None:
    taken = select(plan.c.title).where(plan.c.partner == partner, plan.c.start <= end, plan.c.end >= start)
    title = session.scalar(taken)
    if title is not None:
        raise Refused(f"The partner has “{title}” for days of this period.", "Open it, or choose another period.")


def _replace_earlier(session: Session, row: RowMapping, on: date) -> None:
    same = (plan.c.partner == row["partner"], plan.c.start == row["start"], plan.c.version < row["version"])
    earlier = select(plan).where(*same, plan.c.status.in_(("agreed", "in progress")))
    for old in session.execute(earlier).mappings().all():
        _set(session, old, status="closed", closed_on=on, closing_words=f"Replaced by version {row['version']}")
    for table, column in ((tables.objective, tables.action.c.objective), (tables.risk, blocks.escalation.c.risk)):
        _go_on(session, row["id"], table, column)


def _go_on(session: Session, id: int, table: Table, column: "Column[Any]") -> None:
    """Actions and escalations go on with the objective or risk that follows theirs in the version agreed now."""
    following = session.execute(select(table.c.id, table.c.follows).where(table.c.plan == id, table.c.follows > 0))
    for new, old in following.all():
        session.execute(column.table.update().where(column == old).values({column.name: new}))


def _set(session: Session, row: RowMapping, **values: Any) -> None:
    edits.change(session, plan, row, "plan", {}, values)


def _copy(session: Session, row: RowMapping, *, afresh: bool = False, **own: Any) -> int:
    life = _LIFE | {"id", "closing_words"}
    own |= {"wins": "", "friction": ""} if afresh else {}
    id = edits.add(session, plan, **({k: v for k, v in row.items() if k not in life} | {"status": "draft"} | own))
    later = own["start"] - row["start"] if afresh else timedelta()
    for table in _PARTS:
        if not (afresh and table is blocks.plan_review):  # the days of its reviews are another year's
            _copy_parts(session, table, row["id"], id, afresh, later)
    return id


# What a plan for another period does not take along.
_RESULTS: Mapping[str, Mapping[str, Any]] = {
    "objective": {"actual": None, "due": None, "status": "in progress", "reason": ""},
    "plan_target": {"baseline": None},
    "motion": {"done_on": None},
}


def _copy_parts(session: Session, table: Table, source: int, target: int, afresh: bool, later: timedelta) -> None:
    own = dict(_RESULTS.get(table.name, {})) if afresh else {}
    for part in session.execute(select(table).where(table.c.plan == source)).mappings().all():
        same = {k: v for k, v in part.items() if k != "id"}
        if "week" in same:
            same["week"] += timedelta(weeks=later.days // 7)
        id = edits.add(session, table, **(same | {"plan": target, "follows": None if afresh else part["id"]} | own))
        if table.name in _OF_PARTS and not afresh:
            _copy_rows(session, *_OF_PARTS[table.name], part["id"], id)


def _copy_rows(session: Session, table: Table, owner: str, source: int, target: int) -> None:
    for row in session.execute(select(table).where(table.c[owner] == source)).mappings().all():
        edits.add(session, table, **({k: v for k, v in row.items() if k != "id"} | {owner: target}))
