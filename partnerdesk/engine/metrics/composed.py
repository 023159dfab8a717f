"""Metrics made of other metrics: which numbers each asks for, and what is made of them."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from operator import sub, truediv
from typing import Any, TypeAlias

from partnerdesk.engine.figures.figure import N, is_inside, is_zero
from partnerdesk.engine.figures.reasons import day_words, factor_words
from partnerdesk.engine.money import ONE, ZERO
from partnerdesk.engine.period import Period, months_between
from partnerdesk.engine.reckoning import Measured, Reckoning
from partnerdesk.engine.semantics import ENDS_BEFORE_JOINING, LOOKS_BACK_TO_COUNTED, MEASURES_ALIKE, WEIGHS_TOGETHER
from partnerdesk.engine.terms.keeps import best_of, bounds_of
from partnerdesk.engine.terms.measured import counted_of
from partnerdesk.engine.terms.metrics import MetricTerms
from partnerdesk.engine.world.tree import OWN
from partnerdesk.engine.world.where import MADE

# A metric, the period it is asked for, and how many months its window lies before.
Ask: TypeAlias = tuple[MetricTerms, Period, int]


def asked(reckoning: Reckoning[Any], terms: MetricTerms, period: Period, back: int) -> list[Ask]:
    """The numbers that a metric is made of, in order."""
    metric = terms.metric
    if metric.series:
        return [(terms.parts[0], part, back) for part in _parts_of_window(reckoning, terms, period, back)]
    return [(part, period, back) for part in terms.parts]


def _parts_of_window(reckoning: Reckoning[Any], terms: MetricTerms, period: Period, back: int) -> list[Period]:
    """The periods of a series: those of the window that have begun, none before the partner's first day."""
    assert terms.metric.series
    start, end = terms.window(period, 0, reckoning.world.partner)
    since = reckoning.world.since
    first = start or since
    if first is None and reckoning.semantics >= LOOKS_BACK_TO_COUNTED:
        first = _first_counted(reckoning, terms)
    if terms.metric.window.span != "next":
        end = min(end, reckoning.as_of)
    if first is None or first > end:
        return []
    calendar = reckoning.calendar
    earlier = calendar.stepped_end if reckoning.semantics >= MEASURES_ALIKE else calendar.stepped
    is_before = start is None and since is not None and earlier(end, -back) < since
    if is_before and reckoning.semantics >= ENDS_BEFORE_JOINING:
        return []
    parts = calendar.between(first, end, terms.metric.series.each)
    return [part for part in parts if since is None or earlier(part.end, -back) >= since]


def _first_counted(reckoning: Reckoning[Any], terms: MetricTerms) -> date | None:
    """The first day of a fact that the version's metrics count, the partner's own or one of another partner's."""
    metrics = terms.version.program.metric.values()
    tree = reckoning.world.tree
    days = [
        world.first_day(metric.of, metric.day)
        for metric in metrics
        if metric.of and metric.of not in MADE
        for world in ([reckoning.world] if metric.whose == OWN else tree.worlds(metric.whose))
    ]
    return min((day for day in days if day is not None), default=None)


def composed(
    reckoning: Reckoning[N], terms: MetricTerms, asks: Sequence[Ask], found: Sequence[Measured[N]]
) -> Measured[N]:
    """What is made of the numbers that were asked for."""
    if terms.way == "series":
        return _series(reckoning, terms, asks, found)
    way = _OF_SOME.get(terms.way)
    if way is not None:
        return way(reckoning, terms, found)
    numbers = []
    for part in found:
        if part.value is None:
            return Measured(None, part.missing, is_broken=any(part.is_broken for part in found))
        numbers.append(part.value)
    return _OF_ALL[terms.way](reckoning, terms, numbers, sum([part.counted for part in found]))


def _ratio(reckoning: Reckoning[N], terms: MetricTerms, numbers: Sequence[N], counted: int) -> Measured[N]:
    above, below = numbers
    if is_zero(below):
        return Measured(None, f"{terms.parts[1].metric.says} is zero")
    return Measured(reckoning.arithmetic.quotient(above, below, terms.unit, terms.metric.says), "", counted)


