"""Aggregates of facts: the facts of a kind in order of day, each with its number; every window is a slice of them."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import compress
from typing import Any

from partnerdesk.engine.facts import plural
from partnerdesk.engine.figures.figure import Excluded, N
from partnerdesk.engine.metrics.adjusted import with_adjustments
from partnerdesk.engine.metrics.finishing import finished, kept_within
from partnerdesk.engine.metrics.of_lines import lines_drawn
from partnerdesk.engine.metrics.plain_sums import plain_sums
from partnerdesk.engine.metrics.uncounted import left_out
from partnerdesk.engine.money import ONE, ZERO
from partnerdesk.engine.period import Period
from partnerdesk.engine.problem import Problem
from partnerdesk.engine.reckoning import Drawn, Measured, Reckoning
from partnerdesk.engine.terms.metrics import MetricTerms
from partnerdesk.engine.world.columns import Columns
from partnerdesk.engine.world.index import Index, Series
from partnerdesk.engine.world.where import EARNING
from partnerdesk.engine.world.world import MissingRate


def aggregate(
    reckoning: Reckoning[N], terms: MetricTerms, table: dict[object, Measured[N]], asked: Period, back: int
) -> None:
    """Fills the table for a period, and in values mode for all others of the partner: they are asked for as well."""
    metric, ar = terms.metric, reckoning.arithmetic
    drawn = drawn_of(reckoning, terms, asked.end)
    if terms.is_plain_sum and ar.plain and not drawn.gaps:
        plain_sums(drawn, terms.cuts(reckoning.alongside(asked), back, reckoning.world.partner), table)
        return
    days, rows, numbers = drawn.days, drawn.rows, drawn.numbers
    is_simple, nothing_is_zero, traced = terms.until is None and not drawn.gaps, terms.nothing_is_zero, ar.traced
    nothing = finished(reckoning, terms, Measured(ar.rule(ZERO, terms.unit, metric.says, terms.origin)))
    windows = terms.windows(reckoning.alongside(asked), back, reckoning.world.partner)
    excluded: tuple[Excluded, ...] = ()
    for key, start, end in windows:
        low = bisect_left(days, start) if start else 0
        high = bisect_right(days, end, low)
        if traced:
            excluded = left_out(reckoning, terms, start, end)
        if low == high and nothing_is_zero:
            table[key] = _none_of(reckoning, terms, nothing, excluded) if excluded else nothing
        elif is_simple:
            table[key] = _taken(reckoning, terms, rows[low:high], numbers[low:high], excluded)
        else:
            inside = [i for i in range(low, high) if not _is_over(reckoning, terms, rows[i], end)]
            table[key] = _picked(reckoning, terms, drawn, inside, excluded)


def _none_of(
    reckoning: Reckoning[N], terms: MetricTerms, nothing: Measured[N], excluded: tuple[Excluded, ...]
) -> Measured[N]:
    """Nothing, with what did not count beside it."""
    assert nothing.value is not None
    return Measured(reckoning.arithmetic.because(nothing.value, terms.words, excluded), excluded=excluded)


def single(reckoning: Reckoning[N], terms: MetricTerms, period: Period, back: int) -> Measured[N]:
    """The aggregate of one period alone, where its facts are not all known at once."""
    start, end = terms.window(period, back, reckoning.world.partner)
    drawn = drawn_of(reckoning, terms, end)
    return _picked(reckoning, terms, drawn, places(reckoning, terms, drawn, start, end), ())


def places(reckoning: Reckoning[N], terms: MetricTerms, drawn: Drawn[N], start: date | None, end: date) -> list[int]:
    """The places of the drawn facts that count in a window."""
    low = bisect_left(drawn.days, start) if start else 0
    inside = range(low, bisect_right(drawn.days, end, low))
    if terms.until is None:
        return list(inside)
    return [i for i in inside if not _is_over(reckoning, terms, drawn.rows[i], end)]


def _picked(
    reckoning: Reckoning[N], terms: MetricTerms, drawn: Drawn[N], inside: list[int], excluded: tuple[Excluded, ...]
) -> Measured[N]:
    """The aggregate of single facts of a window; none where one of them has no number."""
    broken = without_number(reckoning, terms, drawn, inside)
    if broken is not None:
        return broken
    numbers = [drawn.numbers[i] for i in inside] if drawn.numbers else []
    return _taken(reckoning, terms, [drawn.rows[i] for i in inside], numbers, excluded)


def without_number(
    reckoning: Reckoning[N], terms: MetricTerms, drawn: Drawn[N], inside: Sequence[int]
) -> Measured[N] | None:
    """Why there is no aggregate where one of the facts has no number; None where each has one."""
    for i in inside if drawn.gaps else ():
        if i in drawn.gaps:
            place = f"{terms.metric.of.replace('_', ' ')} {drawn.rows[i].id}"
            reckoning.problems.append(Problem(place, f"{drawn.gaps[i]}.", "Add the rate."))
            return Measured(None, f"{place}: {drawn.gaps[i]}", len(inside), is_broken=True)
    return None


def _is_over(reckoning: Reckoning[N], terms: MetricTerms, row: Any, end: date) -> bool:
    """Whether a fact of an `in force` metric ended before that day."""
    last = terms.until(row, reckoning.world) if terms.until else None
    return last is not None and last < end


def drawn_of(reckoning: Reckoning[N], terms: MetricTerms, end: date) -> Drawn[N]:
    """The metric's facts in order of day, filter applied, each with its number: made once, every window is a slice.

    Lines of earnings are drawn as far as to the window's end, and never kept: there may be more of them later.
    """
    if terms.metric.of == EARNING:
        return lines_drawn(reckoning, terms, end)
    found = reckoning.drawn.get(terms.draw)
    if found is None:
        found = _drawn(reckoning, terms)
        found = reckoning.drawn[terms.draw] = with_adjustments(reckoning, terms, found) if terms.adjustments else found
    return found


def _drawn(reckoning: Reckoning[N], terms: MetricTerms) -> Drawn[N]:
    world, passes = reckoning.world, terms.passes
    read = None if terms.counts or terms.weighs else terms.reader(world)
    series = (world.summed if terms.is_plain_sum else world.series)(terms.metric.of, terms.metric.day)
    amounts = _amounts(reckoning, terms, series)
    if amounts is not None:
        return amounts
    found: Drawn[N] = Drawn([], [], [], {})
    for day, row in zip(series.days, series.rows, strict=True):
        if passes is not None and not passes(row, world):
            continue
        if not terms.counts:
            value = read(row) if read else ONE
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
    return found


def _amounts(reckoning: Reckoning[N], terms: MetricTerms, series: Series) -> Drawn[N] | None:
    """Amounts of rows that are nothing but themselves, all known and in the program's currency; None for others.

    The most common case, read column by column.
    """
    if not terms.is_plain_money or (terms.is_credited and reckoning.world.index.credits):
        return None
    kind, name, world = terms.metric.of, terms.own_value, reckoning.world
    days, rows = series.days, series.rows
    if reckoning.arithmetic.plain and _is_plain_everywhere(world.index, terms):
        column = world.own_column(kind, rows, name)
        if column is not None:
            return Drawn(days, rows, column, {})
    numbers, picks = world.column(kind, rows, name), terms.filtered(rows, world)
    if picks is not None:
        days, rows, numbers = ([*compress(column, picks)] for column in (days, rows, numbers))
    if not world.is_of(kind, name, numbers, Decimal):
        return None
    if not world.is_always(kind, rows, "currency", terms.own_currency):
        return None
    if reckoning.arithmetic.traced:
        leaf, currency = reckoning.arithmetic.leaf, reckoning.currency
        numbers = [leaf(row, name, value, currency, name) for row, value in zip(rows, numbers, strict=True)]
    return Drawn(days, rows, numbers, {})


def _is_plain_everywhere(index: Index, terms: MetricTerms) -> bool:
    """Whether all rows of the book pass, with an amount in the program's currency. Asked once of a whole book."""
    found = index.plain.get(terms)
    if found is None:
        columns = index.columns(terms.metric.of)
        found = index.plain[terms] = columns is not None and _is_plain(columns, terms)
    return found


