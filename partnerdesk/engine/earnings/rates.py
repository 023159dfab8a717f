"""The rate and the multiplier of one event: the most specific table entry wins, bands are cut by the base."""

from decimal import Decimal
from typing import NamedTuple, TypeVar

from partnerdesk.engine.earnings.triggers import TRIGGERS, Event
from partnerdesk.engine.figure import cut_into_bands
from partnerdesk.engine.metrics import measured, unit_of
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.period import Period
from partnerdesk.engine.reckoning import Reckoning, origin
from partnerdesk.engine.rules import Bands, Earning, Factor, Program, RateEntry
from partnerdesk.engine.where import predicate

N = TypeVar("N")


class Rated(NamedTuple):
    """The gross amount's way: a rate, or slices whose sum already holds the rates; and why this branch."""

    rate: object | None
    gross: object | None
    steps: tuple[tuple[Decimal, Decimal], ...]
    because: str


def rated(
    reckoning: Reckoning[N],
    program: Program,
    key: str,
    rule: Earning,
    event: Event,
    tier: str,
    base: N,
    before: N | None,
) -> Rated | None:
    """The rate of an event, or None when no entry of the table matches it."""
    assert rule.rate
    if rule.rate.bands:
        return _banded(reckoning, program, key, rule.rate.bands, event, base, before)
    entry, age = _best_entry(reckoning, rule, event, tier)
    if entry is None:
        return None
    ar, where = reckoning.arithmetic, origin(program, f"earning.{key}.rate")
    if rule.rate.kind == "by_tier":
        table = [(e.tier[0], e.rate) for e in rule.rate.entries]
        return Rated(ar.choice(table, tier, "%", "rate", where), None, (), f"{tier} partners earn")
    if rule.rate.kind == "by_age":
        steps = [(Decimal(e.from_months), e.rate) for e in rule.rate.entries]
        months = ar.given(Decimal(age), "months", "customer's age", where)
        why = f"the customer is in month {age + 1}"
        return Rated(ar.step(months, steps, "%", "rate", where), None, (), why)
    why = f"{tier} partners earn" if entry.tier else ""
    return Rated(ar.rule(entry.rate, "%", "rate", where), None, (), why)


def _best_entry(reckoning: Reckoning[N], rule: Earning, event: Event, tier: str) -> tuple[RateEntry | None, int]:
    """The matching entry with the most conditions; among equals the higher age floor, then the earlier one."""
    assert rule.rate
    customer = getattr(event.fact, "customer", None)
    aged = any(e.from_months for e in rule.rate.entries)
    age = reckoning.world.customer_age(customer, event.day) if aged else 0
    best: RateEntry | None = None
    weight = (-1, -1)
    for entry in rule.rate.entries:
        if (entry.tier and tier not in entry.tier) or age < entry.from_months:
            continue
        if entry.where and event.fact is not None:
            passes = predicate(TRIGGERS[rule.on].kind, entry.where)
            if passes is not None and not passes(event.fact, reckoning.world):
                continue
        found = (len(entry.where) + bool(entry.tier), entry.from_months)
        if found > weight:
            best, weight = entry, found
    return best, age


def _banded(
    reckoning: Reckoning[N], program: Program, key: str, bands: Bands, event: Event, base: N, before: N | None
) -> Rated | None:
    ar, where = reckoning.arithmetic, origin(program, f"earning.{key}.rate.bands")
    steps = [(s.floor, s.rate) for s in bands.steps]
    currency = reckoning.world.currency
    if bands.how == "marginal":
        gross = ar.slices(base, before, steps, currency, "slices", where)
        cut = cut_into_bands(ar.value(base), ar.value(before) if before is not None else ZERO, steps)
        return Rated(None, gross, tuple(cut), "each slice earns its own rate")
    if bands.by:
        assert event.period is not None
        lookup = measured(reckoning, bands.by, event.period).value
        if lookup is None:
            return None
        why = f"{program.metric[bands.by].says} picks the band"
    else:
        lookup, why = base, "the whole amount earns the rate of the band it reaches"
    if ar.value(lookup) < steps[0][0]:
        return None
    return Rated(ar.step(lookup, steps, "%", "rate", where), None, (), why)


def multiplier(
    reckoning: Reckoning[N], program: Program, key: str, factor: Factor, period: Period, tier: str
) -> N | None:
    """The factor of a rule: by tier, or a metric on a scale (1 where the metric is not evaluated)."""
    ar, where = reckoning.arithmetic, origin(program, f"earning.{key}.factor")
    if factor.by_tier:
        return ar.choice(list(factor.by_tier.items()), tier, "1", "factor", where)
    value = measured(reckoning, factor.metric, period).value
    if value is None:
        return ar.because(ar.rule(Decimal(1), "1", "factor", where), "its metric is not evaluated")
    points = [(p.at, p.points) for p in factor.scale]
    label = f"factor by {program.metric[factor.metric].says}"
    return ar.scale(value, points, "1", label, where)


def metric_base(reckoning: Reckoning[N], program: Program, name: str, period: Period) -> N | None:
    """A metric as the base of an earning; None when it is not evaluated or not in money."""
    number = measured(reckoning, name, period)
    return number.value if unit_of(program, name, reckoning.world.currency) == reckoning.world.currency else None
