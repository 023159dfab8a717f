"""The first and the last day of a window, for a period."""

from datetime import date, timedelta

from partnerdesk.engine.rules import Window
from tests.second.judge.book import Case
from tests.second.judge.days import NOW, ONE_DAY, Back, Span, in_months, in_units, moved, spans_back
from tests.second.judge.own_years import OWN_YEARS, own_year
from tests.second.judge.years import Year

Days = tuple[date | None, date]  # no first day: from ever
CALENDAR = Year("01-01")  # what is counted from a partner's own day
NONE_AT_ALL: Days = (date.max, date.min)


def days_of(case: Case, window: Window, span: Span) -> Days:
    """Both days inside; without a first day everything up to the last. What can hold no day at all has its first last.

    `span` is the period that is evaluated; it ends on the as-of day where that comes first.
    """
    first, last = _plain(case, window, span)
    if (first, last) == NONE_AT_ALL:
        return NONE_AT_ALL
    if window.earlier_months:
        by = in_months(window.earlier_months)
        first = None if first is None else moved(first, by, case.year)
        last = earlier(last, by, case.year)
    if window.span == "whole":
        last = min(last, case.as_of)
    if case.back != NOW:
        first = None if first is None else moved(first, case.back, case.year)
        last = earlier(last, case.back, case.year)
    if window.unit == "day" and window.span in ("trailing", "before"):
        first = back(last, window.length, "day", case.year)
    elif window.unit == "day" and window.span == "next" and first:
        last = on(first, window.length, "day", case.year)
    return first, last - timedelta(days=window.cut_days)


def earlier(last: date, by: Back, year: Year) -> date:
    """The day after a window is shifted: what ended with a month does so then."""
    return moved(last + ONE_DAY, by, year) - ONE_DAY


def _plain(case: Case, window: Window, span: Span) -> Days:
    last, unit, length = case.last_day(span), window.unit, window.length
    if window.span == "period":
        return span.start, last
    if window.span == "trailing":
        if window.is_calendar:
            count = length + length // 12 * (sum(case.year.quarters) - 12) if unit == "month" else length
            return spans_back(case.span(last, unit), count - 1, case.year).start, last
        return back(last, length, unit, case.year), last
    if window.span == "before":
        end = span.start - ONE_DAY
        return back(end, length, unit, case.year), end
    if window.span == "next":
        return last + ONE_DAY, on(last + ONE_DAY, length, unit, case.year)
    if window.span == "first":
        joined = case.partner.joined
        return NONE_AT_ALL if joined is None else (joined, min(on(joined, length, unit, CALENDAR), last))
    if window.span == "whole":
        return own_year(case, unit, last) or _fiscal(case, unit, last)
    if window.span == "to date":
        return (own_year(case, unit, last) or _fiscal(case, unit, last))[0], last
    return None, last  # ever, in force


def _fiscal(case: Case, unit: str, day: date) -> tuple[date, date]:
    whole = case.span(day, "year" if unit in OWN_YEARS else unit)
    return whole.start, whole.end


def back(last: date, length: int, unit: str, year: Year) -> date:
    """The first of so many units of days that end on a day."""
    if unit == "day":
        return last - timedelta(days=length - 1)
    return moved(last + ONE_DAY, in_units(length, unit), year)


def on(first: date, length: int, unit: str, year: Year) -> date:
    """The last of so many units of days that begin on a day."""
    if unit == "day":
        return first + timedelta(days=length - 1)
    return moved(first, in_units(length, unit), year, later=True) - ONE_DAY
