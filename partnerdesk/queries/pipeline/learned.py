"""What the book's own record teaches about chances, learned once for a state of the book."""

from datetime import date

from sqlalchemy.orm import Session

from partnerdesk.forecast.chances import Chances
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import state

_kept: dict[tuple[str, ...], tuple[tuple[object, ...], Chances]] = {}


def chances_at(session: Session, as_of: date, sources: tuple[str, ...]) -> Chances:
    """The chances that these kinds of facts teach; the newest are kept for each kinds."""
    now = (*state(session), as_of)
    if sources not in _kept or _kept[sources][0] != now:
        _kept[sources] = now, Chances(facts(session, kinds=sources), as_of)
    return _kept[sources][1]
