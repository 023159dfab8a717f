"""The tiers that partners below hold, as a metric counts them; each was worked out before the one above it."""

from datetime import date

from partnerdesk.engine.figures.figure import Excluded, N
from partnerdesk.engine.figures.reasons import day_words
from partnerdesk.engine.money import ONE
from partnerdesk.engine.outcome import TierHeld
from partnerdesk.engine.reckoning import Drawn, Reckoning
from partnerdesk.engine.terms.metrics import MetricTerms
from partnerdesk.engine.world.where import TIER_HELD
from partnerdesk.engine.world.where_words import failing
from partnerdesk.engine.world.world import World


def tiers_drawn(reckoning: Reckoning[N], terms: MetricTerms) -> Drawn[N]:
    """The stretches that pass the metric's filter, by the day that the metric asks for, in order of (day, id)."""
    found = []
    for world in reckoning.world.tree.worlds(terms.metric.whose):
        for held in reckoning.tiers_below.get(world.partner.id, ()):
            day: date | None = getattr(held, terms.metric.day or "start")
            if day is not None and (terms.passes is None or terms.passes(held, world)):
                found.append((day, held, world))
    found.sort(key=lambda one: (one[0], one[1].id))
    owners = {held.id: (world,) for _, held, world in found}
    is_numbered = terms.weighs or reckoning.arithmetic.traced
    numbers = [_number(reckoning, terms, held, world) for _, held, world in found] if is_numbered else []
    return Drawn([day for day, *_ in found], [held for _, held, _ in found], numbers, {}, owners)


def _number(reckoning: Reckoning[N], terms: MetricTerms, held: TierHeld, world: World) -> N:
    """What one counts for: once, times what the tables say."""
    ar, name = reckoning.arithmetic, world.partner.name or world.partner.id
    once = ar.leaf(world.partner, "", ONE, terms.fact_unit, f"{name}: {held.tier} since {day_words(held.start)}")
    if not terms.tables:
        return once
    factors = [table.factor(ar, held, world) for table in terms.tables]
    return ar.product([once, *factors], terms.fact_unit, terms.metric.says)


def other_tiers(reckoning: Reckoning[N], terms: MetricTerms, end: date) -> tuple[Excluded, ...]:
    """The partners below that hold another tier on the last day of a window than those which count."""
    found = []
    for world in reckoning.world.tree.worlds(terms.metric.whose):
        for held in reckoning.tiers_below.get(world.partner.id, ()):
            is_held = held.start <= end and (held.end is None or held.end >= end)
            if is_held and terms.passes is not None and not terms.passes(held, world):
                reason = failing(TIER_HELD, terms.metric.where, held, world)
                found.append(Excluded(world.partner, reason, terms.metric.reference, day=held.start))
    return tuple(found)
