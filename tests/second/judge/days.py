"""Civil days: periods of a fiscal year, months added, whole months between."""

from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from tests.second.judge.years import ONE_DAY, Year, is_counted_by_days_of_months, months_of

QUARTERS = {"quarter": 1, "half": 2, "year": 4}


class Back(NamedTuple):
    """How far something lies before: so many quarters, then so many months."""

    quarters: int = 0
    months: int = 0

    def and_also(self, other: "Back") -> "Back":
        return Back(self.quarters + other.quarters, self.months + other.months)


NOW = Back()


def in_months(months: int) -> Back:
    """So many months of a rule; twelve are a year, however many months that has."""
    return Back(months // 12 * 4, months % 12)


def in_units(count: int, unit: str) -> Back:
    return in_months(count) if unit == "month" else Back(count * QUARTERS[unit])


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
    """The month that holds a day: all those of the calendar years before its fiscal year begins, plus its place."""
    number = day.year + 1
    while months_of(year, number)[0] > day:
        number -= 1
    return number * sum(year.quarters) + sum(start <= day for start in months_of(year, number)) - 1


def _first_day(month: int, year: Year) -> date:
    number, place = divmod(month, sum(year.quarters))
    return months_of(year, number)[place]


def place_in_year(place: int, unit: str, year: Year) -> tuple[int, int, int]:
    """Which one of the year's months, quarters or halves holds its month, its first month and the one after it."""
    lengths = [1] * sum(year.quarters) if unit == "month" else list(year.quarters)
    size = QUARTERS.get(unit, 1)
    first = which = 0
    while True:
        after = first + sum(lengths[which * size : (which + 1) * size])
        if place < after:
            return which, first, after
        which, first = which + 1, after


def span_of(day: date, unit: str, year: Year) -> Span:
    """The month, quarter, half or year of a fiscal year that holds a day."""
    month = _month_of(day, year)
    place = month % sum(year.quarters)
    _, first, after = place_in_year(place, unit, year)
    return Span(unit, _first_day(month - place + first, year), _first_day(month - place + after, year) - ONE_DAY)


def moved(day: date, by: Back, year: Year, *, later: bool = False) -> date:
    """The day that lies so far before, or later: the same one of the month, or as far into a fiscal one; or its last.

    So many quarters away it is as far into the quarter.
    """
    sign = 1 if later else -1
    if is_counted_by_days_of_months(year):
        return plus_months(day, sign * (3 * by.quarters + by.months))
    month = _month_of(day, year)
    into = day - _first_day(month, year)
    number, place = divmod(month, sum(year.quarters))
    which, first, _ = place_in_year(place, "quarter", year)
    number, quarter = divmod(number * 4 + which + sign * by.quarters, 4)
    then = number * sum(year.quarters) + sum(year.quarters[:quarter]) + place - first + sign * by.months
    return min(_first_day(then, year) + into, _first_day(then + 1, year) - ONE_DAY)


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
