"""What lies ahead of a partner: the two runs of `engine.forecast` on the book's facts."""

from datetime import date

from sqlalchemy.orm import Session

from partnerdesk.engine.evaluate import kinds_used
from partnerdesk.engine.forecast import Ahead, ahead
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import needed_programs
from partnerdesk.queries.statements.archive import posted


def outlook(session: Session, partner: str, as_of: date, months: int = 6) -> Ahead:
    """Scheduled, and if every dated open deal and renewal closes, by month over the next `months` months."""
    versions = needed_programs(session)
    found = facts(session, kinds=kinds_used(versions))
    return ahead(versions, found, as_of, months, partner, posted(session, partner))
