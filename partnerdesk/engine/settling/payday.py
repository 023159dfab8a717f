"""When a settlement period is cut and paid: weeks, half-months, business days, days that a month does not have."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from partnerdesk.engine.fiscal import WEEKDAYS
from partnerdesk.engine.period import Calendar, Period, add_months, first_of_days, month_end, periods
from partnerdesk.engine.rules import PayDay, Settlement

HALF_MONTH = "half-month"
MIDDLE = 15  # the last day of a month's first half
WEEKS = {"week": 7, "two weeks": 14}
_DAY = timedelta(days=1)
MONDAY = date(2024, 1, 1)  # the first day of a week, and of two


def settlement_periods(calendar: Calendar, first: date, last: date, rule: Settlement) -> Iterator[Period]:
    """All settlement periods from the one that holds `first` to the one that holds `last`."""
    if rule.week_ends:
        yield from _up_to_weekdays(first, last, {WEEKDAYS.index(name) for name in rule.week_ends})
    elif rule.every in WEEKS:
        yield from _weeks(first, last, rule.every, rule.week_starts or MONDAY)
    elif rule.every == HALF_MONTH:
        yield from _half_months(first, last)
    else:
        yield from calendar.between(first, last, rule.every)


def _weeks(first: date, last: date, every: str, begins: date) -> Iterator[Period]:
    """Weeks, or pairs of them, of which one begins on a given day; each is named by its first day."""
    length = timedelta(days=WEEKS[every])
    start = first - (first - begins) % length
    while start <= last:
        yield Period(start, start + length - timedelta(days=1), every, start.isoformat())
        start += length


def _up_to_weekdays(first: date, last: date, ends: set[int]) -> Iterator[Period]:
    """The days up to each of some weekdays; each stretch is named by its first day, as weeks are."""
    start = first
    while (start - _DAY).weekday() not in ends:
        start -= _DAY
    while start <= last:
        end = start
        while end.weekday() not in ends:
            end += _DAY
        yield Period(start, end, "week", start.isoformat())
        start = end + _DAY


def _half_months(first: date, last: date) -> Iterator[Period]:
    """Halves of calendar months, whatever the months of the fiscal year are."""
    for month in periods(first, last, "month"):
        middle = month.start.replace(day=MIDDLE)
        halves = (month.start, middle, "a"), (middle + timedelta(days=1), month.end, "b")
        for start, end, letter in halves:
            if start <= last and end >= first:
                yield Period(start, end, HALF_MONTH, f"{month.label}{letter}")


def paid_otherwise(rule: Settlement, other: PayDay) -> Settlement:
    """The settlement with another day of payment; a month's day in the place of days where it names one."""
    days, month, day = other.pays_after_days, other.pays_after_months, other.pays_on_day
    if days is None and month is None and day is None:
        return rule
    return replace(
        rule,
        pays_on_dates=(),
        pays_on_days=(),
        pays_after_days=days,
        pays_after_months=rule.pays_after_months if month is None else month,
        pays_on_day=rule.pays_on_day if day is None else day,
    )


def pay_day(rule: Settlement, period: Period) -> date:
    """The day on which a period's balance is paid."""
    if rule.pays_on_dates:
        listed = [day for day in rule.pays_on_dates if day >= _earliest(rule, period)]
        if listed:
            return min(listed)
    day = _usual_day(rule, period)
    if rule.pays_on_weekday:
        day += timedelta(days=(WEEKDAYS.index(rule.pays_on_weekday) - day.weekday()) % 7)
    return next_business_day(day) if rule.business_days else day


def _usual_day(rule: Settlement, period: Period) -> date:
    """The day of payment but for calendars of listed days, weekdays and weekends."""
    if rule.pays_on_days:
        return first_of_days(_earliest(rule, period), rule.pays_on_days)
    if rule.pays_after_days is not None:
        return _days_after(rule, period, rule.pays_after_days)
    month = add_months(period.end.replace(day=1), rule.pays_after_months)
    return month.replace(day=min(rule.pays_on_day, month_end(month).day))


def _earliest(rule: Settlement, period: Period) -> date:
    """The first day on which a calendar of payment days may pay a period."""
    if rule.pays_after_days is not None:
        return _days_after(rule, period, rule.pays_after_days)
    return period.end + timedelta(days=1)


def _days_after(rule: Settlement, period: Period, days: int) -> date:
    return business_days_after(period.end, days) if rule.business_days else period.end + timedelta(days=days)


def cut_day(rule: Settlement, period: Period) -> date:
    """The last day whose movements are settled with a period."""
    return min(period.end, pay_day(rule, period)) - timedelta(days=rule.cut_days)


def next_business_day(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def business_days_after(day: date, count: int) -> date:
    """So many days from Monday to Friday after a day."""
    for _ in range(count):
        day = next_business_day(day + timedelta(days=1))
    return next_business_day(day)
