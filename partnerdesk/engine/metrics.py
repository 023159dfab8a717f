"""Metrics: a number about a partner over a window, from facts or from other metrics.

`measured` is the only door. Shares are 0..1 with unit "%"; sums of money are in the program's currency.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from partnerdesk.engine.facts import plural
from partnerdesk.engine.figure import Excluded, N, is_zero
from partnerdesk.engine.metric_terms import COUNTS, MetricTerms
from partnerdesk.engine.money import ONE, ZERO
from partnerdesk.engine.period import Period
from partnerdesk.engine.problem import Problem
from partnerdesk.engine.reckoning import Drawn, Measured, Reckoning
from partnerdesk.engine.retention import retained
from partnerdesk.engine.rules import Metric
from partnerdesk.engine.where import failing, getter
from partnerdesk.engine.world import MissingRate, happened


def measured(reckoning: Reckoning[N], terms: MetricTerms, period: Period, years_ago: int = 0) -> Measured[N]:
    """The metric's number for a period, or for the same window so many years before. Remembers it."""
    key: object = period.label
    if years_ago:
        if period.end <= reckoning.as_of:
            # A finished period's window a year before is that of the period a year before.
            return measured(reckoning, terms, reckoning.calendar.years_before(period, years_ago))
        key = (period.label, years_ago)
    table = reckoning.numbers[terms.slot]
    found = table.get(key)
    if found is None:
        if terms.metric.of:
            _aggregate(reckoning, terms, table, period, years_ago)
            return table[key]
        found = table[key] = _way(terms.metric)(reckoning, terms, period, years_ago)
    return found


def _way(metric: Metric) -> "Callable[..., Measured[Any]]":
    if metric.growth:
        return _growth
    if metric.ratio:
        return _ratio
    return _mix if metric.mix else retained


def _aggregate(
    reckoning: Reckoning[N], terms: MetricTerms, table: dict[object, Measured[N]], asked: Period, years_ago: int
) -> None:
    """Fills the table for a period, and in values mode for all others of the partner: they are asked for as well."""
    metric, ar = terms.metric, reckoning.arithmetic
    drawn = reckoning.drawn.get(terms.draw) or _drawn(reckoning, terms)
    days, rows, numbers = drawn.days, drawn.rows, drawn.numbers
    is_simple, nothing_is_zero, traced = terms.until is None and not drawn.gaps, terms.nothing_is_zero, ar.traced
    nothing = Measured(ar.rule(ZERO, terms.unit, metric.says, terms.origin))
    excluded: tuple[Excluded, ...] = ()
    for key, start, end in terms.windows(reckoning.alongside(asked), years_ago):
        low = bisect_left(days, start) if start else 0
        high = bisect_right(days, end, low)
        if traced:
            excluded = _left_out(reckoning, metric, start, end)
        if low == high and nothing_is_zero:
            table[key] = Measured(nothing.value, excluded=excluded) if excluded else nothing
        elif is_simple:
            table[key] = _taken(reckoning, terms, rows[low:high], numbers[low:high], excluded)
        else:
            inside = [i for i in range(low, high) if not _is_over(reckoning, terms, rows[i], end)]
            table[key] = _picked(reckoning, terms, drawn, inside, excluded)


def _picked(
    reckoning: Reckoning[N], terms: MetricTerms, drawn: Drawn[N], inside: list[int], excluded: tuple[Excluded, ...]
) -> Measured[N]:
    """The aggregate of single facts of a window; none where one of them has no number."""
    for i in inside:
        if i in drawn.gaps:
            place = f"{terms.metric.of.replace('_', ' ')} {drawn.rows[i].id}"
            reckoning.problems.append(Problem(place, f"{drawn.gaps[i]}.", "Add the rate."))
            return Measured(None, f"{place}: {drawn.gaps[i]}", len(inside), excluded)
    numbers = [drawn.numbers[i] for i in inside] if drawn.numbers else []
    return _taken(reckoning, terms, [drawn.rows[i] for i in inside], numbers, excluded)


def _is_over(reckoning: Reckoning[N], terms: MetricTerms, row: Any, end: date) -> bool:
    """Whether a fact of an `in force` metric ended before that day."""
    last = terms.until(row, reckoning.world) if terms.until else None
    return last is not None and last < end


def _drawn(reckoning: Reckoning[N], terms: MetricTerms) -> Drawn[N]:
    """The metric's facts in order of day, filter applied, each with its number: made once, every window is a slice."""
    world, passes = reckoning.world, terms.passes
    read = None if terms.counts else terms.reader(world)
    series = world.series(terms.metric.of, terms.metric.day)
    found: Drawn[N] = Drawn([], [], [], {})
    for day, row in zip(series.days, series.rows, strict=True):
        if passes is not None and not passes(row, world):
            continue
        if read is not None:
            value = read(row)
            if value is None:
                continue
            try:
                number = _number(reckoning, terms, row, value, day)
            except MissingRate as missing:
                found.gaps[len(found.rows)] = str(missing)
                number = reckoning.nothing
            found.numbers.append(number)
        found.days.append(day)
        found.rows.append(row)
    reckoning.drawn[terms.draw] = found
    return found


def _number(reckoning: Reckoning[N], terms: MetricTerms, row: Any, value: Any, day: date) -> N:
    """What one fact adds: its value, in the program's currency and by the partner's credit where it is money."""
    name, ar = terms.metric.value, reckoning.arithmetic
    if not terms.is_money:
        return ar.leaf(row, name, Decimal(value), terms.unit, name)
    if row.currency == reckoning.currency:
        number = ar.leaf(row, name, value, row.currency, name)
    else:
        number = reckoning.money(terms.version, row, value, name, name, day)
    if terms.is_credited and reckoning.world.index.credits:
        share = reckoning.world.share(row)
        if share != ONE:
            credit = ar.leaf(row, "credit", share, "1", "credited share")
            return ar.product([number, credit], terms.unit, name)
    return number


