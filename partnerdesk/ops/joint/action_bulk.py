"""What is done to several actions at once, as one step: complete, drop, reassign, move to another day or side.

A commitment that a held review recorded is not moved but carried over: the next review then shows that it slipped.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.models.facts import TABLES
from partnerdesk.models.plans import action
from partnerdesk.models.reviews import review
from partnerdesk.ops import edits
from partnerdesk.ops.joint.actions import (
    carry_over,
    change_action,
    complete_action,
    drop_action,
    remove_action,
    reopen_action,
    show_evidence,
)


def complete_actions(session: Session, ids: Sequence[int], *, on: date, outcome: str = "", evidence: str = "") -> None:
    """All of them are done, with the same outcome and what shows it."""
    for id in ids:
        complete_action(session, id, on=on, outcome=outcome, evidence=evidence)


def prove_actions(session: Session, ids: Sequence[int], *, evidence: str) -> None:
    """Says for all of them what shows that they were done."""
    for id in ids:
        show_evidence(session, id, {}, evidence=evidence)


def drop_actions(session: Session, ids: Sequence[int], *, on: date, reason: str) -> None:
    """None of them will be done, for one reason."""
    for id in ids:
        drop_action(session, id, on=on, reason=reason)


def reopen_actions(session: Session, ids: Sequence[int]) -> None:
    """All of them are open again."""
    for id in ids:
        reopen_action(session, id)


def wait_for(session: Session, ids: Sequence[int], *, reason: str) -> None:
    """Says for whom or what they wait, or with an empty text that they do not any more; they stay open."""
    for id in ids:
        change_action(session, id, {}, waiting=reason)


def remove_actions(session: Session, ids: Sequence[int]) -> None:
    """Takes away what was written down by mistake."""
    for id in ids:
        remove_action(session, id)


def reassign_actions(session: Session, ids: Sequence[int], *, owner: str) -> None:
    """Gives them one owner; an owner known on one side alone takes them to that side."""
    side = _side_of(session, owner)
    for id in ids:
        change_action(session, id, {}, owner=owner, **({"side": side} if side else {}))


def move_actions(session: Session, ids: Sequence[int], *, due: date | None, on: date) -> tuple[int, ...]:
    """Gives them another day, or none; returns the ids under which they go on."""
    return tuple(_moved(session, id, due, on) for id in ids)


def hand_over(session: Session, ids: Sequence[int], *, side: str) -> None:
    """Gives them to the other side; an owner who is known on the side left does not go along."""
    for id in ids:
        row = edits.present(session, action, id, "action")
        if row["side"] != side:
            stays = _side_of(session, row["owner"]) == row["side"]
            change_action(session, id, {}, side=side, **({"owner": ""} if stays else {}))


def place_actions(
    session: Session, ids: Sequence[int], *, side: str, due: date | None, is_moved: bool, on: date
) -> None:
    """Puts them on a side and, where `is_moved`, on a day, as one who drags them on a board does."""
    hand_over(session, ids, side=side)
    if is_moved:
        move_actions(session, ids, due=due, on=on)


def change_due(session: Session, id: int, before: Any, /, *, due: date | None, on: date) -> int:
    """Another day for one action as its editor saw it; returns the id under which it goes on."""
    row = edits.present(session, action, id, "action")
    edits.change(session, action, row, "action", before, {})
    return _moved(session, id, due, on)


def _moved(session: Session, id: int, due: date | None, on: date) -> int:
    row = edits.present(session, action, id, "action")
    is_later = row["due"] is not None and due is not None and due > row["due"]
    if is_later and _is_recorded(session, row["review"]):
        assert due is not None
        return carry_over(session, id, due=due, on=on)
    change_action(session, id, {}, due=due)
    return id


def _is_recorded(session: Session, id: int | None) -> bool:
    """Whether a review that was held recorded it."""
    return id is not None and session.scalar(select(review.c.status).where(review.c.id == id)) == "held"


def _side_of(session: Session, name: str) -> str | None:
    """The side on which somebody of that name is known, if it is one."""
    person = TABLES["person"].c
    sides = set(session.scalars(select(person.side).where(person.name == name)))
    return str(sides.pop()) if name and len(sides) == 1 else None
