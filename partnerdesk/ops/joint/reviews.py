"""The life of a quarterly review: draft, sent, held, with attendees, agenda, wins, learnings, asks, decisions, and the
words a person wrote over the drafted pages. Its commitments are actions (`actions.add_action(review=...)`): proposed
until the review is held, owed from then on.
"""

from datetime import date
from typing import Any

from sqlalchemy import RowMapping, select, update
from sqlalchemy.orm import Session

from partnerdesk.errors import Refused
from partnerdesk.models import reviews as tables
from partnerdesk.models.plans import action
from partnerdesk.models.reviews import attendee, note, review, review_item, review_page
from partnerdesk.ops import edits, sentences
from partnerdesk.queries.joint.reviews import previous_review, review_row

_LIFE = {"status", "created", "sent_on", "held_on", "partner"}

# The order of the pack, with minutes that add up to ninety.
STANDARD_AGENDA = (
    ("Commitments of last quarter", 15, "2"),
    ("Score, gates and what moves them", 20, "3"),
    ("Earnings and held money", 10, "4"),
    ("Renewals", 20, "5"),
    ("Outlook", 10, "7"),
    ("New commitments and decisions", 15, "8"),
)


def add_review(
    session: Session,
    partner: str,
    quarter: str,
    *,
    on: date,
    day: date | None = None,
    time: str = "",
    place: str = "",
    like_last: bool = True,
) -> int:
    """Starts a review of a quarter; agenda and people of the last held one come along. Returns its id."""
    quarter = _quarter(quarter)
    taken = session.scalar(select(review.c.id).where(review.c.partner == partner, review.c.quarter == quarter))
    if taken is not None:
        raise Refused(f"This partner has a review of {_spoken(quarter)} already.", "Open that one.")
    values = {"day": day, "time": time, "place": place, "status": "draft", "created": on}
    id = edits.add(session, review, partner=partner, quarter=quarter, **values)
    row = review_row(session, id)
    last = previous_review(session, row) if row and like_last else None
    if last is not None:
        _copy_people(session, last.id, id)
    _start_agenda(session, id, last.id if last else None)
    return id


def change_review(session: Session, id: int, before: Any, /, **changes: Any) -> None:
    """Changes day, time, place, quarter or internal notes as the editor saw them."""
    row = edits.present(session, review, id, "review")
    if set(changes) & _LIFE:
        raise TypeError("status changes by the verbs of a review's life")
    if set(changes) - {"internal_notes", "next_review"}:
        row = open_review(session, id)
    if "quarter" in changes:
        changes["quarter"] = _quarter(changes["quarter"])
    edits.change(session, review, row, "review", before, changes)


def send_review(session: Session, id: int, *, on: date) -> None:
    """The pack went out to the partner."""
    row = open_review(session, id)
    edits.change(session, review, row, "review", {}, {"status": "sent", "sent_on": on})


def hold_review(session: Session, id: int, *, on: date, next_review: date | None = None) -> None:
    """The review took place: its record is locked and its commitments become actions that are owed."""
    row = open_review(session, id)
    if next_review is not None and next_review <= on:
        raise Refused("The next review is not after this one.", "Choose a later day.")
    changes = {"status": "held", "held_on": on, "day": row["day"] or on}
    if next_review is not None:
        changes["next_review"] = next_review
    edits.change(session, review, row, "review", {}, changes)


def remove_review(session: Session, id: int) -> None:
    """Removes a review that was not held, with the commitments proposed in it."""
    open_review(session, id)
    for table in (attendee, review_item, review_page):
        session.execute(table.delete().where(table.c.review == id))
    session.execute(update(note).where(note.c.review == id).values(review=None))
    session.execute(action.delete().where(action.c.review == id))
    edits.remove(session, review, id)


def set_page(session: Session, id: int, page: str, *, title: str | None = None, narrative: str | None = None) -> None:
    """What a person writes on a page; an empty text brings the drafted one back."""
    open_review(session, id)
    changes = {k: v for k, v in (("title", title), ("narrative", narrative)) if v is not None}
    found = select(review_page).where(review_page.c.review == id, review_page.c.page == page)
    row = session.execute(found).mappings().one_or_none()
    if row is None:
        edits.add(session, review_page, review=id, page=page, **changes)
    else:
        edits.change(session, review_page, row, "page", {}, changes)


