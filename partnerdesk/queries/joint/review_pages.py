"""Reviews as their pages show them: the list with what each side kept, and one review with its pack."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from partnerdesk.queries.joint.actions import Kept
from partnerdesk.queries.joint.reviews import kept_by_review, reviews

NEAR = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class ReviewListRow:
    """`ours` and `theirs` say how the commitments of this review were kept."""

    id: int
    partner: str
    partner_name: str
    quarter: str
    day: date | None
    status: str
    place: str
    next_review: date | None
    ours: str
    theirs: str
    is_due: bool
    is_late: bool


def review_list(session: Session, as_of: date) -> tuple[ReviewListRow, ...]:
    """All reviews, the newest quarter first."""
    kept = kept_by_review(session, as_of)
    found = []
    for row in reviews(session):
        ours, theirs = kept.get(row.id, (None, None))
        waits = not row.is_held and row.day is not None
        found.append(
            ReviewListRow(
                row.id,
                row.partner,
                row.partner_name,
                row.quarter,
                row.held_on or row.day,
                row.status,
                row.place,
                row.next_review,
                _words(ours),
                _words(theirs),
                is_due=waits and row.day is not None and row.day <= as_of + NEAR,
                is_late=waits and row.day is not None and row.day < as_of,
            )
        )
    return tuple(found)


def _words(kept: Kept | None) -> str:
    if kept is None or not kept.promised:
        return ""
    return f"{kept.done} of {kept.promised}"
