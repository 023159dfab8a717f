"""Which quarters and years a joint plan is made of: those of the program's fiscal year, as those of statements."""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy.orm import Session

from partnerdesk.engine.period import CALENDAR_YEAR, FiscalYear, Period, add_months, next_period, period_at, periods
from partnerdesk.queries.quarters import program_year, year_of

_DAY = timedelta(days=1)


def plan_quarters(start: date, end: date, labels: Iterable[str], year: FiscalYear) -> tuple[str, ...]:
    """The labels of a plan's quarters from its first to its last day, where `year` is the program's.

    A plan with something at a quarter of the calendar (`labels` are those it has) stays with the calendar. Of fiscal
    quarters those count whose middle lies in the plan, so that a plan of a calendar year has four of them.
    """
    own = year if all(year_of(label, year) == year for label in labels) else CALENDAR_YEAR
    found = tuple(periods(start, end, "quarter", own))
    inside = found if own.is_calendar else [p for p in found if start <= p.start + (p.end - p.start) // 2 <= end]
    return tuple(p.label for p in inside or found)


def coming_year(session: Session, today: date) -> Period:
    """The year that a plan begun today is for: from its last quarter on the next one."""
    year = program_year(session)
    now = period_at(today, "year", year)
    return next_period(now, year) if period_at(today, "quarter", year).end == now.end else now


def year_after(session: Session, day: date) -> tuple[date, date]:
    """The first and last day of what follows a plan that ends on a day: a year of the program, else twelve months."""
    start = day + _DAY
    own = period_at(start, "year", program_year(session))
    return start, own.end if own.start == start else add_months(start, 12) - _DAY


def title_of(session: Session, start: date, end: date) -> str:
    """What a plan of a period is called until somebody names it: Joint plan 2026, 2026/27, FY2027."""
    return f"Joint plan {period_of(session, start, end)}"


def period_of(session: Session, start: date, end: date) -> str:
    """What the period of a plan is called: the year of the program where it is one, else the years that it lies in."""
    own = period_at(start, "year", program_year(session))
    if (own.start, own.end) == (start, end):
        return own.label
    return f"{start.year}" + (f"/{end.year % 100:02}" if end.year != start.year else "")
