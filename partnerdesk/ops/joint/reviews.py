"""The life of a quarterly review: draft, sent, held, with attendees, agenda, wins, learnings, asks, decisions, and the
words a person wrote over the drafted pages. Its commitments are actions (`actions.add_action(review=...)`): proposed
until the review is held, owed from then on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import RowMapping, func, select, update
from sqlalchemy.orm import Session

from partnerdesk.errors import Refused
from partnerdesk.models import reviews as tables
from partnerdesk.models.plans import action
from partnerdesk.models.reviews import attendee, feedback, note, review, review_item, review_page
from partnerdesk.ops import edits, sentences
from partnerdesk.ops.joint.agendas import start_agenda
from partnerdesk.ops.joint.drafted_wins import draft_wins
from partnerdesk.ops.joint.review_outcome import decisions_become_actions
from partnerdesk.queries.joint.review_periods import asked_period, kind_of, spoken
from partnerdesk.queries.joint.reviews import previous_review, review_row
from partnerdesk.queries.partners.people import partner_card, people
from partnerdesk.queries.quarters import program_year

_LIFE = {"status", "created", "sent_on", "held_on", "partner"}

MOST_INVITED = 4  # of a partner's people, before anybody chose


@dataclass(frozen=True, slots=True)
class Held:
    """What followed: how many actions are owed now, how many of them were decisions, the digest of the figures."""

    actions: int
    decisions: int
    sha256: str


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
    """Starts a review of a month, quarter or half; people of the last held one come along. Where that was of the same
    kind, so do its agenda and, unless a `day` is given, the day that was agreed for the next one with time and place.

    Its wins are drafted from the figures. Returns its id. Raises Refused where the partner has one of it, and as
    `asked_period` does.
    """
    quarter, kind = asked_period(quarter, program_year(session)).label, kind_of(quarter)
    taken = session.scalar(select(review.c.id).where(review.c.partner == partner, review.c.quarter == quarter))
    if taken is not None:
        raise Refused(f"This partner has a review of {spoken(quarter)} already.", "Open that one.")
    values = {"day": day, "time": time, "place": place, "status": "draft", "created": on, "minutes": kind.minutes}
    id = edits.add(session, review, partner=partner, quarter=quarter, **values)
    row = review_row(session, id)
    last = previous_review(session, row) if row and like_last else None
    if last is not None:
        _copy_people(session, last.id, id)
    elif like_last:
        _invite(session, id, partner)
    is_like = last is not None and kind_of(last.quarter) is kind
    start_agenda(session, id, kind.key, like=last.id if last is not None and is_like else None)
    if is_like and last is not None and last.next_review is not None and last.next_review >= on and day is None:
        agreed = {"day": last.next_review, "time": time or last.time, "place": place or last.place}
        edits.change(session, review, edits.present(session, review, id, "review"), "review", {}, agreed)
    if like_last:
        draft_wins(session, id, partner, quarter, on=on)
    return id


def add_reviews(session: Session, wanted: Sequence[tuple[str, str]], *, on: date) -> tuple[int, ...]:
    """Starts several reviews as one step, each a partner and a period; returns their ids."""
    return tuple(add_review(session, partner, quarter, on=on) for partner, quarter in wanted)


def duplicate_review(session: Session, id: int, quarter: str, *, on: date) -> int:
    """A draft for another period with this one's people, agenda, order of pages and place; returns its id."""
    source = edits.present(session, review, id, "review")
    kept = {"time": source["time"], "place": source["place"]}
    made = add_review(session, source["partner"], quarter, on=on, like_last=False, **kept)
    edits.change(
        session, review, edits.present(session, review, made, "review"), "review", {}, {"minutes": source["minutes"]}
    )
    session.execute(review_item.delete().where(review_item.c.review == made))
    _copy_people(session, id, made)
    start_agenda(session, made, kind_of(quarter).key, like=id)
    for row in session.execute(select(review_page).where(review_page.c.review == id)).mappings().all():
        if row["position"] is not None:
            edits.add(session, review_page, review=made, page=row["page"], position=row["position"])
    return made


def change_review(session: Session, id: int, before: Any, /, **changes: Any) -> None:
    """Changes day, time, place, quarter or internal notes as the editor saw them."""
    row = edits.present(session, review, id, "review")
    if set(changes) & _LIFE:
        raise TypeError("status changes by the verbs of a review's life")
    if set(changes) - {"internal_notes", "next_review"}:
        row = open_review(session, id)
    if "quarter" in changes:
        changes["quarter"] = asked_period(changes["quarter"], program_year(session)).label
    edits.change(session, review, row, "review", before, changes)


def send_review(session: Session, id: int, *, on: date) -> None:
    """The pack went out to the partner."""
    row = open_review(session, id)
    edits.change(session, review, row, "review", {}, {"status": "sent", "sent_on": on})


def hold_review(session: Session, id: int, *, on: date, next_review: date | None = None) -> Held:
    """The review took place: its record is locked with the figures it showed, and what was promised is owed.

    Commitments become actions, and so does every decision that names its owner and day.
    """
    from partnerdesk.ops.joint.review_freezing import keep_record  # it writes documents, which few reviews need

    row = open_review(session, id)
    if next_review is not None and next_review <= on:
        raise Refused("The next review is not after this one.", "Choose a later day.")
    said = {"day": row["day"] or on} | ({} if next_review is None else {"next_review": next_review})
    edits.change(session, review, row, "review", {}, said)
    decided = decisions_become_actions(session, id, on=on)
    digest = keep_record(session, id, on)
    edits.change(session, review, row, "review", {}, {"status": "held", "held_on": on})
    owed = session.scalar(select(func.count()).select_from(action).where(action.c.review == id)) or 0
    return Held(owed, decided, digest)


def remove_review(session: Session, id: int) -> None:
    """Removes a review that was not held, with the commitments proposed in it."""
    open_review(session, id)
    for table in (attendee, review_item, review_page):
        session.execute(table.delete().where(table.c.review == id))
    session.execute(update(feedback).where(feedback.c.review == id).values(review=None))
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


def order_pages(session: Session, id: int, order: Sequence[str]) -> None:
    """Puts the pages of the pack in an order; an empty one brings the usual order back."""
    open_review(session, id)
    session.execute(update(review_page).where(review_page.c.review == id).values(position=None))
    for position, page in enumerate(order, 1):
        found = (review_page.c.review == id, review_page.c.page == page)
        if session.execute(update(review_page).where(*found).values(position=position)).rowcount == 0:  # type: ignore[attr-defined]
            edits.add(session, review_page, review=id, page=page, position=position)


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
            f"The review of {spoken(row['quarter'])} was held on {held}; its record stays as it was.",
            tables.FROZEN[1],
        )
    return row


def _copy_people(session: Session, source: int, target: int) -> None:
    people = select(attendee).where(attendee.c.review == source)
    for row in session.execute(people).mappings().all():
        edits.add(session, attendee, **({k: v for k, v in row.items() if k != "id"} | {"review": target}))


def _invite(session: Session, id: int, partner: str) -> None:
    """Who meets the first time: the partner's people that the book knows, and who looks after it on our side."""
    card = partner_card(session, partner)
    for person in people(session, partner)[:MOST_INVITED]:
        add_attendee(session, id, name=person.name, side="partner", role=person.role)
    if card is not None and card.owner_name:
        role = next((p.role for p in people(session, None) if p.name == card.owner_name), "")
        add_attendee(session, id, name=card.owner_name, side="vendor", role=role)


def _minutes(minutes: int | None) -> None:
    if minutes is not None and minutes < 1:
        raise Refused("An agenda item takes at least one minute.")
