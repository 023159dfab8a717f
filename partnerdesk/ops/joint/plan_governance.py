"""How both sides work together in a plan: people, key accounts, rhythm, ladder, days of reviews, 90 days, files.

People and files are kept up to date in an agreed plan as well; they are what is known, not what was promised.
"""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from partnerdesk.errors import Refused
from partnerdesk.models.facts import TABLES
from partnerdesk.models.plan_blocks import (
    RUNGS,
    attachment,
    key_account,
    ladder_level,
    motion,
    plan_review,
    rhythm,
    stakeholder,
)
from partnerdesk.ops import edits, sentences
from partnerdesk.ops.joint.parts import change_living, change_part, living_plan, remove_living, remove_part
from partnerdesk.ops.joint.plans import open_plan

MOTION_LINES = 10
# What most pairs of companies agree on: who settles an escalation, and within how many days.
STANDARD_LADDER = (
    (1, "Account manager and partner manager", 2),
    (2, "Directors", 5),
    (3, "Executive sponsors", 10),
)


def add_stakeholder(session: Session, plan: int, *, name: str, side: str = "partner", **known: Any) -> int:
    """Somebody who counts for the plan: `known` are role, influence, relationship, stance, last_contact, backup."""
    living_plan(session, plan)
    name = edits.required(name, "A person needs a name.")
    same = select(stakeholder.c.id).where(stakeholder.c.plan == plan, stakeholder.c.name == name)
    if session.scalar(same) is not None:
        raise Refused(f"{name} is in this plan already.")
    return edits.add_part(session, stakeholder, "plan", plan, name=name, side=side, **known)


def change_stakeholder(session: Session, id: int, before: Any, /, **changes: Any) -> None:
    """Changes what is known of a person."""
    _named(changes, "name", "A person needs a name.")
    change_living(session, stakeholder, id, "person", before, changes)


def remove_stakeholder(session: Session, id: int) -> None:
    """Takes a person out of the plan."""
    remove_living(session, stakeholder, id, "person")


def add_account(session: Session, plan: int, *, name: str, **known: Any) -> int:
    """A key account that both sides look after; a customer of the book is found by its name."""
    open_plan(session, plan)
    name = edits.required(name, "A key account needs a name.")
    return edits.add_part(session, key_account, "plan", plan, name=name, customer=_customer(session, name), **known)


def change_account(session: Session, id: int, before: Any, /, **changes: Any) -> None:
    """Changes a key account; with another name it is another customer."""
    _named(changes, "name", "A key account needs a name.")
    if "name" in changes:
        changes["customer"] = _customer(session, changes["name"])
    change_part(session, key_account, id, "key account", before, changes)


def remove_account(session: Session, id: int) -> None:
    """Takes a key account out of the plan."""
    remove_part(session, key_account, id, "key account")


def add_rhythm(session: Session, plan: int, *, meeting: str, cadence: str = "monthly", **known: Any) -> int:
    """A meeting of both sides: how often, how long (minutes), who, and what it covers."""
    open_plan(session, plan)
    meeting = edits.required(meeting, "A meeting needs a name.")
    return edits.add_part(session, rhythm, "plan", plan, meeting=meeting, cadence=cadence, **known)


def change_rhythm(session: Session, id: int, before: Any, /, **changes: Any) -> None:
    """Changes a meeting."""
    _named(changes, "meeting", "A meeting needs a name.")
    if changes.get("minutes") is not None and changes["minutes"] < 1:
        raise Refused("A meeting lasts at least a minute.")
    change_part(session, rhythm, id, "meeting", before, changes)


def remove_rhythm(session: Session, id: int) -> None:
    """Takes a meeting out of the plan."""
    remove_part(session, rhythm, id, "meeting")


