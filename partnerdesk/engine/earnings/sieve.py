"""Which events of a rule count, where more than the event itself decides: streams, firsts, counts, active customers."""

from collections import defaultdict
from typing import Generic

from partnerdesk.engine.earnings.streams import began, is_active, stream_of
from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.figures.reasons import day_words
from partnerdesk.engine.period import add_months
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.terms.earnings import EarningTerms, Event
from partnerdesk.engine.world.where_words import failing


class Sieve(Generic[N]):
    """Takes the events of one rule in order and remembers what it has seen of each series."""

    def __init__(self, reckoning: Reckoning[N], terms: EarningTerms) -> None:
        self.reckoning, self.terms, self.rule = reckoning, terms, terms.rule
        self.seen: set[object] = set()
        self.counted: dict[object, int] = defaultdict(int)

    def refuses(self, event: Event) -> str:
        """Why an event does not count; empty when it does. Every event is asked about once, in order."""
        terms, rule, world = self.terms, self.rule, event.world or self.reckoning.world
        if terms.passes is not None and not terms.passes(event.fact, world):
            return failing(terms.kind, rule.where, event.fact, world)
        if rule.while_active:
            customer = world.customer_of(event.fact)
            if not is_active(world, customer, event.day):
                return "the customer has no contract in force on that day"
        return self._too_late(event) or self._not_first(event) or self._not_counted(event)

    def _too_late(self, event: Event) -> str:
        months = self.rule.for_months
        if months is None:
            return ""
        start = began(self.reckoning, self.terms, event)
        if event.day < add_months(start, months):
            return ""
        return f"{months} months have passed since its {self.rule.stream} began on {day_words(start)}"

    def _not_first(self, event: Event) -> str:
        """The first one counts wherever it lies: a new version does not pay a second first."""
        per = self.rule.once_per
        if not per:
            return ""
        owner = self._owner(per, event)
        if owner in self.seen:
            return f"only the first one per {per} counts"
        self.seen.add(owner)
        return ""

    def _not_counted(self, event: Event) -> str:
        count = self.rule.count
        if count is None:
            return ""
        owner = self._owner(count.per, event)
        key = owner, self.reckoning.label(event.day, count.over, owner) if count.over else ""
        self.counted[key] += 1
        place = self.counted[key]
        of = f"of its {count.per}" + (f" in the {count.over}" if count.over else "")
        if place < count.first:
            return f"it is number {place} {of}; counted from number {count.first} on"
        if count.last is not None and place > count.last:
            return f"it is number {place} {of}; counted up to number {count.last}"
        return ""

    def _owner(self, per: str, event: Event) -> object:
        """What a series belongs to; an event without it is a series of its own."""
        fact, kind, world = event.fact, self.terms.kind, event.world or self.reckoning.world
        match per:
            case "partner":
                return world.partner.id
            case "tier":
                return event.tier
            case "stream":
                return stream_of(self.rule.stream, kind, fact, world)
            case "customer":
                found = world.customer_of(fact)
            case _:
                found = fact.id if kind == per else getattr(fact, per, None)
        return found or (kind, fact.id)
