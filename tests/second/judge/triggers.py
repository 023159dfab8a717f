"""Which facts of a partner are events of an earning, and on which day."""

from datetime import date
from typing import Any

from partnerdesk.engine.rules import Earning
from tests.second.judge.book import Case, mine
from tests.second.judge.filters import passes

# The kind and the day of each named trigger, an attribute and the values of it that make the event.
NAMED: dict[str, tuple[str, str, str, tuple[str, ...]]] = {
    "deal registered": ("deal", "registered", "", ()),
    "deal won": ("deal", "closed", "status", ("won",)),
    "contract started": ("contract", "start", "", ()),
    "contract renewed": ("contract", "outcome_on", "outcome", ("renewed", "expanded")),
    "invoice issued": ("transaction", "day", "kind", ("invoice", "credit-note")),
    "payment received": ("transaction", "day", "kind", ("payment",)),
    "usage reported": ("transaction", "day", "kind", ("usage",)),
    "customer live": ("deployment", "live", "", ()),
    "first value": ("deployment", "first_value", "", ()),
    "quality reviewed": ("deployment", "reviewed", "", ()),
    "survey answered": ("survey", "day", "", ()),
    "certification awarded": ("certification", "awarded", "", ()),
    "activity verified": ("activity", "day", "verified_by", ()),
}


def trigger_of(earning: Earning) -> tuple[str, str]:
    """The kind of fact and the day of it that trigger an earning; nothing where no fact does."""
    if earning.trigger:
        return earning.trigger.fact, earning.trigger.day
    return NAMED[earning.on][:2] if earning.on in NAMED else ("", "")


def happens(earning: Earning, row: Any) -> bool:
    """Whether a fact of the trigger's kind is this event, on a day that is known."""
    _, day = trigger_of(earning)
    if getattr(row, day) is None:
        return False
    name, values = NAMED[earning.on][2:] if earning.on in NAMED else ("", ())
    if not name:
        return True
    value = getattr(row, name)
    return value in values if values else value not in (None, "")


def happenings(case: Case, earning: Earning) -> list[tuple[str, Any, date]]:
    """All facts of a partner that are events of an earning and pass its filter, whenever they were."""
    kind, day = trigger_of(earning)
    found = [row for row in mine(case, kind) if happens(earning, row)] if kind else []
    return [(kind, row, getattr(row, day)) for row in found if passes(case, kind, row, earning.where)]
