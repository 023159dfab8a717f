"""The multipliers of a line: by tier, by a metric, by a table, by days; several are multiplied."""

from datetime import timedelta
from decimal import Decimal

from partnerdesk.engine.figures.figure import N, Option, winner
from partnerdesk.engine.figures.reasons import exact_words
from partnerdesk.engine.metrics.metrics import measured
from partnerdesk.engine.money import ONE
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.rules import FactorEntry
from partnerdesk.engine.terms.earnings import EarningTerms, Event
from partnerdesk.engine.terms.tables import FactorTerms, entry_words
from partnerdesk.engine.tiers.needs import met
from partnerdesk.engine.world.where import Predicate


def multiplier(reckoning: Reckoning[N], terms: EarningTerms, event: Event, tier: str) -> N | None:
    """The product of a rule's multipliers; None where it has none."""
    if len(terms.factors) == 1:
        return _factor(reckoning, terms, terms.factors[0], event, tier)
    found = [_factor(reckoning, terms, factor, event, tier) for factor in terms.factors]
    return reckoning.arithmetic.product(found, "1", "factors") if found else None


def _factor(reckoning: Reckoning[N], terms: EarningTerms, factor: FactorTerms, event: Event, tier: str) -> N:
    ar = reckoning.arithmetic
    if tier in factor.by_tier:
        return ar.choice(factor.by_tier, tier, "1", "factor", factor.origin)
    if factor.metric is not None:
        return _by_metric(reckoning, factor, event)
    if factor.rule.days:
        return _by_days(reckoning, terms, factor, event)
    options = [
        Option(
            rule.factor,
            _fits(reckoning, terms, (rule, passes), event, tier),
            conditions,
            says=_says(terms, rule) if ar.traced else "",
        )
        for rule, passes, conditions in factor.entries
    ]
    if winner(options, "") is None:
        return ar.because(ar.rule(ONE, "1", "factor", factor.origin), "no entry of the table applies")
    return ar.entry(options, "", "1", "factor", factor.origin)


def _says(terms: EarningTerms, rule: FactorEntry) -> str:
    """An entry in words: "product's family Pro: 0.75"."""
    return f"{entry_words(terms.version.program, rule)}: {exact_words(rule.factor)}"


def _fits(
    reckoning: Reckoning[N], terms: EarningTerms, asks: tuple[FactorEntry, Predicate | None], event: Event, tier: str
) -> bool:
    rule, passes = asks
    if rule.tier and tier not in rule.tier:
        return False
    if passes is not None and not passes(event.fact, event.world or reckoning.world):
        return False
    return rule.when is None or met(reckoning, terms.version, rule.when, event.period)


def _by_metric(reckoning: Reckoning[N], factor: FactorTerms, event: Event) -> N:
    """A metric on a scale, or the metric itself; 1 where it is not evaluated."""
    ar, metric = reckoning.arithmetic, factor.metric
    assert metric
    value = measured(reckoning, metric, event.period).value
    if value is None:
        return ar.because(ar.rule(ONE, "1", "factor", factor.origin), "its metric is not evaluated")
    label = f"factor by {metric.metric.says}"
    return ar.scale(value, factor.points, "1", label, factor.origin) if factor.points else ar.labelled(value, label)


def _by_days(reckoning: Reckoning[N], terms: EarningTerms, factor: FactorTerms, event: Event) -> N:
    """The days of the period that count, of the version, the partner or both, over those of the unit of the event."""
    ar, of = reckoning.arithmetic, factor.rule.days_of
    first, last = event.period.start, event.period.end
    if of != "partner":
        later = reckoning.terms.versions[terms.version.number + 1 :]
        first = max(first, terms.version.start)
        last = min(last, later[0].start - timedelta(days=1)) if later else last
    if of != "version":
        partner = reckoning.world.partner
        first, last = max(first, partner.joined or first), min(last, partner.left or last)
    unit = reckoning.calendar.at(event.day, factor.rule.days)
    days = Decimal(max(0, (last - first).days + 1))
    counted = ar.rule(days, "days", "days in force" if of == "version" else "days in the program", factor.origin)
    whole = ar.rule(Decimal((unit.end - unit.start).days + 1), "days", f"days of {unit}", factor.origin)
    return ar.quotient(counted, whole, "1", "share of days")
