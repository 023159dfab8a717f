"""What happened with a partner, newest first: notes, reviews, statements, ended actions, plans, disputes, tiers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from partnerdesk.queries.agreements import agreements
from partnerdesk.queries.facts import facts
from partnerdesk.queries.joint.actions import actions
from partnerdesk.queries.joint.notes import notes
from partnerdesk.queries.joint.plans import plans
from partnerdesk.queries.joint.reviews import reviews
from partnerdesk.queries.outgoing import OutgoingRow, outgoing_documents
from partnerdesk.queries.statements.archive import ClosedRow, closed_statements


@dataclass(frozen=True, slots=True)
class Happening:
    """`kind` is note, review, statement, action, plan, dispute, decision, agreement or document; `period` its period.

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
    place: str = ""  # where a file or page lies that a note is about
    document: OutgoingRow | None = None  # that left


def happenings(session: Session, partner: str, as_of: date) -> tuple[Happening, ...]:
    """Everything up to a day, newest first."""
    found = [h for h in _all(session, partner, as_of) if h.day <= as_of]
    return tuple(sorted(found, key=lambda h: (h.day, h.key), reverse=True))


def _all(session: Session, partner: str, as_of: date) -> Iterator[Happening]:
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
            place=note.place,
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
    yield from _promised(session, partner, as_of)
    yield from _planned(session, partner)
    yield from _disputed(session, partner)
    for left in outgoing_documents(session, partner):
        key = f"document:{left.id:09}"
        yield Happening(key, "document", left.day, left.file, left.kind, left.by, left.file, document=left)
    for decision in facts(session, partner, kinds=("tier_decision",)).of("tier_decision"):
        if decision.day is not None:
            key, by = f"decision:{decision.id}", decision.decided_by
            yield Happening(key, "decision", decision.day, decision.tier, decision.reason, by, "")


def _promised(session: Session, partner: str, as_of: date) -> Iterator[Happening]:
    """Actions of both sides on the day they ended."""
    for row in actions(session, as_of, partner):
        if row.ended_on is not None:
            detail = ", ".join(part for part in (row.status, row.outcome) if part)
            yield Happening(f"action:{row.id}", "action", row.ended_on, row.text, detail, row.owner, str(row.id))


def _planned(session: Session, partner: str) -> Iterator[Happening]:
    """Every version of a plan on the days it was shared, agreed, started and closed."""
    for row in plans(session, partner, latest=False):
        days = {"shared": row.shared_on, "agreed": row.agreed_on, "started": row.started_on, "closed": row.closed_on}
        for says, day in days.items():
            if day is not None:
                by = row.agreed_by if says == "agreed" else ""
                title, detail = f"{row.title}, version {row.version}", row.closing_words if says == "closed" else ""
                key = f"plan:{row.id}:{says}"
                yield Happening(key, "plan", day, f"{title} {says}", detail, by, str(row.id))


def _disputed(session: Session, partner: str) -> Iterator[Happening]:
    """Disputes on the day they were raised, and on that of their answer."""
    for row in facts(session, partner, kinds=("dispute",)).of("dispute"):
        key = f"dispute:{row.id}"
        if row.day is not None:
            yield Happening(key, "dispute", row.day, f"{row.id} raised", row.reason, row.raised_by, row.id)
        if row.decided is not None:
            said, by = f"{row.id} {row.outcome}", row.decided_by
            yield Happening(f"{key}:decided", "dispute", row.decided, said, row.decision, by, row.id)


def _agreed(session: Session, partner: str) -> Iterator[Happening]:
    """Issues of the partner's agreement, and signatures."""
    for row in agreements(session, partner):
        yield Happening(f"ag:{row.id}", "agreement", row.issued_on, row.number, "", row.issued_by, str(row.id))
        if row.signature is not None:
            sign, who = row.signature, f"{row.signature.for_partner} and {row.signature.for_vendor}"
            key = f"ag:{row.id}:signed"
            yield Happening(key, "agreement", sign.signed_on, row.number, who, sign.recorded_by, str(row.id))
