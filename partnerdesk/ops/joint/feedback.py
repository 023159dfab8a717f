"""Feedback about a partner's work: who said what about which metric, and whether the partner may read it."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from partnerdesk.errors import Refused
from partnerdesk.models.reviews import VOICES, feedback
from partnerdesk.ops import edits, sentences


def add_feedback(
    session: Session,
    partner: str,
    *,
    day: date,
    text: str,
    voice: str = "customer",
    said_by: str = "",
    metric: str = "",
    customer: str = "",
    shareable: bool = False,
    review: int | None = None,
) -> int:
    """Keeps what was said; returns its id. Nothing is quoted to the partner unless it is `shareable`."""
    text = edits.required(text, "Feedback needs words.")
    _known(voice)
    given = {"said_by": said_by, "metric": metric, "customer": customer, "shareable": shareable, "review": review}
    return edits.add(session, feedback, partner=partner, day=day, voice=voice, text=text, **given)


def change_feedback(session: Session, id: int, before: Any, /, **changes: Any) -> None:
    """Changes it as its editor saw it."""
    row = edits.present(session, feedback, id, "feedback")
    if "text" in changes:
        edits.required(changes["text"], "Feedback needs words.")
    _known(changes.get("voice", row["voice"]))
    edits.change(session, feedback, row, "feedback", before, changes)


def remove_feedback(session: Session, id: int) -> None:
    """Removes it."""
    edits.present(session, feedback, id, "feedback")
    edits.remove(session, feedback, id)


def _known(voice: str) -> None:
    if voice not in VOICES:
        raise Refused(f"“{voice}” is no voice that is heard here.", f"Choose {sentences.listed(VOICES)}.")
