"""The events of one rule for one partner, in order of (day, id)."""

from collections.abc import Iterable, Iterator
from datetime import date

from partnerdesk.engine.earnings.streams import rules
from partnerdesk.engine.earnings.terms import EarningTerms, Event
from partnerdesk.engine.earnings.triggers import Trigger
from partnerdesk.engine.figure import Excluded, N
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.where import failing


def events(
    reckoning: Reckoning[N], terms: EarningTerms, first: date, last: date, left_out: list[Excluded]
) -> Iterable[Event]:
    """The events of a rule from `first` to `last`; what the filter refuses goes to `left_out`."""
    if terms.trigger is None:
        return terms.period_ends(first, min(last, terms.version.last))
    return _of_facts(reckoning, terms, terms.trigger, (first, last), left_out)


def _of_facts(
    reckoning: Reckoning[N],
    terms: EarningTerms,
    trigger: Trigger,
    days: tuple[date, date],
    left_out: list[Excluded],
) -> Iterator[Event]:
    world, rule, (first, last) = reckoning.world, terms.rule, days
    seen: set[str] = set()
    for row in world.series(trigger.kind, trigger.day).between(None if rule.once_per else first, last):
        if terms.happens is not None and not terms.happens(row, world):
            continue
        day = getattr(row, trigger.day)
        reason = ""
        if terms.passes is not None and not terms.passes(row, world):
            reason = failing(terms.kind, rule.where, row, world)
        elif rule.once_per:
            # The first one counts wherever it lies: a new version does not pay a second first.
            owner = getattr(row, rule.once_per, None) or row.id
            reason = f"only the first one per {rule.once_per} counts" if owner in seen else ""
            seen.add(owner)
        if day < first or (terms.version.shares_days and not rules(reckoning, terms, row, day)):
            continue
        if reason:
            left_out.append(Excluded(row, reason, rule.reference, day=day))
        else:
            period = reckoning.calendar.at(day, reckoning.terms.statements)
            yield Event(day, period, period, row)
