"""Civil dates in periods: a `Period` is a type, half-open nowhere: both its days are inside it.

A `Calendar` holds the periods of one fiscal year's rhythm, so that a whole book shares them.
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import ClassVar

MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A month, quarter, half or year (`unit`) from `start` to `end`, both inclusive; `label` like 2026Q3 or 2026-09."""

    start: date
    end: date
    unit: str
    label: str
    is_whole: ClassVar[bool] = True

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def __hash__(self) -> int:
        # Equal periods have equal labels, and a text keeps its hash.
        return hash(self.label)

    def __str__(self) -> str:
        return self.label


class Running(Period):
    """A period up to one of its days, on which it is looked at; its label names both."""

    __slots__ = ()
    is_whole: ClassVar[bool] = False


def up_to(period: Period, day: date) -> Period:
    """The part of a period that ends on a day."""
    return period if day == period.end else Running(period.start, day, period.unit, f"{period} up to {day}")


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months later, or that month's last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if day.day <= 28:
        return date(year, month + 1, day.day)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def day_before(day: date, months: int) -> date:
    """The same day so many months before; the end of a month stays one."""
    return add_months(day + timedelta(days=1), -months) - timedelta(days=1)


def month_end(day: date) -> date:
    """The last day of the month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


@lru_cache(maxsize=4096)
def period_at(day: date, unit: str, year_start: int = 1) -> Period:
    """The period that holds a day; quarters, halves and years count from the first of month `year_start` (1 to 12)."""
    size = MONTHS[unit]
    into_year = (day.month - year_start) % 12
    start = add_months(day.replace(day=1), -(into_year % size))
    end = add_months(start, size) - timedelta(days=1)
    return Period(start, end, unit, _label(start, unit, year_start))


def _label(start: date, unit: str, year_start: int) -> str:
    if unit == "month":
        return f"{start:%Y-%m}"
    # A fiscal year carries the number of the calendar year in which it ends.
    into_year = (start.month - year_start) % 12
    first = add_months(start, -into_year)
    year = first.year if year_start == 1 else first.year + 1
    prefix = "" if year_start == 1 else "FY"
    if unit == "year":
        return f"{prefix}{year}"
    return f"{prefix}{year}{unit[0].upper()}{into_year // MONTHS[unit] + 1}"


def next_period(period: Period, year_start: int = 1) -> Period:
    """The period that follows."""
    return period_at(period.end + timedelta(days=1), period.unit, year_start)


def previous_period(period: Period, year_start: int = 1) -> Period:
    """The period before."""
    return period_at(period.start - timedelta(days=1), period.unit, year_start)


def periods(first: date, last: date, unit: str, year_start: int = 1) -> Iterator[Period]:
    """All periods from the one that holds `first` to the one that holds `last`."""
    period = period_at(first, unit, year_start)
    while period.start <= last:
        yield period
        period = next_period(period, year_start)


def months_between(earlier: date, later: date) -> int:
    """Whole months from one day to another; negative when the second comes first."""
    if later < earlier:
        return -months_between(later, earlier)
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return months - (1 if add_months(earlier, months) > later else 0)


class ByDay(dict[date, Period]):
    """Periods of a unit by every day that was asked for; all days of one give the same object."""

    def __init__(self, unit: str, year_start: int) -> None:
        super().__init__()
        self.unit, self.year_start = unit, year_start
        self._periods: dict[int, Period] = {}  # by how many of them lie between the first year and it

    def __missing__(self, day: date) -> Period:
        number = (day.year * 12 + day.month - self.year_start) // MONTHS[self.unit]
        found = self._periods.get(number)
        if found is None:
            found = self._periods[number] = period_at(day, self.unit, self.year_start)
        self[day] = found
        return found


class Calendar:
    """Periods by day, each found once; the same day always gives the same object."""

    def __init__(self, year_start: int = 1) -> None:
        self.year_start = year_start
        self.by_day = {unit: ByDay(unit, year_start) for unit in MONTHS}
        self._before: dict[int, dict[str, Period]] = defaultdict(dict)
        self._runs: dict[tuple[str, str], tuple[Period, ...]] = {}
        self._with_year: dict[tuple[str, date], tuple[Period, ...]] = {}

    def at(self, day: date, unit: str) -> Period:
        """The period that holds a day."""
        return self.by_day[unit][day]

    def after(self, period: Period, count: int = 1) -> Period:
        """The period so many later; earlier where the count is negative."""
        return self.at(add_months(period.start, count * MONTHS[period.unit]), period.unit)

    def months_before(self, period: Period, months: int) -> Period:
        """The period of the same unit so many months before; a whole number of such units."""
        known = self._before[months]
        found = known.get(period.label)
        if found is None:
            found = known[period.label] = self.after(period, -months // MONTHS[period.unit])
        return found

    def with_year_before(self, first: date, last: date, unit: str) -> tuple[Period, ...]:
        """The same from a year before `first` on."""
        key = self.by_day[unit][first].label, last
        found = self._with_year.get(key)
        if found is None:
            found = self._with_year[key] = self.between(add_months(first, -12), last, unit)
        return found

    def between(self, first: date, last: date, unit: str) -> tuple[Period, ...]:
        """All periods from the one that holds `first` to the one that holds `last`; none where `last` comes before."""
        key = self.at(first, unit).label, self.at(last, unit).label
        found = self._runs.get(key)
        if found is None:
            found = self._runs[key] = tuple(periods(first, last, unit, self.year_start))
        return found
