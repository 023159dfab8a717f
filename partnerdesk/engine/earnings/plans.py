"""The rules of all versions on the days on which each works, and whose event comes next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.terms.earnings import EarningTerms, Event
from partnerdesk.engine.terms.versions import Terms
from partnerdesk.engine.tiers.needs import Holds, ready


@dataclass(slots=True)
class Plan:
    """A rule on the days on which it works: its place in the text, what must hold, what is left of its events."""

    order: int
    terms: EarningTerms
    first: date
    last: date
    holds: Holds | None
    is_shared: bool  # versions share these days, or freeze their rules
    has_namesakes: bool  # another version has other events under its name: one fact may have a line under each
    sieve: Any = None  # of a rule on own lines, which come one by one
    left: Iterator[Event] = iter(())
    ahead: Event | None = None
    is_busy: bool = False


def plans_of(reckoning: Reckoning[Any], first: date) -> list[Plan]:
    """The rules that may have events of a partner whose periods begin on a day, version by version."""
    terms = reckoning.terms
    if terms.works is None:
        terms.works = [*_works(terms)]
    return [
        Plan(order, rule, max(first, start), last, *how)
        for order, rule, start, last, *how in terms.works
        if max(first, start) <= last
    ]


def _works(terms: Terms) -> Iterator[tuple[int, EarningTerms, date, date, Holds | None, bool, bool]]:
    """What a plan of each rule needs that is the same for all partners, its first day as far as the version says."""
    several = _of_several_sources(terms)
    for version in terms.versions:
        for order, rule in enumerate(version.earnings.values()):
            is_frozen, when = rule.key in terms.frozen, rule.rule.when
            last = terms.as_of if is_frozen else version.rules_to
            holds = ready(version, when) if when is not None else None
            is_shared = is_frozen or version.shares_days
            yield order, rule, version.start, last, holds, is_shared, rule.key in several


def _of_several_sources(terms: Terms) -> set[str]:
    """The earnings whose events in one version are others than in another one."""
    sources: dict[str, tuple[str, ...]] = {}
    found = set()
    for version in terms.versions:
        for key, rule in version.earnings.items():
            if sources.setdefault(key, rule.source) != rule.source:
                found.add(key)
    return found


def next_of(group: Sequence[Plan]) -> Plan | None:
    """The rule whose event comes next, the earlier version first on one day; none where none has any, or is at work."""
    found, place = None, (date.max, "")
    for plan in group:
        if plan.is_busy:
            continue
        if plan.ahead is None:
            plan.is_busy = True  # what is asked meanwhile does not ask it
            plan.ahead = next(plan.left, None)
            plan.is_busy = plan.ahead is None  # for good, once it has no more
        if plan.ahead is not None:
            own = plan.ahead.day, plan.ahead.fact.id if plan.ahead.fact is not None else ""
            if found is None or own < place:
                found, place = plan, own
    return found
