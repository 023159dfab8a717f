"""Fiscal years: a month that exists, and decisions that decide something."""

from collections.abc import Iterator

from partnerdesk.engine.rules import Program
from partnerdesk.program.lint.found import Found


def fiscal(program: Program) -> Iterator[Found]:
    """What is wrong with the fiscal year."""
    weeks = program.fiscal_weeks
    last = program.fiscal_year.months
    if weeks is not None and weeks.week_53 is not None and not 1 <= weeks.week_53 <= last:
        message = "a year has no such month."
        yield "fiscal_weeks.week_53", message, f"Write 1 to {last}; {last} is the last one of the year.", False
    if weeks is not None and weeks.periods and weeks.quarter != "4-4-5":
        message = "of thirteen periods each has four weeks."
        yield "fiscal_weeks.quarter", message, "Drop it, or drop `periods` for a year of twelve months.", True
    if program.fiscal_year_named == "begin" and program.fiscal_year_starts == "01-01":
        message = "a year from 1 January begins and ends in one calendar year."
        yield "fiscal_year_named", message, "Drop it, or write fiscal_year_starts.", True