def _is_plain(columns: Columns, terms: MetricTerms) -> bool:
    where, choices = terms.metric.where, terms.choices
    if where and (choices is None or not columns.values(where[0].attribute) <= choices):
        return False
    return columns.types(terms.own_value) == {Decimal} and columns.values("currency") <= terms.own_currency


def _number(reckoning: Reckoning[N], terms: MetricTerms, row: Any, value: Any, day: date) -> N:
    """What one fact adds: its value as far as it counts, or what it counts for, times what the tables say."""
    ar, each = reckoning.arithmetic, terms.metric.each
    own = ar.leaf(row, "", ONE, "1", "counted") if terms.weighs else _value(reckoning, terms, row, value, day)
    own = own if each is None else kept_within(reckoning, terms, each, own)
    if not terms.tables:
        return own
    factors = [table.factor(ar, row, reckoning.world) for table in terms.tables]
    return ar.product([own, *factors], terms.unit, terms.metric.says)


def _value(reckoning: Reckoning[N], terms: MetricTerms, row: Any, value: Any, day: date) -> N:
    """A fact's value, in the program's currency or in units, and by the partner's credit where it is money."""
    name, ar = terms.metric.value, reckoning.arithmetic
    if not terms.is_money:
        return ar.leaf(row, name, Decimal(value), terms.unit, name)
    if terms.metric.per:
        number = _units(reckoning, terms, row, value)
    elif row.currency == reckoning.currency:
        number = ar.leaf(row, name, value, row.currency, name)
    else:
        number = reckoning.money(terms.version.program.exchange, row, value, name, name, day)
    if terms.is_credited and reckoning.world.index.credits:
        share = reckoning.world.share(row)
        if share != ONE:
            credit = ar.leaf(row, "credit", share, "1", "credited share")
            return ar.product([number, credit], terms.unit, name)
    return number