def add_level(session: Session, plan: int, *, who: str = "", days: int | None = None, **names: str) -> int:
    """The next level of the ladder; `names` are who it is on each side: `vendor`, `partner`."""
    open_plan(session, plan)
    level = (session.scalar(select(func.max(ladder_level.c.level)).where(ladder_level.c.plan == plan)) or 0) + 1
    if level > RUNGS:
        raise Refused(f"The ladder has {RUNGS} levels.", "Change one of them.")
    _, usual, usual_days = STANDARD_LADDER[level - 1]
    days = usual_days if days is None else days
    return edits.add_part(session, ladder_level, "plan", plan, level=level, who=who or usual, days=_days(days), **names)


def change_level(session: Session, id: int, before: Any, /, **changes: Any) -> None:
    """Changes a level of the ladder."""
    if "days" in changes:
        _days(changes["days"])
    change_part(session, ladder_level, id, "level", before, changes)


def set_review_day(session: Session, plan: int, quarter: str, *, day: date | None) -> None:
    """The day on which both sides review a quarter; it may move until the plan is closed."""
    living_plan(session, plan)
    at = plan_review.c
    found = session.execute(select(plan_review).where(at.plan == plan, at.quarter == quarter)).mappings().one_or_none()
    if found is None:
        open_plan(session, plan)
        edits.add_part(session, plan_review, "plan", plan, quarter=quarter, day=day)
    else:
        edits.change(session, plan_review, found, "review day", {}, {"day": day})


def add_motion(session: Session, plan: int, *, text: str, week: date, side: str = "vendor", owner: str = "") -> int:
    """A line of the next three months, in the week of a day. Ten are as many as anybody follows."""
    open_plan(session, plan)
    text = edits.required(text, "Say what happens in that week.")
    lines = session.scalar(select(func.count()).where(motion.c.plan == plan)) or 0
    if lines >= MOTION_LINES:
        raise Refused(
            f"The 90-day motion has {MOTION_LINES} lines.", "Take one out, or write an action for what remains."
        )
    return edits.add_part(session, motion, "plan", plan, text=text, week=monday(week), side=side, owner=owner)


def change_motion(session: Session, id: int, before: Any, /, **changes: Any) -> None:
    """Changes a line of the motion."""
    _named(changes, "text", "Say what happens in that week.")
    if "week" in changes:
        if changes["week"] is None:
            raise Refused("A line of the motion needs its week.")
        changes["week"] = monday(changes["week"])
    change_part(session, motion, id, "line", before, changes)


def report_motion(session: Session, id: int, *, done_on: date | None) -> None:
    """A line of the motion is done, also in an agreed plan; None opens it again."""
    row = edits.present(session, motion, id, "line")
    living_plan(session, row["plan"])
    edits.change(session, motion, row, "line", {}, {"done_on": done_on})


def remove_motion(session: Session, id: int) -> None:
    """Takes a line out of the motion."""
    remove_part(session, motion, id, "line")


def add_attachment(session: Session, plan: int, *, title: str, place: str, on: date, about: str = "") -> int:
    """A file or page that belongs to the plan, by its path or address; it is neither read nor copied."""
    living_plan(session, plan)
    title, place = edits.required(title, "Say what it is."), edits.required(place, "Say where it lies.")
    return edits.add_part(session, attachment, "plan", plan, title=title, place=place, about=about, added=on)


def change_attachment(session: Session, id: int, before: Any, /, **changes: Any) -> None:
    """Changes what an attachment is called or where it lies."""
    _named(changes, "title", "Say what it is.")
    _named(changes, "place", "Say where it lies.")
    change_living(session, attachment, id, "attachment", before, changes)


def remove_attachment(session: Session, id: int) -> None:
    """Forgets an attachment; the file itself stays where it is."""
    remove_living(session, attachment, id, "attachment")


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def _customer(session: Session, name: str) -> str:
    table = TABLES["customer"].c
    return session.scalar(select(table.id).where(table.name == name).order_by(table.id)) or ""


def _named(changes: dict[str, Any], field: str, sentence: str) -> None:
    if field in changes:
        edits.required(changes[field], sentence)


def _days(days: int) -> int:
    if days is None or days < 1:
        raise Refused(f"A level has at least {sentences.count(1, 'day')}.")
    return days
