"""What can trigger an earning, and the events of one rule in order of day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, TypeVar

from partnerdesk.engine.figure import Excluded
from partnerdesk.engine.period import Period, periods
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.rules import Earning, Test, Where
from partnerdesk.engine.where import failing, predicate

N = TypeVar("N")


@dataclass(frozen=True, slots=True)
class Trigger:
    """A kind of fact, the attribute that dates the event, what makes it this event, and its words."""

    kind: str
    day: str
    where: Where
    says: str


def _is(attribute: str, *values: str) -> Where:
    return (Test(attribute=attribute, one_of=values),)


def _known(attribute: str) -> Where:
    return (Test(attribute=attribute, is_set=True),)


PERIOD_END = "period end"
TRIGGERS: dict[str, Trigger] = {
    "deal registered": Trigger("deal", "registered", _known("registered"), "a deal is registered"),
    "deal won": Trigger("deal", "closed", _is("status", "won"), "a deal is won"),
    "contract started": Trigger("contract", "start", _known("start"), "a contract starts"),
    "contract renewed": Trigger(
        "contract", "outcome_on", _is("outcome", "renewed", "expanded"), "a contract is renewed"
    ),
    "invoice issued": Trigger("transaction", "day", _is("kind", "invoice", "credit-note"), "an invoice is issued"),
    "payment received": Trigger("transaction", "day", _is("kind", "payment"), "a customer's payment arrives"),
    "usage reported": Trigger("transaction", "day", _is("kind", "usage"), "usage is reported"),
    "customer live": Trigger("deployment", "live", _known("live"), "a deployment goes live"),
    "first value": Trigger("deployment", "first_value", _known("first_value"), "a customer reaches first value"),
    "quality reviewed": Trigger("deployment", "reviewed", _known("reviewed"), "a deployment's quality is reviewed"),
    "survey answered": Trigger("survey", "day", _known("day"), "a survey is answered"),
    "certification awarded": Trigger("certification", "awarded", _known("awarded"), "a certification is awarded"),
    "activity verified": Trigger("activity", "day", _known("verified_by"), "an activity is verified"),
}


class Event(NamedTuple):
    """One occurrence: its day and fact, or its period for `period end`."""

    day: date
    fact: Any
    period: Period | None


def events(
    reckoning: Reckoning[N], rule: Earning, first: date, last: date, left_out: list[Excluded]
) -> Iterator[Event]:
    """The events of a rule from `first` to `last` in order of (day, id); what the filter refuses goes to `left_out`."""
    if rule.on == PERIOD_END:
        for period in periods(first, last, rule.every or "quarter", reckoning.programs[-1].fiscal_year_starts):
            if first <= period.end <= last:
                yield Event(period.end, None, period)
        return
    trigger = TRIGGERS[rule.on]
    world = reckoning.world
    happens, passes = predicate(trigger.kind, trigger.where), predicate(trigger.kind, rule.where)
    seen: set[str] = set()
    series = world.series(trigger.kind, trigger.day)
    for row in series.between(first, last):
        if happens is not None and not happens(row, world):
            continue
        if passes is not None and not passes(row, world):
            left_out.append(Excluded(row, failing(trigger.kind, rule.where, row, world), rule.reference))
            continue
        if rule.once_per:
            owner = getattr(row, rule.once_per, None) or row.id
            if owner in seen:
                left_out.append(Excluded(row, f"only the first one per {rule.once_per} counts", rule.reference))
                continue
            seen.add(owner)
        yield Event(getattr(row, trigger.day), row, None)
