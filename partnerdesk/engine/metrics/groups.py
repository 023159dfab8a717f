"""Metrics over groups of facts: each group its own aggregate, only those inside the bounds count."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from partnerdesk.engine.figures.figure import Excluded, N, is_inside
from partnerdesk.engine.figures.numbers import greatest
from partnerdesk.engine.metrics.aggregates import different, not_evaluated, places, without_number
from partnerdesk.engine.metrics.apart import aggregated, members, says
from partnerdesk.engine.metrics.drawn import drawn_of
from partnerdesk.engine.metrics.grown_groups import growths
from partnerdesk.engine.metrics.uncounted import left_out
from partnerdesk.engine.money import ONE, ZERO
from partnerdesk.engine.period import Period
from partnerdesk.engine.reckoning import Drawn, Measured, Reckoning
from partnerdesk.engine.rules import Term
from partnerdesk.engine.semantics import MEASURES_ALIKE
from partnerdesk.engine.terms.keeps import best_of, bounds_of
from partnerdesk.engine.terms.metrics import MetricTerms
from partnerdesk.engine.world.world import MissingRate


def grouped(reckoning: Reckoning[N], terms: MetricTerms, period: Period, back: int) -> Measured[N]:
    """What is made of the groups that count, or why there is nothing to measure."""
    if terms.way == "growth":
        found = growths(reckoning, terms, period, back)
        return found if isinstance(found, Measured) else _together(reckoning, terms, period, back, *found)
    metric, ar = terms.metric, reckoning.arithmetic
    start, end = terms.window(period, back, reckoning.world.partner)
    drawn = drawn_of(reckoning, terms, end)
    inside = places(reckoning, terms, drawn, start, end)
    excluded = left_out(reckoning, terms, start, end) if ar.traced else ()
    broken = without_number(reckoning, terms, drawn, inside)
    if broken is not None:
        return broken
    count = _count(reckoning, terms, drawn, inside)
    if count < max(metric.minimum_rows, 1) and not terms.nothing_is_zero:
        return not_evaluated(terms, count, excluded)
    groups = _aggregates(reckoning, terms, drawn, inside)
    return _together(reckoning, terms, period, back, groups, len(inside), excluded)


def _together(
    reckoning: Reckoning[N],
    terms: MetricTerms,
    period: Period,
    back: int,
    groups: Mapping[Any, N],
    counted: int,
    excluded: tuple[Excluded, ...],
) -> Measured[N]:
    """What is made of the groups that count here and in the other metrics that the rule names."""
    metric, ar, rule = terms.metric, reckoning.arithmetic, terms.metric.groups
    assert rule
    try:
        groups, elsewhere = _bounded(reckoning, terms, period, back, groups)
    except MissingRate as missing:
        return Measured(None, str(missing), 0, excluded, is_broken=True)
    parts = [number for name, number in groups.items() if elsewhere(name)]
    bounds = bounds_of(rule.keep)
    counting = [part for part in parts if is_inside(ar.value(part), bounds)]
    words = terms.words if terms.way == "of" else terms.parts[0].words
    if not counting and (rule.take not in ("count", "sum") or not parts):
        if not terms.nothing_is_zero or (terms.way == "growth" and rule.take not in ("count", "sum")):
            return Measured(None, f"none of {len(groups)} groups by {rule.by} counts, {words}", 0, excluded)
        return Measured(ar.rule(ZERO, terms.unit, metric.says, terms.origin), "", 0, excluded)
    best = best_of(rule.keep)
    number = ar.kept(rule.take, parts, bounds, terms.unit, metric.says, best)
    why = f"{len(counting[:best])} of {len(groups)} groups by {rule.by.replace('_', ' ')} count, {words}"
    return Measured(ar.because(number, why, excluded), "", counted, excluded)


def _count(reckoning: Reckoning[N], terms: MetricTerms, drawn: Drawn[N], inside: list[int]) -> int:
    """How many facts there are in all groups together; with distinct how many values."""
    if terms.metric.take != "distinct":
        return len(inside)
    return len(different(reckoning, terms, [drawn.rows[i] for i in inside], ())[0])


def _bounded(
    reckoning: Reckoning[N], terms: MetricTerms, period: Period, back: int, groups: Mapping[Any, N]
) -> tuple[Mapping[Any, N], Callable[[Any], bool]]:
    """The groups with what each counts at most, and whether one counts in other metrics, too. Raises MissingRate.

    Where there is no group nothing rests on the other metrics: a rate that they lack leaves it at nothing to measure.
    """
    if not groups and reckoning.semantics >= MEASURES_ALIKE:
        return groups, lambda name: True
    elsewhere = _elsewhere(reckoning, terms, period, back)
    return _capped(reckoning, terms, period, back, groups), elsewhere


def _elsewhere(reckoning: Reckoning[N], terms: MetricTerms, period: Period, back: int) -> Callable[[Any], bool]:
    """Whether a group may count, by the groups of the other metrics that the rule names. Raises MissingRate."""
    rule, metrics = terms.metric.groups, terms.version.metrics
    assert rule
    among = counting(reckoning, metrics[rule.among], period, back) if rule.among else None
    without = counting(reckoning, metrics[rule.without], period, back) if rule.without else frozenset()
    return lambda name: name not in without and (among is None or name in among)


def counting(reckoning: Reckoning[N], terms: MetricTerms, period: Period, back: int) -> frozenset[Any]:
    """The groups that count in a metric with groups. Remembers them. Raises MissingRate."""
    key = terms.slot, (period.label, back)
    found = reckoning.grouped.get(key)
    if found is None:
        rule = terms.metric.groups
        assert rule
        groups, elsewhere = _bounded(reckoning, terms, period, back, _apart(reckoning, terms, period, back))
        value, bounds = reckoning.arithmetic.value, bounds_of(rule.keep)
        inside = [n for n, number in groups.items() if elsewhere(n) and is_inside(value(number), bounds)]
        found = frozenset(_best(inside, [value(groups[n]) for n in inside], best_of(rule.keep)))
        reckoning.grouped[key] = found
    return found


def _best(names: Sequence[Any], values: Sequence[Any], best: int | None) -> Sequence[Any]:
    """The names of the groups with the greatest values, of equal ones the lesser names; all where none is asked for."""
    if best is None:
        return names
    places = sorted(range(len(names)), key=lambda place: str(names[place]))
    return [names[places[i]] for i in greatest([values[place] for place in places], best)]


def _apart(reckoning: Reckoning[N], terms: MetricTerms, period: Period, back: int) -> Mapping[Any, N]:
    """The number of each group before any bound. Raises MissingRate."""
    if terms.way == "growth":
        found = growths(reckoning, terms, period, back)
        if isinstance(found, Measured):
            raise MissingRate(found.missing)
        return found.numbers
    start, end = terms.window(period, back, reckoning.world.partner)
    drawn = drawn_of(reckoning, terms, end)
    inside = places(reckoning, terms, drawn, start, end)
    broken = without_number(reckoning, terms, drawn, inside)
    if broken is not None:
        raise MissingRate(broken.missing)
    return _aggregates(reckoning, terms, drawn, inside)


def _aggregates(reckoning: Reckoning[N], terms: MetricTerms, drawn: Drawn[N], inside: list[int]) -> Mapping[Any, N]:
    """The aggregate of each group, in the order of their first facts; a fact without the attribute is in none."""
    found = {}
    for name, group in members(reckoning, terms, terms, drawn, inside).items():
        number = aggregated(reckoning, terms, drawn, group, says(reckoning, terms, name))
        if number is not None:
            found[name] = number
    return found


def _capped(
    reckoning: Reckoning[N], terms: MetricTerms, period: Period, back: int, groups: Mapping[Any, N]
) -> Mapping[Any, N]:
    """What each group counts at most: an amount, or a metric times a number. Raises MissingRate."""
    rule = terms.metric.groups
    if rule is None or rule.not_above is None:
        return groups
    bound = _most(reckoning, terms, rule.not_above, period, back)
    if bound is None:
        return groups
    ar, unit = reckoning.arithmetic, terms.unit
    return {name: ar.least([number, bound], unit, says(reckoning, terms, name)) for name, number in groups.items()}


def _most(reckoning: Reckoning[N], terms: MetricTerms, most: Decimal | Term, period: Period, back: int) -> N | None:
    """The most that a group counts; None where it is a metric that is not evaluated. Raises MissingRate."""
    from partnerdesk.engine.metrics.metrics import measured

    ar = reckoning.arithmetic
    if isinstance(most, Decimal):
        return ar.rule(most, terms.unit, "not above", terms.origin)
    found = measured(reckoning, terms.version.metrics[most.metric], period, back)
    if found.is_broken:
        raise MissingRate(found.missing)
    if found.value is None or most.times == ONE:
        return found.value
    origin = terms.version.origin(f"metric.{terms.name}.groups.not_above")
    return ar.product([ar.rule(most.times, "1", "times", origin), found.value], terms.unit, "not above")