def _units(reckoning: Reckoning[N], terms: MetricTerms, row: Any, value: Decimal) -> N:
    """An amount in units of the program's own table, never exchanged. Raises MissingRate."""
    metric, ar = terms.metric, reckoning.arithmetic
    if row.currency not in metric.per:
        raise MissingRate(f"{metric.says} says no value of a unit in {row.currency}")
    unit = ar.choice(metric.per, row.currency, row.currency, "one unit", terms.origin)
    return ar.quotient(ar.leaf(row, metric.value, value, row.currency, metric.value), unit, terms.unit, metric.value)


def _taken(
    reckoning: Reckoning[N],
    terms: MetricTerms,
    rows: Sequence[Any],
    numbers: Sequence[N],
    excluded: tuple[Excluded, ...],
) -> Measured[N]:
    """The aggregate of a window's facts, or why there is none."""
    if terms.metric.take == "distinct":
        rows, numbers = different(reckoning, terms, rows, numbers)
    count = len(rows)
    if not count and terms.nothing_is_zero:
        number = reckoning.arithmetic.rule(ZERO, terms.unit, terms.metric.says, terms.origin)
        return finished(reckoning, terms, Measured(number, "", 0, excluded))
    if not count or count < terms.metric.minimum_rows:
        return finished(reckoning, terms, not_evaluated(terms, count, excluded))
    number = combined(reckoning, terms, rows, numbers, terms.metric.says)
    if reckoning.arithmetic.traced:
        number = reckoning.arithmetic.because(number, terms.words, excluded)
    found = Measured(number, "", count, excluded)
    return finished(reckoning, terms, found) if terms.is_finished else found


def combined(reckoning: Reckoning[N], terms: MetricTerms, rows: Sequence[Any], numbers: Sequence[N], label: str) -> N:
    """The aggregate of at least one fact."""
    ar = reckoning.arithmetic
    if terms.sums:
        return ar.sum(numbers, terms.unit, label)
    if terms.counts:
        return ar.count(numbers or rows, terms.unit, label)
    return ar.pick(terms.metric.take, numbers, terms.unit, label)


def different(
    reckoning: Reckoning[N], terms: MetricTerms, rows: Sequence[Any], numbers: Sequence[N]
) -> tuple[list[Any], list[N]]:
    """The first row of each value, where there is a value, with its number where facts have one."""
    read, seen = terms.reader(reckoning.world), dict[Any, int]()
    for i, row in enumerate(rows):
        seen.setdefault(read(row), i)
    first = [i for value, i in seen.items() if value not in (None, "")]
    return [rows[i] for i in first], [numbers[i] for i in first] if numbers else []


def not_evaluated(terms: MetricTerms, count: int, excluded: tuple[Excluded, ...]) -> Measured[N]:
    what, needed = plural(terms.metric.of), max(terms.metric.minimum_rows, 1)
    return Measured(None, f"{count} of {needed} {what} needed, {terms.words}", count, excluded)
