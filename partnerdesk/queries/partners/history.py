"""What happened with a partner, newest first: notes, reviews, closed statements, tier decisions, agreements."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from partnerdesk.queries.agreements import agreements
from partnerdesk.queries.facts import facts
from partnerdesk.queries.joint.notes import notes
from partnerdesk.queries.joint.reviews import reviews
from partnerdesk.queries.statements.archive import ClosedRow, closed_statements


@dataclass(frozen=True, slots=True)
class Happening:
    """`kind` is note, review, statement, decision or agreement; `period` its quarter or statement period.

    `title` is a note's text, a statement's or agreement's number, or a tier; `detail` a kind of contact, a state, a
    reason, or who signed; `closed` the figures of a statement. `target` names what opens.
    """

    key: str
    kind: str
    day: date
    title: str
    detail: str
    by: str
    target: str
    period: str = ""
    internal: bool = False
    closed: ClosedRow | None = None


def happenings(session: Session, partner: str, as_of: date) -> tuple[Happening, ...]:
    """Everything up to a day, newest first."""
    found = [h for h in _all(session, partner) if h.day <= as_of]
    return tuple(sorted(found, key=lambda h: (h.day, h.key), reverse=True))


def _all(session: Session, partner: str) -> Iterator[Happening]:
    for note in notes(session, partner):
        yield Happening(
            f"note:{note.id}",
            "note",
            note.day,
            note.text,
            note.kind,
            note.author,
            str(note.id),
            internal=note.internal,
        )
    for review in reviews(session, partner):
        day = review.held_on or review.day
        if day is not None:
            id = str(review.id)
            yield Happening(f"review:{id}", "review", day, "", review.status, "", id, period=review.quarter)
    for row in closed_statements(session, partner, revisions=True):
        key, detail = f"st:{row.id}:{row.revision}", row.because
        yield Happening(
            key, "statement", row.issued, row.number, detail, row.checker, row.period, period=row.period, closed=row
        )
    yield from _agreed(session, partner)
    for decision in facts(session, partner, kinds=("tier_decision",)).of("tier_decision"):
        if decision.day is not None:
            key, by = f"decision:{decision.id}", decision.decided_by
            yield Happening(key, "decision", decision.day, decision.tier, decision.reason, by, "")


def _agreed(session: Session, partner: str) -> Iterator[Happening]:
    """Issues of the partner's agreement, and signatures."""
    for row in agreements(session, partner):
        yield Happening(f"ag:{row.id}", "agreement", row.issued_on, row.number, "", row.issued_by, str(row.id))
        if row.signature is not None:
            sign, who = row.signature, f"{row.signature.for_partner} and {row.signature.for_vendor}"
            key = f"ag:{row.id}:signed"
            yield Happening(key, "agreement", sign.signed_on, row.number, who, sign.recorded_by, str(row.id))
