"""Which days a window covers: its first and last day for a period, shifted and cut as the program says."""

from datetime import date, timedelta

from partnerdesk.engine.period import MONTHS, Calendar, Period, add_months
from partnerdesk.engine.rules import Window

_DAY = timedelta(days=1)


def bounds(
    window: Window, period: Period, as_of: date, calendar: Calendar, back: int = 0, joined: date | None = None
) -> tuple[date | None, date]:
    """First and last day of a window; the current period ends on the as-of day. None means: ever.

    `back` shifts it by so many steps of the fiscal year more, for growth. `joined` is the partner's first day, for
    windows that are counted from it; without one they hold no day.
    """
    start, end = _span(window, period, min(period.end, as_of), calendar, joined)
    start, end = _shifted(calendar, start, end, calendar.year.steps(window.earlier_months))
    if window.span == "whole":
        end = min(end, as_of)  # what is after the as-of day has not happened
    start, end = _kept_long(window, *_shifted(calendar, start, end, back))
    return start, end - timedelta(days=window.cut_days)


def _kept_long(window: Window, start: date | None, end: date) -> tuple[date | None, date]:
    """A window of days has as many of them wherever it is shifted to: counted from the end that was given."""
    if window.unit == "day" and window.span in ("trailing", "before"):
        return end - timedelta(days=window.length - 1), end
    if window.unit == "day" and window.span == "next" and start is not None:
        return start, start + timedelta(days=window.length - 1)
    return start, end


def _shifted(calendar: Calendar, start: date | None, end: date, steps: int) -> tuple[date | None, date]:
    """The days so many steps before; the end of a month stays one."""
    if not steps:
        return start, end
    return None if start is None else calendar.stepped(start, -steps), calendar.stepped_end(end, -steps)


def _span(
    window: Window, period: Period, last: date, calendar: Calendar, joined: date | None
) -> tuple[date | None, date]:
    """First and last day before any shift."""
    match window.span:
        case "trailing":
            end = calendar.at(last, window.unit).end if window.is_calendar else last
            return _back(calendar, end, window), last
        case "before":
            end = period.start - _DAY
            return _back(calendar, end, window), end
        case "next":
            return last + _DAY, _last_ahead(calendar, last + _DAY, window)
        case "first":
            return (joined, min(_last_since(joined, window), last)) if joined else (last + _DAY, last)
        case "whole":
            held = calendar.at(last, window.unit)
            return held.start, held.end
        case "to date":
            return calendar.at(last, window.unit).start, last
        case "ever" | "in force":
            return None, last
    return period.start, last


def _back(calendar: Calendar, end: date, window: Window) -> date:
    """The first day of so many units that end on a day."""
    if window.unit == "day":
        return end - timedelta(days=window.length - 1)
    return calendar.stepped(end + _DAY, -_steps(calendar, window))


def _last_ahead(calendar: Calendar, start: date, window: Window) -> date:
    """The last day of so many units that begin on a day."""
    if window.unit == "day":
        return start + timedelta(days=window.length - 1)
    return calendar.stepped(start, _steps(calendar, window)) - _DAY


def _steps(calendar: Calendar, window: Window) -> int:
    """How long a window is in steps of the fiscal year."""
    year, length = calendar.year, window.length
    return year.steps(length) if window.unit == "month" else length * year.steps_in(window.unit)


def _last_since(joined: date, window: Window) -> date:
    """The same of units that are counted from a partner's own day: months are those of the calendar."""
    if window.unit == "day":
        return joined + timedelta(days=window.length - 1)
    return add_months(joined, window.length * MONTHS[window.unit]) - _DAY
