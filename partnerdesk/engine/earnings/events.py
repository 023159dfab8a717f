"""The events of one rule for one partner, in order of (day, id)."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple, TypeVar

from partnerdesk.engine.earnings.terms import EarningTerms
from partnerdesk.engine.figure import Excluded
from partnerdesk.engine.period import Period
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.where import failing

N = TypeVar("N")


class Event(NamedTuple):
    """One occurrence: its day, the period it is judged in, and its fact (none at a period's end)."""

    day: date
    period: Period
    fact: Any = None


def events(
    reckoning: Reckoning[N], terms: EarningTerms, first: date, last: date, left_out: list[Excluded]
) -> Iterator[Event]:
    """The events of a rule from `first` to `last`; what the filter refuses goes to `left_out`."""
    if terms.trigger is None:
        for period in reckoning.calendar.between(first, last, terms.rule.every or "quarter"):
            if period.end <= last:
                yield Event(period.end, period)
        return
    world, rule = reckoning.world, terms.rule
    series = world.series(terms.kind, terms.trigger.day)
    seen: set[str] = set()
    for row in series.between(None if rule.once_per else first, last):
        if terms.happens is not None and not terms.happens(row, world):
            continue
        day = getattr(row, terms.trigger.day)
        reason = ""
        if terms.passes is not None and not terms.passes(row, world):
            reason = failing(terms.kind, rule.where, row, world)
        elif rule.once_per:
            # The first one counts wherever it lies: a new version does not pay a second first.
            owner = getattr(row, rule.once_per, None) or row.id
            reason = f"only the first one per {rule.once_per} counts" if owner in seen else ""
            seen.add(owner)
        if day < first:
            continue
        if reason:
            left_out.append(Excluded(row, reason, rule.reference, day=day))
        else:
            yield Event(day, reckoning.terms.statement_period(day), row)
