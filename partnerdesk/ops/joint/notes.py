"""Notes about a partner: what was said when, by whom, in which kind of contact. Internal unless said otherwise."""

from datetime import date
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from partnerdesk.errors import Refused
from partnerdesk.models.plans import action
from partnerdesk.models.reviews import NOTE_KINDS, note
from partnerdesk.ops import edits, sentences


def add_note(
    session: Session,
    partner: str,
    *,
    day: date,
    text: str,
    kind: str = "note",
    people: str = "",
    internal: bool = True,
    author: str = "",
    review: int | None = None,
    place: str = "",
) -> int:
    """Keeps a note; returns its id. `place` is where a file or page lies that it is about."""
    _known(kind)
    text = edits.required(text, "A note needs words.")
    return edits.add(
        session,
        note,
        partner=partner,
        day=day,
        text=text,
        kind=kind,
        people=people,
        internal=internal,
        author=author,
        review=review,
        place=place,
    )


def change_note(session: Session, id: int, before: Any, /, **changes: Any) -> None:
    """Changes a note as its editor saw it."""
    row = edits.present(session, note, id, "note")
    if "text" in changes:
        edits.required(changes["text"], "A note needs words.")
    _known(changes.get("kind", row["kind"]))
    edits.change(session, note, row, "note", before, changes)


def remove_note(session: Session, id: int) -> None:
    """Removes a note; actions that came from it stay."""
    edits.present(session, note, id, "note")
    session.execute(update(action).where(action.c.note == id).values(note=None))
    edits.remove(session, note, id)


def _known(kind: str) -> None:
    if kind not in NOTE_KINDS:
        raise Refused(f"“{kind}” is no kind of note.", f"Choose {sentences.listed(NOTE_KINDS)}.")
