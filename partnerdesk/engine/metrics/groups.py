"""Metrics over groups of facts: each group its own aggregate, only those inside the bounds count."""

from collections.abc import Callable, Mapping
from typing import Any

from partnerdesk.engine.figures.figure import N, is_inside
from partnerdesk.engine.metrics.aggregates import combined, different, not_evaluated, places, without_number
from partnerdesk.engine.metrics.drawn import drawn_of, reader
from partnerdesk.engine.metrics.uncounted import left_out
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.period import Period
from partnerdesk.engine.reckoning import Drawn, Measured, Reckoning
from partnerdesk.engine.terms.metrics import MetricTerms, bounds_of
from partnerdesk.engine.world.where_words import plain
from partnerdesk.engine.world.world import MissingRate


def grouped(reckoning: Reckoning[N], terms: MetricTerms, period: Period, back: int) -> Measured[N]:
    """What is made of the groups that count, or why there is nothing to measure."""
    metric, ar, rule = terms.metric, reckoning.arithmetic, terms.metric.groups
    assert rule
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
    try:
        elsewhere = _elsewhere(reckoning, terms, period, back)
    except MissingRate as missing:
        return Measured(None, str(missing), 0, excluded, is_broken=True)
    parts = [number for name, number in groups.items() if elsewhere(name)]
    bounds = bounds_of(rule.keep)
    counting = [part for part in parts if is_inside(ar.value(part), bounds)]
    if not counting and (rule.take not in ("count", "sum") or not parts):
        if not terms.nothing_is_zero:
            return Measured(None, f"none of {len(groups)} groups by {rule.by} counts, {terms.words}", 0, excluded)
        return Measured(ar.rule(ZERO, terms.unit, metric.says, terms.origin), "", 0, excluded)
    number = ar.kept(rule.take, parts, bounds, terms.unit, metric.says)
    why = f"{len(counting)} of {len(groups)} groups by {rule.by.replace('_', ' ')} count, {terms.words}"
    return Measured(ar.because(number, why, excluded), "", len(inside), excluded)


def _count(reckoning: Reckoning[N], terms: MetricTerms, drawn: Drawn[N], inside: list[int]) -> int:
    """How many facts there are in all groups together; with distinct how many values."""
    if terms.metric.take != "distinct":
        return len(inside)
    return len(different(reckoning, terms, [drawn.rows[i] for i in inside], ())[0])


def _elsewhere(reckoning: Reckoning[N], terms: MetricTerms, period: Period, back: int) -> Any:
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
        start, end = terms.window(period, back, reckoning.world.partner)
        drawn = drawn_of(reckoning, terms, end)
        inside = places(reckoning, terms, drawn, start, end)
        broken = without_number(reckoning, terms, drawn, inside)
        if broken is not None:
            raise MissingRate(broken.missing)
        groups = _aggregates(reckoning, terms, drawn, inside)
        elsewhere, bounds = _elsewhere(reckoning, terms, period, back), bounds_of(rule.keep)
        value = reckoning.arithmetic.value
        found = frozenset(n for n, number in groups.items() if elsewhere(n) and is_inside(value(number), bounds))
        reckoning.grouped[key] = found
    return found


def _aggregates(reckoning: Reckoning[N], terms: MetricTerms, drawn: Drawn[N], inside: list[int]) -> Mapping[Any, N]:
    """The aggregate of each group, in the order of their first facts; a fact without the attribute is in none."""
    read = _reader(reckoning, terms)
    members: dict[Any, list[int]] = {}
    for i in inside:
        name = read(drawn.rows[i])
        if name not in (None, ""):
            members.setdefault(name, []).append(i)
    found = {}
    for name, group in members.items():
        rows = [drawn.rows[i] for i in group]
        numbers = [drawn.numbers[i] for i in group] if drawn.numbers else []
        if terms.metric.take == "distinct":
            rows, numbers = different(reckoning, terms, rows, numbers)
        if rows:
            says = _says(reckoning, terms, name)
            found[name] = _capped(reckoning, terms, combined(reckoning, terms, rows, numbers, says), says)
    return found


def _reader(reckoning: Reckoning[N], terms: MetricTerms) -> Callable[[Any], Any]:
    """Reads the group of a drawn fact: what an attribute says, or the leg of the first of those whose it is."""
    if terms.group_of is not None:
        return reader(reckoning, terms, terms.group_of)
    tree, owners = reckoning.world.tree, reckoning.drawn[terms.draw].owners or {}
    return lambda row: tree.leg(terms.metric.whose, owners[row.id][0].partner)


def _says(reckoning: Reckoning[N], terms: MetricTerms, name: Any) -> str:
    """A group in words: a leg by the name of the partner it begins with."""
    return plain(name) if terms.group_of is not None else reckoning.world.row("partner", name).name or name


def _capped(reckoning: Reckoning[N], terms: MetricTerms, number: N, says: str) -> N:
    """What a group counts at most."""
    ar, rule = reckoning.arithmetic, terms.metric.groups
    if rule is None or rule.not_above is None:
        return number
    bound = ar.rule(rule.not_above, terms.unit, "not above", terms.origin)
    return ar.least([number, bound], terms.unit, says)
