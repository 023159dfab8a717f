"""Whether an event belongs to a group that counts in a metric: a customer whose own spend reaches some amount."""

from typing import Any

from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.metrics.groups import counting
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.terms.earnings import EarningTerms, Event
from partnerdesk.engine.world.where import getter
from partnerdesk.engine.world.where_words import spoken

CUSTOMER = "customer"


def outside_groups(reckoning: Reckoning[N], terms: EarningTerms, event: Event) -> str:
    """Why an event is not of a group that the rule asks for; empty where it is. Raises MissingRate."""
    for metric, is_in in terms.groups:
        rule = metric.metric.groups
        assert rule
        own = _group(reckoning, terms, event, rule.by)
        if (own in counting(reckoning, metric, event.period, 0)) != is_in:
            verb = "does not count" if is_in else "counts"
            return f"its {spoken(rule.by)} {verb} in {metric.metric.says}"
    return ""


def _group(reckoning: Reckoning[N], terms: EarningTerms, event: Event, by: str) -> Any:
    """What an event's group is called; its customer is also that of its deal or contract."""
    world = event.world or reckoning.world
    return world.customer_of(event.fact) if by == CUSTOMER else getter(terms.kind, by)(event.fact, world)
