"""What happened with a partner, newest first: notes, reviews, closed statements, tier decisions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from partnerdesk.queries.facts import facts
from partnerdesk.queries.notes import notes
from partnerdesk.queries.reviews import reviews
from partnerdesk.queries.statements import closed_statements


@dataclass(frozen=True, slots=True)
class Happening:
    """`kind` is note, review, statement or decision; `target` names what opens."""

    key: str
    kind: str
    day: date
    title: str
    detail: str
    by: str
    target: str


def happenings(session: Session, partner: str, as_of: date) -> tuple[Happening, ...]:
    """Everything up to a day, newest first."""
    found = [h for h in _all(session, partner) if h.day <= as_of]
    return tuple(sorted(found, key=lambda h: (h.day, h.key), reverse=True))


def _all(session: Session, partner: str) -> Iterator[Happening]:
    for note in notes(session, partner):
        detail = "internal" if note.internal else "shared"
        yield Happening(
            f"note:{note.id}", "note", note.day, note.text, f"{note.kind}, {detail}", note.author, str(note.id)
        )
    for review in reviews(session, partner):
        day = review.held_on or review.day
        if day is not None:
            title = f"Review of {review.quarter}"
            yield Happening(f"review:{review.id}", "review", day, title, review.status, "", str(review.id))
    for row in closed_statements(session, partner):
        detail = f"earned {row.earned:,.2f}, paid {row.paid:,.2f}, closing {row.closing:,.2f} {row.currency}"
        day = date.fromisoformat(row.closed_at[:10])
        yield Happening(f"st:{row.id}", "statement", day, f"{row.number} closed", detail, row.checker, row.period)
    for decision in facts(session, partner, kinds=("tier_decision",)).of("tier_decision"):
        if decision.day is not None:
            title = f"Tier {decision.tier}"
            yield Happening(decision.id, "decision", decision.day, title, decision.reason, decision.decided_by, "")
