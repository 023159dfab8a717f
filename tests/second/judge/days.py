"""Civil days: periods of a fiscal year, months added, whole months between."""

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

SIZES = {"month": 1, "quarter": 3, "half": 6, "year": 12}
ONE_DAY = timedelta(days=1)


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


def span_of(day: date, unit: str, first_month: int = 1) -> Span:
    """The month, quarter, half or year that holds a day, in a year that begins with `first_month`."""
    start = date(day.year, day.month, 1)
    while (start.month - first_month) % SIZES[unit]:
        start = plus_months(start, -1)
    return Span(unit, start, plus_months(start, SIZES[unit]) - ONE_DAY)


def spans_between(first: date, last: date, unit: str, first_month: int) -> list[Span]:
    """All periods from the one that holds the first day to the one that holds the last."""
    found = [span_of(first, unit, first_month)]
    while found[-1].end < last:
        found.append(span_of(found[-1].end + ONE_DAY, unit, first_month))
    return found


def spans_back(span: Span, count: int, first_month: int) -> Span:
    """The period so many before."""
    for _ in range(count):
        span = span_of(span.start - ONE_DAY, span.unit, first_month)
    return span


def spans_on(span: Span, count: int, first_month: int) -> Span:
    """The period so many later."""
    for _ in range(count):
        span = span_of(span.end + ONE_DAY, span.unit, first_month)
    return span


def whole_months(earlier: date, later: date) -> int:
    """Whole months from a day to one that is not before it."""
    months = 0
    while plus_months(earlier, months + 1) <= later:
        months += 1
    return months
