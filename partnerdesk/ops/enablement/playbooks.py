"""A book's own playbooks: made new or as a copy of any other, and their steps. The shipped ones are never changed."""

from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from partnerdesk.errors import Refused
from partnerdesk.models.plans import SIDES
from partnerdesk.models.playbooks import playbook, playbook_step
from partnerdesk.ops import edits
from partnerdesk.queries.enablement.playbook import Playbook
from partnerdesk.queries.enablement.playbooks import playbook_named

FURTHEST = 730  # days before or after the start within which a step lies
_NEEDS_TITLE, _NEEDS_WORDS = "A playbook needs a title.", "A step needs words: they become the action."


def add_playbook(
    session: Session,
    *,
    title: str,
    says: str = "",
    stages: str = "",
    types: str = "",
    goal: str = "",
    metric: str = "",
    workdays: bool = True,
) -> int:
    """An own playbook without steps; returns its id. Stages, types and metrics are words divided by commas."""
    title = edits.required(title, _NEEDS_TITLE)
    words = {"says": says, "stages": stages, "types": types, "goal": goal, "metric": metric}
    return edits.add(session, playbook, title=title, workdays=workdays, **words)


def copy_playbook(session: Session, key: str, *, title: str = "") -> int:
    """An own playbook with the words and steps of another; returns its id."""
    source: Playbook = playbook_named(session, key)
    listed = {"stages": source.stages, "types": source.types, "metric": source.metrics}
    words = {name: ", ".join(values) for name, values in listed.items()}
    named = title.strip() or f"{source.title} (copy)"
    id = add_playbook(session, title=named, says=source.says, goal=source.goal, workdays=source.workdays, **words)
    for step in source.steps:
        names = ("text", "side", "team", "role", "days", "measure", "internal")
        add_step(session, id, **{name: getattr(step, name) for name in names})
    return id


def change_playbook(session: Session, id: int, before: Any, /, **changes: Any) -> None:
    """Changes words of an own playbook as its editor saw them; what runs already goes on as it was started."""
    if "title" in changes:
        edits.required(changes["title"], _NEEDS_TITLE)
    edits.change(session, playbook, edits.present(session, playbook, id, "playbook"), "playbook", before, changes)


def remove_playbook(session: Session, id: int) -> None:
    """Removes an own playbook; its runs and their actions stay."""
    edits.present(session, playbook, id, "playbook")
    session.execute(delete(playbook_step).where(playbook_step.c.playbook == id))
    edits.remove(session, playbook, id)


def add_step(
    session: Session,
    playbook_id: int,
    *,
    text: str,
    days: int,
    side: str = "vendor",
    team: str = "",
    role: str = "",
    measure: str = "",
    internal: bool = False,
) -> int:
    """A step at the end; returns its id."""
    edits.present(session, playbook, playbook_id, "playbook")
    text = edits.required(text, _NEEDS_WORDS)
    _checked(side, days)
    who = {"side": side, "team": team, "role": role}
    return edits.add_part(
        session, playbook_step, "playbook", playbook_id, text=text, days=days, measure=measure, internal=internal, **who
    )


def change_step(session: Session, id: int, before: Any, /, **changes: Any) -> None:
    """Changes a step as its editor saw it."""
    row = edits.present(session, playbook_step, id, "step")
    if "text" in changes:
        edits.required(changes["text"], _NEEDS_WORDS)
    _checked(changes.get("side", row["side"]), changes.get("days", row["days"]))
    edits.change(session, playbook_step, row, "step", before, changes)


def move_step(session: Session, id: int, position: int) -> None:
    """Puts a step at a place; 1 is the first. Its days stay."""
    edits.move(session, playbook_step, "playbook", id, position, "step")


def remove_step(session: Session, id: int) -> None:
    """Removes a step."""
    edits.present(session, playbook_step, id, "step")
    edits.remove(session, playbook_step, id)


def _checked(side: str, days: int) -> None:
    if side not in SIDES:
        raise Refused(f"“{side}” is no side.", "A step is the vendor's or the partner's.")
    if abs(days) > FURTHEST:
        raise Refused("A step lies within two years of the start.", f"Write at most {FURTHEST} days.")
