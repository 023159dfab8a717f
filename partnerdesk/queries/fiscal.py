"""The fiscal year in which files of a book are read where they name one, such as FY2027Q1."""

from sqlalchemy.orm import Session

from partnerdesk.engine.period import CALENDAR_YEAR, FiscalYear
from partnerdesk.queries.figures import programs
from partnerdesk.queries.settings import AS_PROGRAM, book_settings


def fiscal_year(session: Session) -> FiscalYear:
    """From the month that was set, or that of the newest version; the calendar's while there is none."""
    month = book_settings(session).year_start
    if month != AS_PROGRAM:
        return FiscalYear(month)
    versions = programs(session)
    return versions[-1].fiscal_year if versions else CALENDAR_YEAR
