"""Which days a window covers: its first and last day for a period, shifted and cut as the program says."""

from datetime import date, timedelta

from partnerdesk.engine.facts import Partner
from partnerdesk.engine.period import MONTHS, Calendar, Period, add_months, years_since
from partnerdesk.engine.rules import Window
from partnerdesk.engine.rules.keys import AGREEMENT_YEAR, OWN_YEARS, PARTNER_YEAR

_DAY = timedelta(days=1)


def bounds(
    window: Window, period: Period, as_of: date, calendar: Calendar, back: int = 0, own: date | None = None
) -> tuple[date | None, date]:
    """First and last day of a window; the current period ends on the as-of day. None means: ever.

    `back` shifts it by so many steps of the fiscal year more, for growth. `own` is the partner's own day, for windows
    that are counted from it; without one the first so many units hold no day, and its years are those of the program.
    """
    start, end = _span(window, period, min(period.end, as_of), calendar, own)
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


def _span(window: Window, period: Period, last: date, calendar: Calendar, own: date | None) -> tuple[date | None, date]:
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
            return (own, min(_last_since(own, window), last)) if own else (last + _DAY, last)
        case "whole":
            return _unit_at(window, last, calendar, own)
        case "to date":
            return _unit_at(window, last, calendar, own)[0], last
        case "ever" | "in force":
            return None, last
    return period.start, last


def _unit_at(window: Window, day: date, calendar: Calendar, own: date | None) -> tuple[date, date]:
    """First and last day of the unit that holds a day: a fiscal one, or a year that begins on the partner's own day."""
    if window.unit in OWN_YEARS and own is not None:
        years = years_since(own, day)
        return add_months(own, 12 * (years - 1)), add_months(own, 12 * years) - _DAY
    held = calendar.at(day, "year" if window.unit in OWN_YEARS else window.unit)
    return held.start, held.end


def own_day(window: Window, partner: Partner) -> date | None:
    """The partner's own day that a window is counted from; None where there is none, or it is not known."""
    return partner.joined if window.span == "first" else first_of_own_years(window.unit, partner)


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


def first_of_own_years(unit: str, partner: Partner) -> date | None:
    """The day on which years of a partner's own begin; None for any other unit, and where it is not known."""
    return {PARTNER_YEAR: partner.joined, AGREEMENT_YEAR: partner.agreement_signed}.get(unit)