def _power(reckoning: Reckoning[N], terms: MetricTerms, numbers: Sequence[N], counted: int) -> Measured[N]:
    assert terms.metric.power
    number = reckoning.arithmetic.power(numbers[0], terms.metric.power.to, terms.unit, terms.metric.says)
    return Measured(number, "", counted)


def _product(reckoning: Reckoning[N], terms: MetricTerms, numbers: Sequence[N], counted: int) -> Measured[N]:
    return Measured(reckoning.arithmetic.product(numbers, terms.unit, terms.metric.says), "", counted)


def _total(reckoning: Reckoning[N], terms: MetricTerms, numbers: Sequence[N], counted: int) -> Measured[N]:
    ar, where = reckoning.arithmetic, terms.version.origin(f"metric.{terms.name}.total")
    parts = []
    for term, inner, number in zip(terms.metric.total, terms.parts, numbers, strict=True):
        if term.times == -ONE:
            parts.append(ar.negative(number, inner.metric.says))
        elif term.times == ONE:
            parts.append(number)
        else:
            times = ar.rule(term.times, "1", "times", where)
            parts.append(ar.product([times, number], terms.unit, f"{inner.metric.says} × {factor_words(term.times)}"))
    return Measured(ar.sum(parts, terms.unit, terms.metric.says), "", counted)


@cache
def no_growth(since: str) -> Measured[Any]:
    """One for all of them: what is measured never changes."""
    return Measured(None, f"too little {since} to measure growth")


def grown(reckoning: Reckoning[N], terms: MetricTerms, now: Measured[N], then: Measured[N]) -> Measured[N]:
    """How much a number is above what it was before."""
    if now.value is None or then.value is None:
        return Measured(None, (now if now.value is None else then).missing, is_broken=now.is_broken or then.is_broken)
    metric, ar, counted = terms.metric, reckoning.arithmetic, now.counted + then.counted
    if then.value <= metric.minimum_base or (metric.growth_as != "amount" and is_zero(then.value)):
        return no_growth(metric.growth_from)
    earlier = ar.labelled(then.value, metric.growth_from)
    if metric.growth_as == "ratio":
        return counted_of((ar.quotient(now.value, earlier, terms.unit, metric.says), "", counted, (), False))
    unit = terms.parts[0].unit
    change = ar.difference(now.value, earlier, unit, "increase" if metric.growth_as == "share" else metric.says)
    if metric.growth_as == "amount":
        return counted_of((change, "", counted, (), False))
    return Measured(ar.quotient(change, earlier, terms.unit, metric.says), "", counted)


def plain_change(growth_as: str) -> Callable[[Any, Any], Any]:
    """What growth makes of a plain number and the one before it."""
    if growth_as == "ratio":
        return truediv
    return sub if growth_as == "amount" else lambda now, then: (now - then) / then


def _mix(reckoning: Reckoning[N], terms: MetricTerms, found: Sequence[Measured[N]]) -> Measured[N]:
    """Weighted mean; parts that are not evaluated leave their weight to the others, or the whole is not evaluated."""
    metric, ar = terms.metric, reckoning.arithmetic
    named = [(part.weight, inner.metric.says, m) for part, inner, m in zip(metric.mix, terms.parts, found, strict=True)]
    known = [(weight, says, m.value, m.counted) for weight, says, m in named if m.value is not None]
    if not known:
        return Measured(None, found[0].missing, is_broken=any(part.is_broken for part in found))
    whole = sum((weight for weight, _, _, _ in known), ZERO)
    where = terms.version.origin(f"metric.{terms.name}.mix")
    is_together = reckoning.semantics >= WEIGHS_TOGETHER
    parts = []
    for weight, says, value, _ in known:
        share = ar.rule(weight if is_together else weight / whole, "1", "weight", where)
        parts.append(ar.product([share, value], terms.unit, says))
    mean = ar.sum(parts, terms.unit, metric.says)
    if is_together:
        mean = ar.quotient(mean, ar.rule(whole, "1", "weights together", where), terms.unit, metric.says)
    silent = [says for _, says, m in named if m.value is None]
    why = f"{', '.join(silent)} not evaluated: its weight goes to the others" if silent else ""
    number = ar.because(mean, why)
    return Measured(number, "", max(counted for _, _, _, counted in known))