def add_attendee(session: Session, id: int, *, name: str, side: str, role: str = "") -> int:
    """Somebody takes part."""
    open_review(session, id)
    name = edits.required(name, "Name who takes part.")
    return edits.add_part(session, attendee, "review", id, name=name, side=side, role=role)


def change_attendee(session: Session, id: int, before: Any, /, **changes: Any) -> None:
    """Changes name, side or role as the editor saw them."""
    row = edits.present(session, attendee, id, "attendee")
    open_review(session, row["review"])
    edits.change(session, attendee, row, "attendee", before, changes)


def remove_attendee(session: Session, id: int) -> None:
    """Somebody does not take part after all."""
    open_review(session, edits.present(session, attendee, id, "attendee")["review"])
    edits.remove(session, attendee, id)


def add_item(
    session: Session,
    id: int,
    kind: str,
    *,
    text: str,
    detail: str = "",
    owner: str = "",
    due: date | None = None,
    minutes: int | None = None,
    level: int | None = None,
    page: str = "",
) -> int:
    """A line of the review: agenda, win, learning, ask, decision or issue."""
    open_review(session, id)
    if kind not in tables.ITEM_KINDS:
        raise Refused(f"“{kind}” is no part of a review.", f"Choose {sentences.listed(tables.ITEM_KINDS)}.")
    _minutes(minutes)
    text = edits.required(text, f"This {kind} needs words.")
    values = {"detail": detail, "owner": owner, "due": due, "minutes": minutes, "level": level, "page": page}
    return edits.add_part(session, review_item, "review", id, kind=kind, text=text, **values)


def change_item(session: Session, id: int, before: Any, /, **changes: Any) -> None:
    """Changes a line as its editor saw it."""
    row = edits.present(session, review_item, id, "line")
    open_review(session, row["review"])
    _minutes(changes.get("minutes"))
    edits.change(session, review_item, row, "line", before, changes)


def move_item(session: Session, id: int, position: int) -> None:
    """Puts a line at a place among those of its kind; 1 is the first."""
    open_review(session, edits.present(session, review_item, id, "line")["review"])
    edits.move(session, review_item, "review", id, position, "line")


def remove_item(session: Session, id: int) -> None:
    """Removes a line."""
    open_review(session, edits.present(session, review_item, id, "line")["review"])
    edits.remove(session, review_item, id)


def open_review(session: Session, id: int) -> RowMapping:
    """The review, if it may change. Raises Refused where it was held."""
    row = edits.present(session, review, id, "review")
    if row["status"] == "held":
        held = sentences.day(row["held_on"])
        raise Refused(
            f"The review of {_spoken(row['quarter'])} was held on {held}; its record stays as it was.",
            tables.FROZEN[1],
        )
    return row


def _copy_people(session: Session, source: int, target: int) -> None:
    people = select(attendee).where(attendee.c.review == source)
    for row in session.execute(people).mappings().all():
        edits.add(session, attendee, **({k: v for k, v in row.items() if k != "id"} | {"review": target}))


def _start_agenda(session: Session, id: int, last: int | None) -> None:
    lines = select(review_item).where(review_item.c.review == last, review_item.c.kind == "agenda")
    old = session.execute(lines.order_by(review_item.c.position)).all() if last else []
    agenda = [(row.text, row.minutes, row.page) for row in old] or STANDARD_AGENDA
    for text, minutes, page in agenda:
        edits.add_part(session, review_item, "review", id, kind="agenda", text=text, minutes=minutes, page=page)


def _quarter(text: str) -> str:
    year, _, number = text.strip().partition("Q")
    if len(year) != 4 or not year.isdecimal() or number not in ("1", "2", "3", "4"):
        raise Refused(f"“{text}” is no quarter.", "Write it like 2026Q3.")
    return text.strip()


def _spoken(quarter: str) -> str:
    year, _, number = quarter.partition("Q")
    return f"Q{number} {year}"


def _minutes(minutes: int | None) -> None:
    if minutes is not None and minutes < 1:
        raise Refused("An agenda item takes at least one minute.")
