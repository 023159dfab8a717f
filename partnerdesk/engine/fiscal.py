"""Fiscal years: where their months begin, and how years and their parts are named.

A fiscal month has a number that goes on without end: twelve times that of the calendar year in which its fiscal year
begins by its terms, plus its place in it, 0 to 11. Quarters, halves and years are runs of these months.
"""

from bisect import bisect_right
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate

MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PATTERNS = {"4-4-5": (4, 4, 5), "4-5-4": (4, 5, 4), "5-4-4": (5, 4, 4)}
_DAY, _WEEK = timedelta(days=1), 7
_LONG = 53 * _WEEK  # days of the longer kind of year


@dataclass(frozen=True, slots=True)
class Weeks:
    """A year of whole weeks: it ends on `weekday` (0 is Monday), the last one up to the last day of the year that its
    terms name, or the one that is `nearest` to it. `quarter` holds the weeks of each month of a quarter; in a year of
    53 weeks `longer`, a month from 1 to 12, has one more.
    """

    weekday: int
    nearest: bool = False
    quarter: tuple[int, int, int] = (4, 4, 5)
    longer: int = 12


@dataclass(frozen=True, slots=True)
class FiscalYear:
    """Begins on `day` of `month` by its terms, with months that begin on that day of each, or made of weeks.

    A year is named after the calendar year in which it ends by its terms, or `named_by` the one in which it begins.
    """

    month: int = 1
    day: int = 1
    named_by: str = "end"
    weeks: Weeks | None = None

    @property
    def has_plain_months(self) -> bool:
        """Whether its months are those of the calendar."""
        return self.day == 1 and self.weeks is None

    @property
    def is_calendar(self) -> bool:
        """Whether it is the calendar year itself."""
        return self.has_plain_months and self.month == 1

    def month_of(self, day: date) -> int:
        """The number of the month that holds a day."""
        if self.weeks is None:
            number = day.year * 12 + day.month - self.month
            return number if self.day == 1 else number - (day < self.first_day(number))
        year = day.year + 1
        while (starts := _starts(self, year))[0] > day:
            year -= 1
        return year * 12 + bisect_right(starts, day) - 1

    def first_day(self, number: int) -> date:
        """The first day of a month by its number."""
        if self.weeks is not None:
            return _starts(self, number // 12)[number % 12]
        year, month = divmod(number + self.month - 1, 12)
        return date(year, month + 1, self.day if self.day <= 28 else min(self.day, monthrange(year, month + 1)[1]))

    @property
    def _name_ahead(self) -> int:
        """How far the year that it is named after lies after the calendar year in which it begins."""
        return int((self.month, self.day) != (1, 1) and self.named_by == "end")

    def first_month_of(self, name: int) -> int:
        """The number of the first month of the year with a name, such as 2027 for FY2027."""
        return (name - self._name_ahead) * 12

    def label(self, number: int, unit: str) -> str:
        """The name of a month, quarter, half or year by the number of its first month: 2026-09, FY2027Q3, FY2027M08."""
        year, place = divmod(number, 12)
        if self.has_plain_months and unit == "month":
            return f"{self.first_day(number):%Y-%m}"
        name = f"{year}" if self.is_calendar else f"FY{year + self._name_ahead}"
        if unit == "year":
            return name
        part = place // MONTHS[unit] + 1
        return f"{name}M{part:02d}" if unit == "month" else f"{name}{unit[0].upper()}{part}"


CALENDAR_YEAR = FiscalYear()


@lru_cache(maxsize=4096)
def _starts(fiscal: FiscalYear, year: int) -> tuple[date, ...]:
    """The first days of the twelve months of a year of weeks, by the calendar year in which it begins by its terms."""
    weeks = fiscal.weeks
    assert weeks is not None
    first, after = (_first_day(fiscal, weeks, number) for number in (year, year + 1))
    lengths = list(weeks.quarter * 4)
    if (after - first).days == _LONG:
        lengths[weeks.longer - 1] += 1
    return tuple(first + timedelta(weeks=passed) for passed in accumulate([0, *lengths[:-1]]))


def _first_day(fiscal: FiscalYear, weeks: Weeks, year: int) -> date:
    """The day after the weekday on which the year before ends."""
    last = FiscalYear(fiscal.month, fiscal.day).first_day(year * 12) - _DAY
    end = last + timedelta(days=3 if weeks.nearest else 0)
    return end - timedelta(days=(end.weekday() - weeks.weekday) % _WEEK) + _DAY


def unit_of(label: str) -> str:
    """The unit of the period that a label names: 2026-09, FY2027M08, 2026Q3, 2026H1, FY2027."""
    if "-" in label or label[-3:-2] == "M":
        return "month"
    return {"Q": "quarter", "H": "half"}.get(label[-2:-1], "year")
