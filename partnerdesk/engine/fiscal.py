"""Fiscal years: where their months begin, and how years and their parts are named.

A fiscal month has a number that goes on without end: the calendar year in which its fiscal year begins by its terms,
times the months of a year, 12 or 13, plus its place in it from 0 on. Quarters, halves and years are runs of months.

How far one day lies from another is counted in steps. One is a month; where quarters differ in months, a quarter is
many of them, so that the quarter before is found whatever its length (`FiscalYear.steps_in`).
"""

from bisect import bisect_right
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate, pairwise

MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PATTERNS = {"4-4-5": (4, 4, 5), "4-5-4": (4, 5, 4), "5-4-4": (5, 4, 4)}
USUAL = (3, 3, 3, 3)  # months of each quarter
THIRTEEN = {"3-3-3-4": (3, 3, 3, 4), "3-3-4-3": (3, 3, 4, 3), "3-4-3-3": (3, 4, 3, 3), "4-3-3-3": (4, 3, 3, 3)}
_QUARTERS = {"quarter": 1, "half": 2, "year": 4}
_A_QUARTER = 100  # steps, where quarters differ in months: more months than are counted without their years
_DAY, _WEEK = timedelta(days=1), 7
_LONG = 53 * _WEEK  # days of the longer kind of year


