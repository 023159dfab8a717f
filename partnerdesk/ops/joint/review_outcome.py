"""What is said in a review and what follows from it: a line becomes a commitment, or a change of the joint plan."""

from datetime import date

from sqlalchemy import RowMapping, select
from sqlalchemy.orm import Session

from partnerdesk.errors import Refused
from partnerdesk.models.plans import action, objective
from partnerdesk.models.reviews import attendee, review, review_item
from partnerdesk.ops import edits
from partnerdesk.ops.joint.actions import add_action
from partnerdesk.ops.joint.plan_parts import add_objective, change_objective
from partnerdesk.ops.joint.plans import revise_plan
from partnerdesk.ops.joint.quick import quick_action
from partnerdesk.queries.joint.plan_content import OPEN_STATUSES, PlanRow
from partnerdesk.queries.joint.plans import plans
from partnerdesk.queries.joint.review_periods import spoken
from partnerdesk.queries.partners.people import people

# What is noted while people meet, in the order of the view.
NOTED = ("decision", "win", "learning", "feedback", "recalibrate", "issue")
COMMITMENT = "commitment"


def note_line(session: Session, id: int, kind: str, line: str, *, on: date) -> int:
    """Notes one typed line in a review: `@name` and a day at its end are taken out. Returns the id of what was made.

    `kind` is one of `NOTED`, or commitment. Raises Refused for a review that was held.
    """
    row = _open_review(session, id)
    known = (*people(session, row["partner"]), *people(session, None))
    found = quick_action(line, on, known)
    text = edits.required(found.text, "Type what was said.")
    if kind == COMMITMENT:
        given = {"side": found.side, "owner": found.owner, "due": found.due}
        return add_action(session, row["partner"], text=text, on=on, review=id, **given)  # type: ignore[arg-type]
    if kind not in NOTED:
        raise Refused(f"“{kind}” is nothing that is noted in a review.")
    return edits.add_part(session, review_item, "review", id, kind=kind, text=text, owner=found.owner, due=found.due)


def make_commitment(session: Session, item: int, *, on: date) -> int:
    """A line becomes a commitment of its owner's side in the same review; returns the action's id."""
    row, whole = _open_line(session, item)
    side = _side_of(session, row["review"], row["owner"])
    given = {"owner": row["owner"], "due": row["due"], "measure": row["detail"]}
    id = add_action(session, whole["partner"], text=row["text"], side=side, on=on, review=row["review"], **given)
    edits.change(session, review_item, row, "line", {}, {"became": f"action {id}"})
    return id


def make_plan_change(session: Session, item: int, *, on: date) -> int:
    """A line changes the partner's joint plan: an objective of its words is marked for it, or a new one is added.

    An agreed plan is changed in its next version, which is begun where there is none. Returns the plan's id. Raises
    Refused for a partner without a plan.
    """
    row, whole = _open_line(session, item)
    plan = _changeable(session, whole["partner"], on)
    why = f"Review of {spoken(whole['quarter'])}: {row['detail'] or row['text']}"
    found = _objective(session, plan, row["text"])
    if found is None:
        add_objective(session, plan, title=row["text"], why=why, due=row["due"])
    else:
        change_objective(session, found["id"], {"why": found["why"]}, why=f"{found['why']} {why}".strip())
    edits.change(session, review_item, row, "line", {}, {"became": f"plan {plan}"})
    return plan


def decisions_become_actions(session: Session, review_id: int, *, on: date) -> int:
    """Every decision that names who carries it out until when becomes an action; returns how many did."""
    wanted = (review_item.c.review == review_id, review_item.c.kind == "decision", review_item.c.became == "")
    rows = session.execute(select(review_item).where(*wanted).order_by(review_item.c.position)).mappings().all()
    ready = [row for row in rows if row["owner"] and row["due"]]
    for row in ready:
        make_commitment(session, row["id"], on=on)
    return len(ready)


def _open_review(session: Session, id: int) -> RowMapping:
    row = edits.present(session, review, id, "review")
    if row["status"] == "held":
        raise Refused("This review was held; its record stays as it was.", "Add a plain action or a note instead.")
    return row


def _open_line(session: Session, item: int) -> tuple[RowMapping, RowMapping]:
    """A line that was not turned into anything, and its review."""
    row = edits.present(session, review_item, item, "line")
    whole = _open_review(session, row["review"])
    kind, _, id = row["became"].partition(" ")
    if kind == "action" and session.scalar(select(action.c.id).where(action.c.id == int(id))) is not None:
        raise Refused("This line is a commitment already.", "Change the commitment.")
    if kind == "plan":
        raise Refused("This line changed the plan already.", "Open the plan.")
    return row, whole


def _side_of(session: Session, review_id: int, owner: str) -> str:
    """The side of a name: as it attends, else as the partner's people have it, else ours."""
    if not owner:
        return "vendor"
    mine = session.scalar(select(attendee.c.side).where(attendee.c.review == review_id, attendee.c.name == owner))
    if mine is not None:
        return str(mine)
    partner = edits.present(session, review, review_id, "review")["partner"]
    return "partner" if any(person.name == owner for person in people(session, partner)) else "vendor"


def _changeable(session: Session, partner: str, on: date) -> int:
    """The plan that may change: that of the day, as its next version where it is agreed; else the next one drafted."""
    found: tuple[PlanRow, ...] = plans(session, partner)
    running = next((p for p in found if p.start <= on <= p.end and p.status != "closed"), None)
    if running is not None:
        return running.id if running.status in OPEN_STATUSES else revise_plan(session, running.id, on=on)
    drafts = [p for p in found if p.status in OPEN_STATUSES and p.start > on]
    if drafts:
        return drafts[-1].id
    raise Refused("This partner has no joint plan to change.", "Start one under Plan, or make it a commitment.")


def _objective(session: Session, plan: int, title: str) -> RowMapping | None:
    rows = session.execute(select(objective).where(objective.c.plan == plan)).mappings().all()
    return next((row for row in rows if row["title"].casefold() == title.strip().casefold()), None)
