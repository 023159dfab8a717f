"""Aggregates of facts: of the facts that a metric draws on, in order of day, every window is a slice."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from typing import Any

from partnerdesk.engine.facts import plural
from partnerdesk.engine.figures.figure import Excluded, N
from partnerdesk.engine.metrics.drawn import drawn_of, plainly_drawn, reader
from partnerdesk.engine.metrics.finishing import finished
from partnerdesk.engine.metrics.plain_sums import plain_sums
from partnerdesk.engine.metrics.uncounted import left_out
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.period import Period
from partnerdesk.engine.problem import Problem
from partnerdesk.engine.reckoning import Drawn, Measured, Reckoning
from partnerdesk.engine.terms.measured import Plain
from partnerdesk.engine.terms.metrics import MetricTerms


def aggregate(
    reckoning: Reckoning[N], terms: MetricTerms, table: dict[object, Measured[N]], asked: Period, back: int
) -> None:
    """Fills the table for a period, and in values mode for all others of the partner: they are asked for as well."""
    ar = reckoning.arithmetic
    if terms.is_plain_sum and ar.plain and (plain := _plain(reckoning, terms, asked.end)) is not None:
        plain_sums(plain, terms.cuts(reckoning.alongside(asked), back, reckoning.world.partner), table)
        return
    drawn = drawn_of(reckoning, terms, asked.end)
    days, rows, numbers = drawn.days, drawn.rows, drawn.numbers
    is_simple, nothing_is_zero, traced = terms.until is None and not drawn.gaps, terms.nothing_is_zero, ar.traced
    nothing = finished(reckoning, terms, Measured(_zero(reckoning, terms)))
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


def _zero(reckoning: Reckoning[N], terms: MetricTerms, excluded: tuple[Excluded, ...] = ()) -> N:
    """The zero of a window in which nothing counts, and which window that is."""
    ar = reckoning.arithmetic
    zero = ar.rule(ZERO, terms.unit, terms.metric.says, terms.origin)
    return ar.because(zero, f"nothing counts: {terms.words}", excluded) if ar.traced else zero


def _plain(reckoning: Reckoning[N], terms: MetricTerms, end: date) -> Plain | Drawn[N] | None:
    """What a plain sum draws on in plain values; None where one of its facts has no number."""
    found = plainly_drawn(reckoning, terms) or drawn_of(reckoning, terms, end)
    return found if isinstance(found, Plain) or not found.gaps else None


def _none_of(
    reckoning: Reckoning[N], terms: MetricTerms, nothing: Measured[N], excluded: tuple[Excluded, ...]
) -> Measured[N]:
    """Nothing, with what did not count beside it."""
    assert nothing.value is not None
    return Measured(
        reckoning.arithmetic.because(nothing.value, f"nothing counts: {terms.words}", excluded), excluded=excluded
    )


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
    return taken(reckoning, terms, drawn, inside, excluded) if broken is None else broken


def taken(
    reckoning: Reckoning[N],
    terms: MetricTerms,
    drawn: Drawn[N],
    inside: Sequence[int],
    excluded: tuple[Excluded, ...] = (),
) -> Measured[N]:
    """The aggregate of some of the drawn facts, each of which has a number, or why there is none."""
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
        return finished(reckoning, terms, Measured(_zero(reckoning, terms, excluded), "", 0, excluded))
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
        return ar.sum(numbers, terms.fact_unit, label)
    if terms.counts:
        return ar.count(numbers or rows, terms.fact_unit, label)
    return ar.pick(terms.metric.take, numbers, terms.fact_unit, label)


def different(
    reckoning: Reckoning[N], terms: MetricTerms, rows: Sequence[Any], numbers: Sequence[N]
) -> tuple[list[Any], list[N]]:
    """The first row of each value, where there is a value, with its number where facts have one."""
    assert terms.get
    read, seen = reader(reckoning, terms, terms.get), dict[Any, int]()
    for i, row in enumerate(rows):
        seen.setdefault(read(row), i)
    first = [i for value, i in seen.items() if value not in (None, "")]
    return [rows[i] for i in first], [numbers[i] for i in first] if numbers else []


def not_evaluated(terms: MetricTerms, count: int, excluded: tuple[Excluded, ...]) -> Measured[N]:
    what, needed = plural(terms.metric.of), max(terms.metric.minimum_rows, 1)
    return Measured(None, f"{count} of {needed} {what} needed, {terms.words}", count, excluded)
