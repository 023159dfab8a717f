"""Targets: a month, a quarter or a year as days, and months that stand in columns as one row each."""

import re
from datetime import date

from partnerdesk.engine.period import Period, month_end, period_at
from partnerdesk.intake.days import month_of
from partnerdesk.intake.number_columns import Number
from partnerdesk.intake.rows import Rows

_QUARTER = re.compile(
    r"(?i)(?:q|quarter|qtr|quartal|t)?\s*([1-4])(?:\.|st|nd|rd|th)?\s*(?:q|quarter|quartal|trimestre)?"
)
_YEAR = re.compile(r"(?i)(fy|fiscal year|gj)?\s*'?([0-9]{4}|[0-9]{2})", re.ASCII)
_YEAR_PART = re.compile(
    r"(?i)(fy)?\s*'?([0-9]{4}|[0-9]{2})\s*[-/ ]?\s*([qh])\s*([1-4])"
    r"|([qh])\s*([1-4])\s*[-/ ]?\s*(fy)?\s*'?([0-9]{4}|[0-9]{2})",
    re.ASCII,
)


def period_of(text: str, year_start: int = 1) -> Period | None:
    """The period that a text names (2026Q3, Q3 FY26, H1 2026, FY2026, 2026, 2026-09, Sep 2026), or None."""
    cell = text.strip()
    if found := _YEAR_PART.fullmatch(cell):
        fiscal, year = found[1] or found[7], _full(found[2] or found[8])
        unit, number = (found[3] or found[5]).casefold(), int(found[4] or found[6])
        if unit == "h" and number > 2:
            return None
        return _part(year, "quarter" if unit == "q" else "half", number, year_start if fiscal else 1)
    if (month := month_of(cell)) is not None:
        return period_at(date(month[0], month[1], 1), "month")
    if (found := _YEAR.fullmatch(cell)) and (found[1] or len(found[2]) == 4):
        return _part(_full(found[2]), "year", 1, year_start if found[1] else 1)
    return None


def _full(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _part(year: int, unit: str, number: int, year_start: int) -> Period:
    """Part `number` of a year; a fiscal year carries the number of the calendar year in which it ends."""
    first = date(year if year_start == 1 else year - 1, year_start, 1)
    period = period_at(first, unit, year_start)
    for _ in range(number - 1):
        from partnerdesk.engine.period import next_period

        period = next_period(period, year_start)
    return period


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
    start = rows.context.year_start
    if text:
        found = period_of(text, start)
        if found is None:
            rows.reject(i, f"“{text}” is no period.", "Write it like 2026Q3, 2026-09 or FY2026.", "period")
        return found
    if quarter and (found := period_of(quarter, start)):
        return found
    number = year.value if isinstance(year, Number) else None
    if month and quarter == "":
        return period_at(date.fromisoformat(month), "month")
    if number is None:
        return None
    if number != int(number) or not 1900 < number < 2200:
        rows.reject(i, f"“{number}” is no year.", "Write the year with four digits.", "year")
        return None
    first = start if "fiscal" in rows.header("year").casefold() else 1
    if not quarter:
        return _part(int(number), "year", 1, first)
    part = _QUARTER.fullmatch(quarter)
    if part is None:
        rows.reject(i, f"“{quarter}” is no quarter.", "Write Q1, Q2, Q3 or Q4.", "quarter")
        return None
    return _part(int(number), "quarter", int(part[1]), first)
