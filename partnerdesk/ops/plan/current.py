"""Where both sides stand on the day, for the screen: the document's own figures, and the names that answer why."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from partnerdesk.engine.trace import name
from partnerdesk.ops.pack.standing import revenue_metric
from partnerdesk.ops.plan.gathered import gathered
from partnerdesk.queries.figures import programs
from partnerdesk.reports.plan.data import Standing


@dataclass(frozen=True, slots=True)
class Current:
    """`revenue` holds the figure id of each quarter of the standing; empty where there is none."""

    standing: Standing
    currency: str
    revenue: tuple[str, ...]
    score: str


def current_state(session: Session, plan: int, as_of: date) -> Current:
    """Installed base, revenue of four quarters, tier and score, certificates, what was won, from the book."""
    document = gathered(session, plan, as_of).document
    standing, known = document.standing, programs(session)
    metric = revenue_metric(known[-1]) if known else ""
    asked = tuple(name("metric", metric, q.label) if metric else "" for q in standing.revenue)
    score = name("score", standing.score_period) if standing.score_period else ""
    return Current(standing, document.currency, asked, score)
