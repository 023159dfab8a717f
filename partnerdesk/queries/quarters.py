"""The quarters of a book: those of its program's fiscal year, and of the calendar where it has no program.

A label says whose it is. FY2027Q2 is a quarter of the fiscal year; 2026Q3 is one of the calendar, also in a book whose
program has a fiscal year: what was kept by calendar quarters stays what it was.
"""

import re
from datetime import date
from functools import lru_cache

from sqlalchemy.orm import Session

from partnerdesk.engine.period import CALENDAR_YEAR, FiscalYear, Period, numbered, period_at
from partnerdesk.queries.figures import programs

_FISCAL = "FY"
_NAMED = re.compile(r"(FY)?([0-9]{4})([QHM])([0-9]{1,2})|([0-9]{4})-([0-9]{2})", re.ASCII | re.IGNORECASE)
_UNITS = {"Q": "quarter", "H": "half", "M": "month"}
_YEARS = range(1900, 2200)


def program_year(session: Session) -> FiscalYear:
    """The fiscal year by which statements are cut: that of the newest version; the calendar's without a program."""
    versions = programs(session)
    return versions[-1].fiscal_year if versions else CALENDAR_YEAR


def year_of(label: str, year: FiscalYear) -> FiscalYear:
    """The year in whose terms a label is written, where that of the program is `year`: before and after it, others
    of the same kind follow by this one.
    """
    return year if label.startswith(_FISCAL) else CALENDAR_YEAR


@lru_cache(maxsize=4096)
def period_named(label: str, year: FiscalYear) -> Period | None:
    """The month, quarter or half with a label (2026-10, FY2027M09, 2026Q3, FY2027Q2, 2026H1), or None."""
    found = _NAMED.fullmatch(label.strip())
    if found is None:
        return None
    name, number = int(found[2] or found[5]), int(found[4] or found[6])
    unit = _UNITS[found[3].upper()] if found[3] else "month"
    if name not in _YEARS or (unit == "month" and found[3] and not found[1]):
        return None
    if found[4] and len(found[4]) != (2 if unit == "month" else 1):
        return None
    named = year if found[1] else CALENDAR_YEAR
    first = named.part(name, unit, number)
    return None if first is None else numbered(first, unit, named)


def holds_most_of(period: Period, year: FiscalYear) -> Period:
    """The period of the same unit of a year that has the middle of a period, and so most of its days."""
    return period_at(period.start + (period.end - period.start) // 2, period.unit, year)


def quarter_of(session: Session, day: date) -> Period:
    """The quarter of the book that holds a day."""
    return period_at(day, "quarter", program_year(session))
