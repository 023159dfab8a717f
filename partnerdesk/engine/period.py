"""Civil dates in periods: a `Period` is a type, half-open nowhere: both its days are inside it.

A `Calendar` holds the periods of one kind of fiscal year, so that a whole book shares them.
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import ClassVar

from partnerdesk.engine.fiscal import CALENDAR_YEAR as CALENDAR_YEAR
from partnerdesk.engine.fiscal import MONTHS as MONTHS
from partnerdesk.engine.fiscal import FiscalYear as FiscalYear

LAST_OF_ALL = 28  # the last day that every month has


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


def statement_number(period: Period) -> str:
    """The number of a statement of a period: ST-2026-09."""
    return f"ST-{period.label}"


def has_calendar_name(period: Period) -> bool:
    """Whether it is a month that is called as the calendar does: not one of a fiscal year, which has a number."""
    return period.unit == "month" and "M" not in period.label


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


def first_of_days(day: date, days: tuple[int, ...]) -> date:
    """The first day from a day on that is one of some days of a month; one that a month lacks is its last."""
    for month in (day.replace(day=1), add_months(day.replace(day=1), 1)):
        last = month_end(month).day
        coming = [found for n in days if (found := month.replace(day=min(n, last))) >= day]
        if coming:
            return min(coming)
    raise ValueError("days of a month are numbers from 1 on")


def month_end(day: date) -> date:
    """The last day of the month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


@lru_cache(maxsize=4096)
def period_at(day: date, unit: str, year: FiscalYear = CALENDAR_YEAR) -> Period:
    """The period that holds a day: a month of the fiscal year, or the quarter, half or year that it lies in."""
    return numbered(year.first_of(year.index_of(year.month_of(day), unit), unit), unit, year)


def numbered(number: int, unit: str, year: FiscalYear = CALENDAR_YEAR) -> Period:
    """The period whose first month has a number, as `FiscalYear.month_of` gives it."""
    after = year.first_of(year.index_of(number, unit) + 1, unit)
    end = year.first_day(after) - timedelta(days=1)
    return Period(year.first_day(number), end, unit, year.label(number, unit))


def next_period(period: Period, year: FiscalYear = CALENDAR_YEAR) -> Period:
    """The period that follows."""
    return period_at(period.end + timedelta(days=1), period.unit, year)


def previous_period(period: Period, year: FiscalYear = CALENDAR_YEAR) -> Period:
    """The period before."""
    return period_at(period.start - timedelta(days=1), period.unit, year)


def periods(first: date, last: date, unit: str, year: FiscalYear = CALENDAR_YEAR) -> Iterator[Period]:
    """All periods from the one that holds `first` to the one that holds `last`."""
    period = period_at(first, unit, year)
    while period.start <= last:
        yield period
        period = next_period(period, year)


def months_between(earlier: date, later: date) -> int:
    """Whole months from one day to another; negative when the second comes first."""
    if later < earlier:
        return -months_between(later, earlier)
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return months - (1 if add_months(earlier, months) > later else 0)


def years_since(first: date, day: date) -> int:
    """Which year from a day on holds another one: the first one is 1, years before it count backwards."""
    return day.year - first.year + (day >= add_months(first, 12 * (day.year - first.year)))


class ByDay(dict[date, Period]):
    """Periods of a unit by every day that was asked for; all days of one give the same object."""

    def __init__(self, unit: str, year: FiscalYear) -> None:
        super().__init__()
        self.unit, self.year = unit, year
        self._size, self._month, self._is_plain = MONTHS[unit], year.month, year.has_plain_months
        self._is_even = year.is_even
        self._periods: dict[int, Period] = {}  # by how many of them lie between the first year and it

    def __missing__(self, day: date) -> Period:
        # Asked for every day of a book: the usual year is counted here, without a call.
        month = day.year * 12 + day.month - self._month if self._is_plain else self.year.month_of(day)
        index = month // self._size if self._is_even else self.year.index_of(month, self.unit)
        found = self._periods.get(index)
        if found is None:
            found = self.numbered(index)
        self[day] = found
        return found

    def numbered(self, number: int) -> Period:
        """The period by how many of them lie between the first year and it."""
        found = self._periods.get(number)
        if found is None:
            found = self._periods[number] = numbered(self.year.first_of(number, self.unit), self.unit, self.year)
        return found


class Calendar:
    """Periods by day, each found once; the same day always gives the same object."""

    def __init__(self, year: FiscalYear = CALENDAR_YEAR) -> None:
        self.year = year
        self.by_day = {unit: ByDay(unit, year) for unit in MONTHS}
        self._before: dict[int, dict[str, Period]] = defaultdict(dict)
        self._runs: dict[tuple[str, str], tuple[Period, ...]] = {}
        self._with_year: dict[tuple[str, date], tuple[Period, ...]] = {}

    def at(self, day: date, unit: str) -> Period:
        """The period that holds a day."""
        return self.by_day[unit][day]

    def after(self, period: Period, count: int = 1) -> Period:
        """The period so many later; earlier where the count is negative."""
        year = self.year
        return self.by_day[period.unit].numbered(year.index_of(year.month_of(period.start), period.unit) + count)

    def shifted(self, day: date, months: int) -> date:
        """The same day so many months of the fiscal year later, or that month's last day; twelve are always a year."""
        return self.stepped(day, self.year.steps(months))

    def stepped(self, day: date, steps: int) -> date:
        """The same by steps of the fiscal year, as `FiscalYear.steps_in` counts its periods.

        Months of weeks, and those that begin where some months have no such day, are counted by their own first days.
        """
        year = self.year
        if year.weeks is None and year.day <= LAST_OF_ALL:
            return add_months(day, steps)
        number = year.month_of(day)
        then = year.moved(number, steps)
        first, after = year.first_day(then), year.first_day(then + 1)
        return min(first + (day - year.first_day(number)), after - timedelta(days=1))

    def shifted_end(self, day: date, months: int) -> date:
        """The last day of what ends on a day, so many months later; the end of a month stays one."""
        return self.stepped_end(day, self.year.steps(months))

    def stepped_end(self, day: date, steps: int) -> date:
        """The same by steps."""
        return self.stepped(day + timedelta(days=1), steps) - timedelta(days=1)

    def months_before(self, period: Period, months: int) -> Period:
        """The period of the same unit so many months before; a whole number of such units."""
        return self.steps_before(period, self.year.steps(months))

    def steps_before(self, period: Period, steps: int) -> Period:
        """The same by steps; a number by which such periods move as a whole."""
        known = self._before[steps]
        found = known.get(period.label)
        if found is None:
            year, unit = self.year, period.unit
            month = year.moved(year.month_of(period.start), -steps)
            found = known[period.label] = self.by_day[unit].numbered(year.index_of(month, unit))
        return found

    def with_year_before(self, first: date, last: date, unit: str) -> tuple[Period, ...]:
        """The same from a year before `first` on."""
        key = self.by_day[unit][first].label, last
        found = self._with_year.get(key)
        if found is None:
            found = self._with_year[key] = self.between(self.shifted(first, -12), last, unit)
        return found

    def between(self, first: date, last: date, unit: str) -> tuple[Period, ...]:
        """All periods from the one that holds `first` to the one that holds `last`; none where `last` comes before."""
        key = self.at(first, unit).label, self.at(last, unit).label
        found = self._runs.get(key)
        if found is None:
            found = self._runs[key] = tuple(periods(first, last, unit, self.year))
        return found
