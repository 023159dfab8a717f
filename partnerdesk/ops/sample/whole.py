"""The whole sample book as one op: the invented world, its program in two versions, its past, agreements, its day."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from partnerdesk.models.base import irreversible
from partnerdesk.models.book import book
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.sample import AS_OF, SYSTEM, Planted, make_sample
from partnerdesk.ops.sample.agreeing import tell_agreements
from partnerdesk.ops.sample.history import tell_history
from partnerdesk.ops.sample.meeting_book import tell_meetings
from partnerdesk.paths import resource

PROGRAM = "programs/fennmark"


@irreversible  # taking it back would leave an empty book that says it is the sample
def fill_sample_book(session: Session) -> Planted:
    """Fills an empty book; returns what was planted in it."""
    session.execute(update(book).values(as_of=AS_OF))
    for file in sorted(resource(PROGRAM).glob("*.toml")):
        add_version(session, file.read_text(encoding="utf-8"), file.name)
    planted = make_sample(session)
    tell_history(session, AS_OF, system=SYSTEM)
    tell_agreements(session, AS_OF)
    tell_meetings(session, AS_OF)
    return planted