def _extreme(reckoning: Reckoning[N], terms: MetricTerms, found: Sequence[Measured[N]]) -> Measured[N]:
    """The greatest or least of the metrics that are evaluated."""
    metric, ar = terms.metric, reckoning.arithmetic
    known = [part.value for part in found if part.value is not None]
    if not known:
        return Measured(None, found[0].missing, is_broken=any(part.is_broken for part in found))
    take = ar.greatest if metric.greatest_of else ar.least
    silent = [inner.metric.says for inner, part in zip(terms.parts, found, strict=True) if part.value is None]
    why = f"{', '.join(silent)} not evaluated: left out" if silent else ""
    number = ar.because(take(known, terms.unit, metric.says), why)
    return Measured(number, "", sum(part.counted for part in found))


def _fixed(reckoning: Reckoning[N], terms: MetricTerms, found: Sequence[Measured[N]]) -> Measured[N]:
    assert terms.metric.fixed is not None
    return Measured(reckoning.arithmetic.rule(terms.metric.fixed, terms.unit, terms.metric.says, terms.origin))


def months_since(reckoning: Reckoning[N], terms: MetricTerms, period: Period, back: int) -> Measured[N]:
    """Whole months from a day of the partner to the period's end; none before that day."""
    name, partner = terms.metric.months_since, reckoning.world.partner
    day = getattr(partner, name)
    if day is None:
        return Measured(None, f"the partner's {name.replace('_', ' ')} day is not known")
    end = reckoning.calendar.stepped_end(min(period.end, reckoning.as_of), -back)
    months = Decimal(max(0, months_between(day, end)))
    ar = reckoning.arithmetic
    number = ar.leaf(partner, name, months, terms.unit, terms.metric.says)
    return Measured(ar.because(number, f"from {day_words(day)} to {day_words(end)}"), "", 1)


def _series(
    reckoning: Reckoning[N], terms: MetricTerms, asks: Sequence[Ask], found: Sequence[Measured[N]]
) -> Measured[N]:
    """The parts of a window put together; those that are not evaluated or outside the bounds do not count."""
    metric, ar, rule = terms.metric, reckoning.arithmetic, terms.metric.series
    assert rule
    broken = next((part for part in found if part.is_broken), None)
    if broken is not None:
        return Measured(None, broken.missing, is_broken=True)
    known = [
        ar.labelled(part.value, f"{rule.each} {period.label}{_before(reckoning, back)}")
        for (_, period, back), part in zip(asks, found, strict=True)
        if part.value is not None
    ]
    bounds = bounds_of(rule.keep)
    inside = [number for number in known if is_inside(ar.value(number), bounds)]
    if not known or (not inside and rule.take not in ("count", "sum")):
        return Measured(None, f"no {rule.each} to measure, {terms.words}")
    best = best_of(rule.keep)
    number, inside = ar.kept(rule.take, known, bounds, terms.unit, metric.says, best), inside[:best]
    why = f"{len(inside)} of {len(asks)} {rule.each}s count, {terms.words}"
    return Measured(ar.because(number, why), "", len(inside))


def _before(reckoning: Reckoning[Any], back: int) -> str:
    return f", {reckoning.calendar.year.in_words(back)} earlier" if back else ""


# What is made of those that are evaluated, and what is made of numbers that are all there.
_OF_SOME: dict[str, Callable[..., Measured[Any]]] = {
    "mix": _mix,
    "greatest_of": _extreme,
    "least_of": _extreme,
    "fixed": _fixed,
}
_OF_ALL: dict[str, Callable[..., Measured[Any]]] = {
    "ratio": _ratio,
    "total": _total,
    "product": _product,
    "power": _power,
}
