"""What customers, field teams and the partner said about its work, beside the metric it is about."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from partnerdesk.models.reviews import feedback
from partnerdesk.queries.shape import rows, shaped


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackRow:
    """One saying: `voice` is customer, field team or partner; `metric` a key of the program's, empty for all of it."""

    id: int
    partner: str
    day: date
    voice: str
    said_by: str
    metric: str
    text: str
    customer: str
    shareable: bool
    review: int | None


def feedback_rows(
    session: Session, partner: str, *, only_shareable: bool = False, since: date | None = None
) -> tuple[FeedbackRow, ...]:
    """What was said about a partner, the newest first. A document for the partner asks for shareable ones only."""
    where = [feedback.c.partner == partner]
    if only_shareable:
        where.append(feedback.c.shareable.is_(True))
    if since is not None:
        where.append(feedback.c.day >= since)
    query = shaped(FeedbackRow, feedback).where(*where).order_by(feedback.c.day.desc(), feedback.c.id.desc())
    return rows(session, FeedbackRow, query)
