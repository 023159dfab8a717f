"""Reviews as their pages show them: the list with what each side kept, and one review with its pack."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from partnerdesk.engine.period import Period, period_at, previous_period
from partnerdesk.queries.joint.actions import Kept
from partnerdesk.queries.joint.review_periods import last_finished, review_period
from partnerdesk.queries.joint.reviews import kept_by_review, reviews
from partnerdesk.queries.quarters import program_year

NEAR = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class ReviewListRow:
    """`ours` and `theirs` say how the commitments of this review were kept."""

    id: int
    partner: str
    partner_name: str
    quarter: str
    period: Period
    day: date | None
    status: str
    place: str
    next_review: date | None
    ours: str
    theirs: str
    is_due: bool
    is_late: bool


def review_list(session: Session, as_of: date) -> tuple[ReviewListRow, ...]:
    """All reviews, the newest period first."""
    kept, year = kept_by_review(session, as_of), program_year(session)
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
                review_period(row.quarter, year),
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


def pack_periods(session: Session, as_of: date, back: int) -> tuple[str, ...]:
    """The labels of the periods whose packs are written together: the last `back` finished quarters, the newest first,
    the running one, and the month and the half that ended last.
    """
    year = program_year(session)
    quarters = [last_finished(as_of, "quarter", year)]
    while len(quarters) < back:
        quarters.append(previous_period(quarters[-1], year))
    others = [last_finished(as_of, unit, year) for unit in ("month", "half")]
    return tuple(p.label for p in (*quarters, period_at(as_of, "quarter", year), *others))


def _words(kept: Kept | None) -> str:
    if kept is None or not kept.promised:
        return ""
    return f"{kept.done} of {kept.promised}"
