"""Metrics: a number about a partner over a window, from facts or from other metrics.

`measured` is the only door. Shares are 0..1 with unit "%"; sums of money are in the program's currency.
"""

from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.metrics.aggregates import aggregate, single
from partnerdesk.engine.metrics.composed import asked, composed, grown, months_since, no_growth, plain_change
from partnerdesk.engine.metrics.finishing import finished
from partnerdesk.engine.metrics.groups import grouped
from partnerdesk.engine.metrics.portfolio import kept_of_portfolio
from partnerdesk.engine.metrics.retention import retained
from partnerdesk.engine.period import Period
from partnerdesk.engine.reckoning import Measured, Reckoning
from partnerdesk.engine.semantics import LOOKS_AHEAD
from partnerdesk.engine.terms.measured import counted_of
from partnerdesk.engine.terms.metrics import MetricTerms
from partnerdesk.engine.world.where import EARNING


def measured(reckoning: Reckoning[N], terms: MetricTerms, period: Period, back: int = 0) -> Measured[N]:
    """The metric's number for a period, or for the same window so many steps before. Remembers it."""
    key: object = period.label
    if back:
        is_over = period.is_whole and period.end <= reckoning.as_of
        if is_over and _follows(reckoning, terms, back) and reckoning.calendar.year.moves_whole(period.unit, back):
            # A finished period's window a year before is that of the period a year before.
            return measured(reckoning, terms, reckoning.calendar.steps_before(period, back))
        key = (period.label, back)
    table = reckoning.numbers[terms.slot]
    found = table.get(key)
    if found is None:
        if terms.is_aggregate:
            aggregate(reckoning, terms, table, period, back)
            return table[key]
        if terms.way == "growth" and terms.metric.groups is None:
            if reckoning.arithmetic.plain and not (table or back) and terms.grows_plainly and period.is_whole:
                _growths(reckoning, terms, table, period)
                if (found := table.get(key)) is not None:
                    return found
            found = table[key] = _growth(reckoning, terms, period, back)
            return found
        if terms.metric.of == EARNING and not terms.metric.groups:
            found = table[key] = single(reckoning, terms, period, back)
            return found
        found = table[key] = finished(reckoning, terms, _made(reckoning, terms, period, back))
    return found


def _follows(reckoning: Reckoning[N], terms: MetricTerms, back: int) -> bool:
    """Whether a metric of a finished period, so many steps before, is that of the period before."""
    return terms.follows(back) and not (terms.looks_ahead and reckoning.semantics >= LOOKS_AHEAD)


def _growths(reckoning: Reckoning[N], terms: MetricTerms, table: dict[object, Measured[N]], asked: Period) -> None:
    """Fills the table for those finished periods of a partner in which there is anything, all of them at once.

    As `grown` does it, in plain values.
    """
    known = reckoning.numbers[terms.parts[0].slot]
    if not known:
        measured(reckoning, terms.parts[0], asked)
    least, none = terms.metric.minimum_base, finished(reckoning, terms, no_growth(terms.metric.growth_from))
    earlier, change = terms.pairs(reckoning.alongside(asked)), plain_change(terms.metric.growth_as)
    for label, now in known.items():
        if not now.value or label not in earlier:
            continue
        then = known.get(earlier[label])
        if then is None or then.value is None:
            continue
        if then.value <= least:
            table[label] = none
        else:
            found = counted_of((change(now.value, then.value), "", now.counted + then.counted, (), False))
            table[label] = finished(reckoning, terms, found) if terms.is_finished else found


def _growth(reckoning: Reckoning[N], terms: MetricTerms, period: Period, back: int) -> Measured[N]:
    """How much the number of a period is above the one before."""
    part, earlier = terms.parts[0], terms.earlier(period)
    is_over = period.is_whole and period.end <= reckoning.as_of
    if back or not is_over or not _follows(reckoning, part, earlier):
        now, then = measured(reckoning, part, period, back), measured(reckoning, part, period, back + earlier)
    else:
        known, before = reckoning.numbers[part.slot], reckoning.calendar.steps_before(period, earlier)
        now = known.get(period.label) or measured(reckoning, part, period)
        then = known.get(before.label) or measured(reckoning, part, before)
    return finished(reckoning, terms, grown(reckoning, terms, now, then))


def _made(reckoning: Reckoning[N], terms: MetricTerms, period: Period, back: int) -> Measured[N]:
    """The number of a metric that is no plain aggregate of facts."""
    if terms.metric.groups or terms.way == "of":
        return grouped(reckoning, terms, period, back)
    if terms.way == "retention":
        way = retained if terms.metric.retention_of == "due" else kept_of_portfolio
        return way(reckoning, terms, period, back)
    if terms.way == "months_since":
        return months_since(reckoning, terms, period, back)
    asks = asked(reckoning, terms, period, back)
    return composed(reckoning, terms, asks, [measured(reckoning, *ask) for ask in asks])
