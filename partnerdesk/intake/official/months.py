"""Periods that stand side by side in a payout: which column is the one of a statement.

"Sep 2026" is a month of the calendar; FY26 P06, P06 and M06 count in the program's fiscal year. Where that year has
other months than the calendar, or counts its quarters from elsewhere, a column named by the calendar is asked about.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from partnerdesk.engine.period import CALENDAR_YEAR, FiscalYear, Period, month_end, months_between, numbered
from partnerdesk.intake import months
from partnerdesk.intake.days import header_span
from partnerdesk.intake.question import Option, Question
from partnerdesk.intake.shapes.periods import period_of
from partnerdesk.intake.table import Table

_NUMBERED = re.compile(r"(?:p|fp|m|per|period[eo]?|période|período|month|monat|fm)\.?[ _-]?0?([1-9]|1[0-3])", re.I)
_OF_YEAR = re.compile(r"(?:fy|gj)\s*'?([0-9]{4}|[0-9]{2})", re.I | re.ASCII)
_PART = re.compile(r"Q([1-4])|H([12])", re.I)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The period of the statements, and the fiscal year in which it is named."""

    period: Period
    year: FiscalYear = CALENDAR_YEAR

    @property
    def key(self) -> str:
        """The choice that names its column; it holds for this period alone."""
        return f"month:{self.period.label}"


def wanted(label: str, year: FiscalYear = CALENDAR_YEAR) -> Wanted | None:
    """The period that a statement's label names, as `FiscalYear.label` writes it; None for none."""
    period = period_of(label, year)
    return Wanted(period, year) if period else None


def month_columns(found: Table) -> tuple[int, ...]:
    """The columns that are headed by a month, a quarter or another period."""
    heads = ((c, header.strip()) for c, header in enumerate(found.headers) if found.words[c])
    return tuple(c for c, h in heads if _is_fiscal(h) or _NUMBERED.fullmatch(h) or header_span(h))


def column_of(
    found: Table, free: Collection[int], asked: Wanted, choices: Mapping[str, str], questions: dict[str, Question]
) -> int:
    """The column of a period among the `free` ones that are headed by one; -1 where none is, or two are.

    Asks where the calendar's names cannot be those of the fiscal year.
    """
    columns = {c: found.headers[c].strip() for c in month_columns(found) if c in free}
    named = choices.get(asked.key)
    if named in found.headers:
        return found.headers.index(named)
    fits = [c for c, header in columns.items() if _is_it(header, asked)]
    if fits or not columns:
        return fits[0] if len(fits) == 1 else -1
    if not _are_calendars(asked) and any(header_span(header) for header in columns.values()):
        period, days = asked.period, f"{asked.period.start.isoformat()} to {asked.period.end.isoformat()}"
        options = tuple(Option(found.headers[c], header) for c, header in columns.items())
        because = f"It runs from {days}, and the columns are named as the calendar is."
        questions[asked.key] = Question(asked.key, f"Which column is {period.label}?", because, options, found.count)
    return -1


def _is_it(header: str, asked: Wanted) -> bool:
    """Whether a header names exactly a period."""
    period, year = asked.period, asked.year
    if fiscal := _fiscal(header, year):
        return (fiscal.start, fiscal.end) == (period.start, period.end)
    if plain := _NUMBERED.fullmatch(header):
        return period.unit == "month" and year.month_of(period.start) % year.months + 1 == int(plain[1])
    span = header_span(header)
    if span is None or not _are_calendars(asked):
        return False
    length = months_between(period.start, period.end) + 1
    return span[0] in (0, period.start.year) and span[1:] == (period.start.month, length)


def _are_calendars(asked: Wanted) -> bool:
    """Whether the calendar has a name for the period: a whole month of it, or whole months of a calendar year."""
    period, year = asked.period, asked.year
    is_whole = period.start.day == 1 and period.end == month_end(period.end)
    return is_whole and (period.unit == "month" or year.is_calendar)


def _is_fiscal(header: str) -> bool:
    """Whether a header says a period of any fiscal year: one of thirteen months has a P13."""
    said = _said(header)
    return said is not None and bool(_NUMBERED.fullmatch(said[1]) or _fiscal(header, CALENDAR_YEAR))


def _said(header: str) -> tuple[int, str] | None:
    """The name of the fiscal year that a header says, and what it says beside it."""
    said = _OF_YEAR.search(header)
    if said is None:
        return None
    name = int(said[1]) if len(said[1]) == 4 else 2000 + int(said[1])
    return name, (header[: said.start()] + header[said.end() :]).strip(" -/_.'")


def _fiscal(header: str, year: FiscalYear) -> Period | None:
    """The period of a header that says it is of a fiscal year: FY26 P06, P6 FY2026, FY26 Q2, Sep FY26."""
    said = _said(header)
    if said is None:
        return None
    name, rest = said
    if plain := _NUMBERED.fullmatch(rest):
        return _part(name, "month", int(plain[1]), year)
    if month := months.month(rest):
        # A year of thirteen has no month that is called as one of the calendar.
        return _part(name, "month", (month - year.month) % 12 + 1, year) if year.is_even else None
    if part := _PART.fullmatch(rest):
        return _part(name, "quarter" if part[1] else "half", int(part[1] or part[2]), year)
    return None if rest else _part(name, "year", 1, year)


def _part(name: int, unit: str, number: int, year: FiscalYear) -> Period | None:
    first = year.part(name, unit, number)
    return None if first is None else numbered(first, unit, year)