@dataclass(frozen=True, slots=True)
class Weeks:
    """A year of whole weeks: it ends on `weekday` (0 is Monday), the last one up to the last day of the year that its
    terms name, or the one that is `nearest` to it. `quarter` holds the weeks of each month of a quarter. Where a year
    has thirteen months of four weeks, `quarters` holds how many of them each quarter has. In a year of 53 weeks
    `longer`, a month from 1 on, has one more.
    """

    weekday: int
    nearest: bool = False
    quarter: tuple[int, int, int] = (4, 4, 5)
    longer: int = 12
    quarters: tuple[int, ...] = USUAL

    @property
    def lengths(self) -> list[int]:
        """The weeks of each month of a year of 52."""
        return list(self.quarter * 4) if self.quarters == USUAL else [4] * sum(self.quarters)


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

    @property
    def quarters(self) -> tuple[int, ...]:
        """How many months each quarter has."""
        return USUAL if self.weeks is None else self.weeks.quarters

    @property
    def is_even(self) -> bool:
        """Whether all its quarters have three months."""
        return self.weeks is None or self.weeks.quarters == USUAL

    @property
    def months(self) -> int:
        """How many months it has, 12 or 13."""
        return 12 if self.is_even else sum(self.quarters)

    def count(self, unit: str) -> int:
        """How many months, quarters, halves or years it has."""
        return len(_firsts(self.quarters, unit))

    def index_of(self, number: int, unit: str) -> int:
        """How many periods of a unit lie between the first year and the one that holds a month."""
        if self.is_even:
            return number // MONTHS[unit]
        year, place = divmod(number, self.months)
        firsts = _firsts(self.quarters, unit)
        return year * len(firsts) + bisect_right(firsts, place) - 1

    def first_of(self, index: int, unit: str) -> int:
        """The first month of the period with an index of `index_of`."""
        if self.is_even:
            return index * MONTHS[unit]
        firsts = _firsts(self.quarters, unit)
        year, part = divmod(index, len(firsts))
        return year * self.months + firsts[part]

    def longest(self, unit: str) -> int:
        """The most months that a period of a unit has."""
        firsts = (*_firsts(self.quarters, unit), self.months)
        return max(after - first for first, after in pairwise(firsts))

    def months_in(self, months: int) -> int:
        """How many of its months are meant by so many of the rules, of which twelve are a year."""
        return months + months // 12 * (self.months - 12)

    def steps(self, months: int) -> int:
        """So many months of the rules as steps: twelve are a year, the others so many months of it."""
        if self.is_even:
            return months
        years, rest = divmod(abs(months), 12)
        return (years * self.steps_in("year") + rest) * (-1 if months < 0 else 1)

    def steps_in(self, unit: str) -> int:
        """The steps from a period of a unit to the next one."""
        return MONTHS[unit] if self.is_even or unit == "month" else _QUARTERS[unit] * _A_QUARTER

    def moves_whole(self, unit: str, steps: int) -> bool:
        """Whether every period of a unit is one again so many steps later."""
        if self.is_even or unit != "month":
            return not steps % self.steps_in(unit)
        return steps % self.steps_in("year") < _A_QUARTER

    def in_words(self, steps: int) -> str:
        """Steps as they are said: 12 months, 1 quarter, 4 quarters and 2 months."""
        if self.is_even:
            return f"{steps} months"
        counts = zip(divmod(steps, _A_QUARTER), ("quarter", "month"), strict=True)
        return " and ".join(f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in counts if count)

    def moved(self, number: int, steps: int) -> int:
        """The month so many steps later: as far into the quarter that is meant, then by single months."""
        if self.is_even:
            return number + steps
        quarters, months = divmod(abs(steps), _A_QUARTER)
        sign, quarter = -1 if steps < 0 else 1, self.index_of(number, "quarter")
        into = number - self.first_of(quarter, "quarter")
        return self.first_of(quarter + sign * quarters, "quarter") + into + sign * months

    def month_of(self, day: date) -> int:
        """The number of the month that holds a day."""
        if self.weeks is None:
            number = day.year * 12 + day.month - self.month
            return number if self.day == 1 else number - (day < self.first_day(number))
        year = day.year + 1
        while (starts := _starts(self, year))[0] > day:
            year -= 1
        return year * self.months + bisect_right(starts, day) - 1

    def first_day(self, number: int) -> date:
        """The first day of a month by its number."""
        if self.weeks is not None:
            return _starts(self, number // self.months)[number % self.months]
        year, month = divmod(number + self.month - 1, 12)
        return date(year, month + 1, self.day if self.day <= 28 else min(self.day, monthrange(year, month + 1)[1]))

    @property
    def _name_ahead(self) -> int:
        """How far the year that it is named after lies after the calendar year in which it begins."""
        return int((self.month, self.day) != (1, 1) and self.named_by == "end")

    def first_month_of(self, name: int) -> int:
        """The number of the first month of the year with a name, such as 2027 for FY2027."""
        return (name - self._name_ahead) * self.months

    def part(self, name: int, unit: str, number: int) -> int | None:
        """The number of the first month of a part of the year with a name, from 1 on: of the second quarter of FY2027.

        None where it has no such part.
        """
        if not 1 <= number <= self.count(unit):
            return None
        return self.first_of(self.index_of(self.first_month_of(name), unit) + number - 1, unit)

    def label(self, number: int, unit: str) -> str:
        """The name of a month, quarter, half or year by the number of its first month: 2026-09, FY2027Q3, FY2027M08."""
        year = number // self.months
        if self.has_plain_months and unit == "month":
            return f"{self.first_day(number):%Y-%m}"
        name = f"{year}" if self.is_calendar else f"FY{year + self._name_ahead}"
        if unit == "year":
            return name
        part = self.index_of(number, unit) % self.count(unit) + 1
        return f"{name}M{part:02d}" if unit == "month" else f"{name}{unit[0].upper()}{part}"


CALENDAR_YEAR = FiscalYear()


@lru_cache(maxsize=64)
def _firsts(quarters: tuple[int, ...], unit: str) -> tuple[int, ...]:
    """The places in the year at which its periods of a unit begin."""
    if unit == "month":
        return tuple(range(sum(quarters)))
    return tuple(accumulate(quarters, initial=0))[: 4 : _QUARTERS[unit]]


@lru_cache(maxsize=4096)
def _starts(fiscal: FiscalYear, year: int) -> tuple[date, ...]:
    """The first days of the months of a year of weeks, by the calendar year in which it begins by its terms."""
    weeks = fiscal.weeks
    assert weeks is not None
    first, after = (_first_day(fiscal, weeks, number) for number in (year, year + 1))
    lengths = weeks.lengths
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
