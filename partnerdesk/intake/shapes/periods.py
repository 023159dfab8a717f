"""Targets: a month, a quarter or a year as days, and months that stand in columns as one row each."""

import re
from datetime import date

from partnerdesk.engine.period import CALENDAR_YEAR, FiscalYear, Period, month_end, numbered, period_at
from partnerdesk.intake.days import month_of
from partnerdesk.intake.number_columns import Number
from partnerdesk.intake.rows import Rows

_QUARTER = re.compile(
    r"(?i)(?:q|quarter|qtr|quartal|t)?\s*([1-4])(?:\.|st|nd|rd|th)?\s*(?:q|quarter|quartal|trimestre)?"
)
_YEAR = re.compile(r"(?i)(fy|fiscal year|gj)?\s*'?([0-9]{4}|[0-9]{2})", re.ASCII)
_YEAR_PART = re.compile(
    r"(?i)(fy)?\s*'?([0-9]{4}|[0-9]{2})\s*[-/ ]?\s*([qhmp])\s*([0-9]{1,2})"
    r"|([qhmp])\s*([0-9]{1,2})\s*[-/ ]?\s*(fy)?\s*'?([0-9]{4}|[0-9]{2})",
    re.ASCII,
)

_PARTS = {"q": "quarter", "h": "half", "m": "month", "p": "month"}


def period_of(text: str, fiscal: FiscalYear = CALENDAR_YEAR) -> Period | None:
    """The period that a text names (2026Q3, Q3 FY26, H1 2026, FY2026M08, P8 FY26, FY2026, 2026-09, Sep 2026), or None.

    What is not said to be fiscal is of the calendar.
    """
    cell = text.strip()
    if found := _YEAR_PART.fullmatch(cell):
        year, unit = _full(found[2] or found[8]), _PARTS[(found[3] or found[5]).casefold()]
        return _part(year, unit, int(found[4] or found[6]), fiscal if found[1] or found[7] else CALENDAR_YEAR)
    if (month := month_of(cell)) is not None:
        return period_at(date(month[0], month[1], 1), "month")
    if (found := _YEAR.fullmatch(cell)) and (found[1] or len(found[2]) == 4):
        return _part(_full(found[2]), "year", 1, fiscal if found[1] else CALENDAR_YEAR)
    return None


def _full(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _part(name: int, unit: str, number: int, year: FiscalYear) -> Period | None:
    """Part `number` of the year with a name; None where a year has fewer parts, or can be none."""
    first = year.part(name, unit, number) if 1900 < name < 2200 else None
    return None if first is None else numbered(first, unit, year)


def target(rows: Rows) -> None:
    """First and last day of each target."""
    starts, ends = rows.get("start"), rows.get("end")
    months, years = rows.take("month"), rows.take("year")
    quarters, periods = rows.take("quarter", ""), rows.take("period", "")
    for i in range(rows.count):
        found = _span(rows, i, months[i], years[i], quarters[i], periods[i])
        if found is not None:
            starts[i], ends[i] = found.start.isoformat(), found.end.isoformat()
        elif starts[i] and not ends[i]:
            ends[i] = month_end(date.fromisoformat(starts[i])).isoformat()
    rows.fields["start"], rows.fields["end"] = starts, ends
    if rows.has("metric"):
        rows.each("metric", lambda text: text.casefold() or "revenue")


def _span(rows: Rows, i: int, month: str | None, year: object, quarter: str, text: str) -> Period | None:
    fiscal = rows.context.year
    if text:
        found = period_of(text, fiscal)
        if found is None:
            rows.reject(i, f"“{text}” is no period.", "Write it like 2026Q3, 2026-09, FY2026 or FY2026M08.", "period")
        return found
    if quarter and (found := period_of(quarter, fiscal)):
        return found
    number = year.value if isinstance(year, Number) else None
    if month and quarter == "":
        return period_at(date.fromisoformat(month), "month")
    if number is None:
        return None
    if number != int(number) or not 1900 < number < 2200:
        rows.reject(i, f"“{number}” is no year.", "Write the year with four digits.", "year")
        return None
    of = fiscal if "fiscal" in rows.header("year").casefold() else CALENDAR_YEAR
    if not quarter:
        return _part(int(number), "year", 1, of)
    part = _QUARTER.fullmatch(quarter)
    if part is None:
        rows.reject(i, f"“{quarter}” is no quarter.", "Write Q1, Q2, Q3 or Q4.", "quarter")
        return None
    return _part(int(number), "quarter", int(part[1]), of)
