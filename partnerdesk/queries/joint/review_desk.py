"""One review with what its builder has beside it: people, what was said, disputes, how old the data are."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from partnerdesk.models.facts import batch
from partnerdesk.queries.figures import programs
from partnerdesk.queries.joint.feedback import FeedbackRow, feedback_rows
from partnerdesk.queries.joint.plans import plans
from partnerdesk.queries.joint.review_periods import review_period
from partnerdesk.queries.joint.reviews import ReviewView, review_view
from partnerdesk.queries.partners.people import PersonRow, people
from partnerdesk.queries.quarters import holds_most_of, program_year
from partnerdesk.queries.statements.disputes import disputes


@dataclass(frozen=True, slots=True)
class ReviewDesk:
    """`people` are those of both sides who do not attend yet, `known` all who may be named, guests included.

    `metrics` are (key, name) of the program in force; `read_on` is the day of the newest import, None where nothing
    was imported; `ended` the last day of the review's period. `instead` is
    the program's own period, where the review is of one of the calendar that the program does not know.
    """

    view: ReviewView
    people: tuple[PersonRow, ...]
    known: tuple[PersonRow, ...]
    feedback: tuple[FeedbackRow, ...]
    metrics: tuple[tuple[str, str], ...]
    disputes: int
    has_plan: bool
    read_on: date | None
    ended: date
    instead: str = ""

    def metric_name(self, key: str) -> str:
        """How the program calls a metric; its key where the program in force has none of it."""
        return dict(self.metrics).get(key, key)


def review_desk(session: Session, id: int, as_of: date) -> ReviewDesk | None:
    """A review with what stands beside it, or None."""
    view = review_view(session, id, as_of)
    if view is None:
        return None
    partner, year = view.review.partner, program_year(session)
    period = review_period(view.review.quarter, year)
    own = holds_most_of(period, year).label
    taken = {person.name for person in view.attendees}
    known = (*people(session, partner), *people(session, None))
    versions = [p for p in programs(session) if p.effective_from <= as_of]
    newest = session.scalar(select(func.max(batch.c.at)))
    return ReviewDesk(
        view,
        tuple(person for person in known if person.name not in taken),
        (*known, *_guests(view, {person.name for person in known})),
        feedback_rows(session, partner),
        tuple((key, metric.says) for key, metric in versions[-1].metric.items()) if versions else (),
        sum(row.is_open for row in disputes(session, as_of, partner)),
        any(p.status != "closed" for p in plans(session, partner)),
        date.fromisoformat(newest[:10]) if newest else None,
        period.end,
        "" if own == period.label else own,
    )


def _guests(view: ReviewView, known: set[str]) -> tuple[PersonRow, ...]:
    """Those who attend and are no people of the book."""
    found = [row for row in view.attendees if row.name not in known]
    return tuple(
        PersonRow(id=f"guest {row.id}", name=row.name, side=row.side, partner=None, role=row.role, email="", phone="")
        for row in found
    )
