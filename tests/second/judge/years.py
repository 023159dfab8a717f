"""Fiscal years as a program describes them: the first day of each of their months."""

from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from partnerdesk.engine.rules import Program

WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
ONE_DAY, ONE_WEEK = timedelta(days=1), timedelta(days=7)


class Year(NamedTuple):
    """What a program says of its fiscal year; `ends_on` is empty where its months are not made of weeks."""

    starts: str
    ends_on: str = ""
    ends: str = ""
    quarter: str = ""
    week_53: int = 0
    quarters: tuple[int, ...] = (3, 3, 3, 3)  # months of each


def year_of(program: Program) -> Year:
    weeks = program.fiscal_weeks
    if weeks is None:
        return Year(program.fiscal_year_starts)
    quarters = tuple(int(count) for count in (weeks.periods or "3-3-3-3").split("-"))
    quarter, longer = "" if weeks.periods else weeks.quarter, weeks.week_53 or sum(quarters)
    return Year(program.fiscal_year_starts, weeks.ends_on, weeks.ends, quarter, longer, quarters)


def is_counted_by_days_of_months(year: Year) -> bool:
    """Whether a day so many months before is the same day of the calendar month."""
    return not year.ends_on and int(year.starts[-2:]) < 29


@lru_cache(maxsize=4096)
def months_of(year: Year, number: int) -> list[date]:
    """The first days of the months of the fiscal year that begins by its terms in a calendar year."""
    return _in_weeks(year, number) if year.ends_on else _in_months(year, number)


def _in_months(year: Year, number: int) -> list[date]:
    """On the named day of twelve calendar months, or on the last day of one that is too short."""
    month, day = int(year.starts[:2]), int(year.starts[-2:])
    return [_day(number + (month + n) // 12, (month + n) % 12 + 1, day) for n in range(-1, 11)]


def _day(year: int, month: int, day: int) -> date:
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1


def _in_weeks(year: Year, number: int) -> list[date]:
    first, after = _end(year, number) + ONE_DAY, _end(year, number + 1) + ONE_DAY
    weeks = [int(count) for count in year.quarter.split("-")] * 4 if year.quarter else [4] * 13
    if first + sum(weeks) * ONE_WEEK != after:
        weeks[year.week_53 - 1] += 1
    assert first + sum(weeks) * ONE_WEEK == after
    return [first + sum(weeks[:n]) * ONE_WEEK for n in range(len(weeks))]


def _end(year: Year, number: int) -> date:
    """The weekday on which the year ends after which one begins, by its terms, in a calendar year."""
    named = _day(number, int(year.starts[:2]), int(year.starts[-2:])) - ONE_DAY
    days = [named + n * ONE_DAY for n in (range(-3, 4) if year.ends == "nearest" else range(-6, 1))]
    (end,) = [day for day in days if WEEKDAYS[day.weekday()] == year.ends_on]
    return end
