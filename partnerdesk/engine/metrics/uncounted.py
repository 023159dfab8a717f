"""What does not count in a metric's window, with the reason: looked for once, every window takes its part."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from partnerdesk.engine.figures.figure import Excluded, N
from partnerdesk.engine.metrics.of_tiers import other_tiers
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.rules import Metric
from partnerdesk.engine.terms.metrics import COUNTS, MetricTerms
from partnerdesk.engine.world.days import day_reader, no_day_words
from partnerdesk.engine.world.where import EARNING, TIER_HELD, getter
from partnerdesk.engine.world.where_words import failing
from partnerdesk.engine.world.world import World

OBSERVATION = "observation"


def left_out(reckoning: Reckoning[N], terms: MetricTerms, start: date | None, end: date) -> tuple[Excluded, ...]:
    """Rows of the kind inside a window that do not count, each with its reason; those without a day are in all."""
    if terms.metric.of == TIER_HELD:
        return other_tiers(reckoning, terms, end)
    found = reckoning.left_out.get(terms.slot)
    if found is None:
        found = reckoning.left_out[terms.slot] = _left_out(reckoning, terms)
    return tuple(x for x in found if x.day is None or (x.day <= end and (start is None or x.day >= start)))


def _left_out(reckoning: Reckoning[N], terms: MetricTerms) -> list[Excluded]:
    metric = terms.metric
    if metric.of == EARNING:
        return []
    read_day, others = day_reader(metric.of, metric.day), _observed_elsewhere(terms)
    read = getter(metric.of, metric.value) if metric.take not in COUNTS else None
    found = []
    for row, world in _rows(reckoning, terms):
        if others and row.metric in others:
            continue
        day, reason = read_day(row), ""
        if terms.passes is not None and not terms.passes(row, world):
            reason = failing(metric.of, metric.where, row, world)
        elif day is None:
            reason = no_day_words(metric.day, row)
        elif read is not None and read(row, world) is None:
            reason = f"its {metric.value.replace('_', ' ')} is not known"
        if reason:
            found.append(Excluded(row, reason, metric.reference, day=day))
    # In the order of their days, those without one last, whatever the order of the rows in a file.
    return sorted(found, key=lambda x: (x.day or date.max, str(x.fact.id)))


def _observed_elsewhere(terms: MetricTerms) -> set[str]:
    """The names of what other metrics of the version observe and this one does not: their values are no matter here,
    while one of a name that no metric asks for may be misspelt.
    """
    if terms.metric.of != OBSERVATION or not _observed(terms.metric):
        return set()
    return set[str]().union(*(_observed(one.metric) for one in terms.version.metrics.values())) - _observed(
        terms.metric
    )


def _observed(metric: Metric) -> set[str]:
    """The names of the values that a metric asks for."""
    tests = [t for t in metric.where if t.attribute == "metric" and not t.negated] if metric.of == OBSERVATION else []
    return {str(name) for test in tests for name in test.one_of or ()}


def _rows(reckoning: Reckoning[N], terms: MetricTerms) -> Iterator[tuple[Any, World]]:
    """The facts of those whose facts count, each once; none that counts for one of several whose it is."""
    if terms.is_own:
        yield from ((row, reckoning.world) for row in reckoning.world.rows(terms.metric.of))
        return
    drawn = reckoning.drawn.get(terms.draw)
    seen = set(drawn.owners or ()) if drawn is not None else set()
    for world in reckoning.world.tree.worlds(terms.metric.whose):
        for row in world.rows(terms.metric.of):
            if row.id not in seen:
                seen.add(row.id)
                yield row, world
