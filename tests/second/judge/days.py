"""Civil days: periods of a fiscal year, months added, whole months between."""

from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from tests.second.judge.years import ONE_DAY, Year, is_counted_by_days_of_months, months_of

SIZES = {"month": 1, "quarter": 3, "half": 6, "year": 12}


class Span(NamedTuple):
    """A period by its unit and its first and last day, both inside."""

    unit: str
    start: date
    end: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day <= self.end


def plus_months(day: date, months: int) -> date:
    """The same day so many months later, or the last one of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_of_month(day: date) -> date:
    return date(day.year, day.month, monthrange(day.year, day.month)[1])


@lru_cache(maxsize=4096)
def _month_of(day: date, year: Year) -> int:
    """The month that holds a day: twelve times the calendar year in which its fiscal year begins, plus its place."""
    number = day.year + 1
    while months_of(year, number)[0] > day:
        number -= 1
    return number * 12 + sum(start <= day for start in months_of(year, number)) - 1


def _first_day(month: int, year: Year) -> date:
    return months_of(year, month // 12)[month % 12]


def span_of(day: date, unit: str, year: Year) -> Span:
    """The month, quarter, half or year of a fiscal year that holds a day."""
    first = _month_of(day, year) // SIZES[unit] * SIZES[unit]
    return Span(unit, _first_day(first, year), _first_day(first + SIZES[unit], year) - ONE_DAY)


def moved(day: date, months: int, year: Year) -> date:
    """The day so many fiscal months later: the same one of the month, or as far into a fiscal one; or its last."""
    if is_counted_by_days_of_months(year):
        return plus_months(day, months)
    month = _month_of(day, year)
    into = day - _first_day(month, year)
    return min(_first_day(month + months, year) + into, _first_day(month + months + 1, year) - ONE_DAY)


def spans_between(first: date, last: date, unit: str, year: Year) -> list[Span]:
    """All periods from the one that holds the first day to the one that holds the last."""
    found = [span_of(first, unit, year)]
    while found[-1].end < last:
        found.append(span_of(found[-1].end + ONE_DAY, unit, year))
    return found


def spans_back(span: Span, count: int, year: Year) -> Span:
    """The period so many before."""
    for _ in range(count):
        span = span_of(span.start - ONE_DAY, span.unit, year)
    return span


def spans_on(span: Span, count: int, year: Year) -> Span:
    """The period so many later."""
    for _ in range(count):
        span = span_of(span.end + ONE_DAY, span.unit, year)
    return span


def whole_months(earlier: date, later: date) -> int:
    """Whole months from a day to one that is not before it."""
    months = 0
    while plus_months(earlier, months + 1) <= later:
        months += 1
    return months
