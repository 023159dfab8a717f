"""Metrics: the thirteen ways in which one is made."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from partnerdesk.engine.rules import Metric
from tests.second.judge import aggregates, retention
from tests.second.judge.book import Case
from tests.second.judge.days import NOW, Span, in_units, spans_between, whole_months
from tests.second.judge.filters import the_best
from tests.second.judge.growths import grown
from tests.second.judge.money import NoRate, rounded
from tests.second.judge.start import first_counted, history_starts
from tests.second.judge.windows import days_of, earlier

Value = Fraction | None


def measure(case: Case, name: str, span: Span) -> Value:
    """A metric for a period; None where it is not evaluated."""
    try:
        return found_of(case, name, span)
    except NoRate:
        return None


def found_of(case: Case, name: str, span: Span) -> Value:
    """The same; what rests on an amount that cannot be exchanged raises NoRate."""
    rule = case.program.metric[name]
    found = _made(case, rule, span)
    if found is None and (rule.missing == "zero" or (rule.missing == "" and rule.of and not rule.minimum_rows)):
        found = Fraction(0)
    if found is None:
        return None
    if rule.not_below is not None:
        found = max(found, Fraction(rule.not_below))
    if rule.not_above is not None:
        found = min(found, Fraction(rule.not_above))
    return found if rule.decimals is None else rounded(found, rule.decimals, rule.mode)


def blocks(case: Case, name: str, span: Span) -> bool:
    """Whether a metric that is not evaluated keeps the partner in the lowest tier."""
    return case.program.metric[name].missing == "blocks" and measure(case, name, span) is None


def _made(case: Case, rule: Metric, span: Span) -> Value:
    """By the one way in which it is made."""
    way = next(way for way in WAYS if getattr(rule, way) not in ("", None, ()))
    return WAYS[way](case, rule, span)


def _if_all(values: Sequence[Value], then: Callable[[list[Fraction]], Fraction]) -> Value:
    known = [v for v in values if v is not None]
    return then(known) if len(known) == len(values) else None


def _total(values: list[Fraction], times: list[Decimal]) -> Fraction:
    return sum((v * Fraction(t) for v, t in zip(values, times, strict=True)), Fraction(0))


def _product(values: list[Fraction]) -> Fraction:
    found = Fraction(1)
    for value in values:
        found *= value
    return found


def _ratio(top: Value, bottom: Value) -> Value:
    if top is None or bottom is None or bottom == 0:
        return None
    return top / bottom


def _growth(case: Case, rule: Metric, span: Span) -> Value:
    """Group by group; else compared with the same window so many months before.

    A running period is compared with the same days of then.
    """
    if rule.groups:
        found = aggregates.of_groups(case, rule, span)
        is_zero = found is None and rule.groups.take in ("count", "sum") and rule.missing in ("", "zero")
        return Fraction(0) if is_zero else found
    by = in_units(1, "year" if rule.growth_from == "a year before" else span.unit)
    now = found_of(case, rule.growth, span)
    then = found_of(replace(case, back=case.back.and_also(by)), rule.growth, span)
    return grown(rule, now, then)


def _evaluated(case: Case, names: Iterable[str], span: Span) -> dict[str, Fraction]:
    """Those of some metrics that are evaluated. Raises NoRate where none is, one of them for want of a rate."""
    found = {name: value for name in names if (value := measure(case, name, span)) is not None}
    if not found:
        for name in names:
            found_of(case, name, span)
    return found


def _mix(parts: list[tuple[Fraction, Fraction]]) -> Value:
    whole = sum((weight for _, weight in parts), Fraction(0))
    return sum((value * weight for value, weight in parts), Fraction(0)) / whole if whole else None


def _series(case: Case, rule: Metric, span: Span) -> Value:
    series = rule.series
    assert series
    first, last = days_of(replace(case, back=NOW), rule.window, span)
    begun = history_starts(case)
    is_ever, first = first is None, first or begun or first_counted(case)
    if rule.window.span != "next":
        last = min(last, case.as_of)
    if first is None or first > last:
        return None
    if is_ever and begun and earlier(last, case.back, case.year) < begun:
        return None
    parts = spans_between(first, last, series.each, case.year)
    parts = [part for part in parts if begun is None or earlier(part.end, case.back, case.year) >= begun]
    values = [value for part in parts if (value := found_of(case, series.metric, part)) is not None]
    kept = list(the_best(dict(enumerate(values)), series.keep).values())
    if values and not kept:
        return Fraction(0) if series.take in ("sum", "count") else None
    return aggregates.put_together(series.take, kept) if kept else None


def _months_since(case: Case, rule: Metric, span: Span) -> Value:
    day: date | None = getattr(case.partner, rule.months_since)
    if day is None:
        return None
    last = earlier(case.last_day(span), case.back, case.year)
    return Fraction(whole_months(day, last) if day <= last else 0)


def _ratio_of(case: Case, rule: Metric, span: Span) -> Value:
    assert rule.ratio
    return _ratio(*(found_of(case, name, span) for name in rule.ratio))


def _mix_of(case: Case, rule: Metric, span: Span) -> Value:
    weights = {part.metric: Fraction(part.weight) for part in rule.mix}
    return _mix([(value, weights[name]) for name, value in _evaluated(case, weights, span).items()])


def _total_of(case: Case, rule: Metric, span: Span) -> Value:
    times = [term.times for term in rule.total]
    return _if_all([found_of(case, term.metric, span) for term in rule.total], lambda values: _total(values, times))


def _product_of(case: Case, rule: Metric, span: Span) -> Value:
    return _if_all([found_of(case, name, span) for name in rule.product], _product)


def _power_of(case: Case, rule: Metric, span: Span) -> Value:
    power = rule.power
    assert power
    return _if_all([found_of(case, power.metric, span)], lambda values: values[0] ** power.to)


def _fixed(case: Case, rule: Metric, span: Span) -> Value:
    return None if rule.fixed is None else Fraction(rule.fixed)


WAYS: dict[str, Callable[[Case, Metric, Span], Value]] = {
    "of": aggregates.aggregate,
    "retention": retention.retained,
    "ratio": _ratio_of,
    "growth": _growth,
    "mix": _mix_of,
    "total": _total_of,
    "product": _product_of,
    "greatest_of": lambda case, rule, span: max(_evaluated(case, rule.greatest_of, span).values(), default=None),
    "least_of": lambda case, rule, span: min(_evaluated(case, rule.least_of, span).values(), default=None),
    "series": _series,
    "power": _power_of,
    "fixed": _fixed,
    "months_since": _months_since,
}
