"""The rate and the multiplier of one event: the most specific table entry wins, bands are cut by the base."""

from decimal import Decimal
from typing import Generic, NamedTuple

from partnerdesk.engine.earnings.terms import EarningTerms, Event
from partnerdesk.engine.figure import N, cut_into_bands
from partnerdesk.engine.metrics import measured
from partnerdesk.engine.money import ONE, ZERO
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.rules import Bands, RateEntry


class Rated(NamedTuple, Generic[N]):
    """The gross amount's way: a rate, or slices whose sum already holds the rates; and why this branch."""

    rate: N | None
    gross: N | None
    steps: tuple[tuple[Decimal, Decimal], ...]
    because: str


def rated(
    reckoning: Reckoning[N], terms: EarningTerms, event: Event, tier: str, base: N, before: N | None
) -> Rated[N] | None:
    """The rate of an event, or None when no entry of the table matches it."""
    rate = terms.rule.rate
    assert rate
    if rate.bands:
        return _banded(reckoning, terms, rate.bands, event, base, before)
    ar = reckoning.arithmetic
    if terms.rates:
        return Rated(ar.choice(terms.rates, tier, "%", "rate", terms.rate_origin), None, (), f"{tier} partners earn")
    age = _age(reckoning, terms, event)
    if rate.kind == "by_age":
        steps = [(Decimal(e.from_months), e.rate or ZERO) for e in rate.entries]
        months = ar.given(Decimal(age), "months", "customer's age", terms.rate_origin)
        why = f"the customer is in month {age + 1}"
        return Rated(ar.step(months, steps, "%", "rate", terms.rate_origin), None, (), why)
    entry = _best_entry(reckoning, terms, event, tier, age)
    if entry is None:
        return None
    why = f"{tier} partners earn" if entry.tier else ""
    return Rated(ar.rule(entry.rate or ZERO, "%", "rate", terms.rate_origin), None, (), why)


def _age(reckoning: Reckoning[N], terms: EarningTerms, event: Event) -> int:
    """The customer's age in whole months, where the rate asks for it."""
    if event.fact is None or not any(entry.from_months for entry, _ in terms.entries):
        return 0
    return reckoning.world.customer_age(reckoning.world.customer_of(event.fact), event.day)


def _best_entry(reckoning: Reckoning[N], terms: EarningTerms, event: Event, tier: str, age: int) -> RateEntry | None:
    """The matching entry with the most conditions; among equals the higher age floor, then the earlier one."""
    best: RateEntry | None = None
    weight = (-1, -1)
    for entry, passes in terms.entries:
        if (entry.tier and tier not in entry.tier) or age < entry.from_months:
            continue
        if passes is not None and not passes(event.fact, reckoning.world):
            continue
        found = (len(entry.where) + bool(entry.tier), entry.from_months)
        if found > weight:
            best, weight = entry, found
    return best


def _banded(
    reckoning: Reckoning[N], terms: EarningTerms, bands: Bands, event: Event, base: N, before: N | None
) -> Rated[N] | None:
    ar, value, steps = reckoning.arithmetic, reckoning.arithmetic.value, terms.steps
    if bands.how == "marginal":
        cut = cut_into_bands(value(base), ZERO if before is None else value(before), steps)
        gross = ar.slices(base, before, steps, cut, reckoning.currency, "slices", terms.rate_origin)
        return Rated(None, gross, cut, "each slice earns its own rate")
    if bands.by:
        looked_up = measured(reckoning, terms.version.metrics[bands.by], event.period).value
        why = f"{terms.version.program.metric[bands.by].says} picks the band"
    else:
        # An amount below zero takes back what an amount of its size earned.
        looked_up = base if base >= ZERO else ar.negative(base, "its size")
        why = "the whole amount earns the rate of the band it reaches"
    if looked_up is None or looked_up < steps[0][0]:
        return None
    return Rated(ar.step(looked_up, steps, "%", "rate", terms.rate_origin), None, (), why)


def multiplier(reckoning: Reckoning[N], terms: EarningTerms, event: Event, tier: str) -> N | None:
    """The factor of a rule: by tier, or a metric on a scale (1 where the metric is not evaluated)."""
    ar, where = reckoning.arithmetic, terms.factor_origin
    if terms.factors:
        return ar.choice(terms.factors, tier, "1", "factor", where)
    if not terms.rule.factor:
        return None
    factor = terms.rule.factor[0]
    value = measured(reckoning, terms.version.metrics[factor.metric], event.period).value
    if value is None:
        return ar.because(ar.rule(ONE, "1", "factor", where), "its metric is not evaluated")
    points = [(p.at, p.points) for p in factor.scale]
    label = f"factor by {terms.version.program.metric[factor.metric].says}"
    return ar.scale(value, points, "1", label, where)