def _taken(
    reckoning: Reckoning[N],
    terms: MetricTerms,
    rows: Sequence[Any],
    numbers: Sequence[N],
    excluded: tuple[Excluded, ...],
) -> Measured[N]:
    """The aggregate of a window's facts, or why there is none."""
    metric, ar = terms.metric, reckoning.arithmetic
    if metric.take == "distinct":
        rows = _different(reckoning, terms, rows)
    count = len(rows)
    if not count and terms.nothing_is_zero:
        return Measured(ar.rule(ZERO, terms.unit, metric.says, terms.origin), "", 0, excluded)
    if not count or count < metric.minimum_rows:
        return _not_evaluated(terms, count, excluded)
    if terms.sums:
        number = ar.sum(numbers, terms.unit, metric.says)
    elif terms.counts:
        number = ar.count(rows, terms.unit, metric.says)
    else:
        number = ar.pick(metric.take, numbers, terms.unit, metric.says)
    if ar.traced:
        number = ar.because(number, terms.words, excluded)
    return Measured(number, "", count, excluded)


def _different(reckoning: Reckoning[N], terms: MetricTerms, rows: Sequence[Any]) -> list[Any]:
    """The first row of each value, where there is a value."""
    read, seen = terms.reader(reckoning.world), dict[Any, Any]()
    for row in rows:
        seen.setdefault(read(row), row)
    return [row for value, row in seen.items() if value not in (None, "")]


def _not_evaluated(terms: MetricTerms, count: int, excluded: tuple[Excluded, ...]) -> Measured[N]:
    what, needed = plural(terms.metric.of), max(terms.metric.minimum_rows, 1)
    return Measured(None, f"{count} of {needed} {what} needed, {terms.words}", count, excluded)


def _left_out(reckoning: Reckoning[N], metric: Metric, start: date | None, end: date) -> tuple[Excluded, ...]:
    """Rows of the kind inside the window that did not pass the filter, each with its reason."""
    world = reckoning.world
    found = []
    for row in world.rows(metric.of):
        day = happened(metric.of, row, metric.day)
        reason = failing(metric.of, metric.where, row, world)
        if day is None:
            reason = reason or "it has no date"
        elif day > end or (start is not None and day < start):
            continue
        elif not reason and metric.take not in COUNTS:
            missing = getter(metric.of, metric.value)(row, world) is None
            reason = f"its {metric.value.replace('_', ' ')} is not known" if missing else ""
        if reason:
            found.append(Excluded(row, reason, metric.reference, day=day))
    return tuple(found)


def _ratio(reckoning: Reckoning[N], terms: MetricTerms, period: Period, years_ago: int) -> Measured[N]:
    metric, ar = terms.metric, reckoning.arithmetic
    above, below = (measured(reckoning, part, period, years_ago) for part in terms.parts)
    if above.value is None or below.value is None:
        return Measured(None, above.missing or below.missing)
    if is_zero(below.value):
        return Measured(None, f"{terms.parts[1].metric.says} is zero")
    quotient = ar.quotient(above.value, below.value, terms.unit, metric.says)
    return Measured(quotient, "", above.counted + below.counted)


def _growth(reckoning: Reckoning[N], terms: MetricTerms, period: Period, years_ago: int) -> Measured[N]:
    metric, ar = terms.metric, reckoning.arithmetic
    now = measured(reckoning, terms.parts[0], period, years_ago)
    then = measured(reckoning, terms.parts[0], period, years_ago + 1)
    if now.value is None or then.value is None:
        return Measured(None, now.missing or then.missing)
    if then.value <= metric.minimum_base:
        return Measured(None, "too little a year before to measure growth")
    counted = now.counted + then.counted
    earlier = ar.labelled(then.value, "a year before")
    if metric.growth_as == "ratio":
        return Measured(ar.quotient(now.value, earlier, terms.unit, metric.says), "", counted)
    unit = terms.parts[0].unit
    change = ar.difference(now.value, earlier, unit, "increase" if metric.growth_as == "share" else metric.says)
    if metric.growth_as == "amount":
        return Measured(change, "", counted)
    return Measured(ar.quotient(change, earlier, terms.unit, metric.says), "", counted)


def _mix(reckoning: Reckoning[N], terms: MetricTerms, period: Period, years_ago: int) -> Measured[N]:
    """Weighted mean; parts that are not evaluated leave their weight to the others, or the whole is not evaluated."""
    metric, ar = terms.metric, reckoning.arithmetic
    found = [
        (part.weight, inner.metric.says, measured(reckoning, inner, period, years_ago))
        for part, inner in zip(metric.mix, terms.parts, strict=True)
    ]
    known = [(weight, says, m.value, m.counted) for weight, says, m in found if m.value is not None]
    if not known:
        return Measured(None, found[0][2].missing)
    whole = sum((weight for weight, _, _, _ in known), ZERO)
    where = terms.version.origin(f"metric.{terms.name}.mix")
    parts = []
    for weight, says, value, _ in known:
        share = ar.rule(weight / whole, "1", "weight", where)
        parts.append(ar.product([share, value], terms.unit, says))
    silent = [says for _, says, m in found if m.value is None]
    why = f"{', '.join(silent)} not evaluated: its weight goes to the others" if silent else ""
    number = ar.because(ar.sum(parts, terms.unit, metric.says), why)
    return Measured(number, "", max(counted for _, _, _, counted in known))
