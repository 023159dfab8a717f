"""When a settlement period is cut and paid: half-months, business days, days that a month does not have."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from partnerdesk.engine.rules import PayDay, Settlement
from tests.second.judge.book import Case
from tests.second.judge.days import ONE_DAY, Span, last_of_month, plus_months, spans_between
from tests.second.judge.years import Year

MIDDLE = 15
CALENDAR = Year("01-01")  # half-months are those of the calendar, whatever the fiscal year is


def settled_spans(case: Case, first: date, rule: Settlement) -> list[Span]:
    """All settlement periods from the one that holds a day to the running one."""
    every = rule.every
    if rule.week_ends:
        return _up_to(first, case.as_of, rule.week_ends)
    if every in ("week", "two weeks"):
        return _weeks(first, case.as_of, every, rule.week_starts or date(2024, 1, 1))
    if every != "half-month":
        return spans_between(first, case.as_of, every, case.year)
    found = []
    for month in spans_between(first, case.as_of, "month", CALENDAR):
        middle = date(month.start.year, month.start.month, MIDDLE)
        found += [Span(every, month.start, middle), Span(every, middle + ONE_DAY, month.end)]
    return [span for span in found if span.end >= first and span.start <= case.as_of]


def _weeks(first: date, last: date, every: str, start: date) -> list[Span]:
    """Weeks, or pairs of them, one of which begins on a day: counted on or back from it."""
    length = timedelta(days=7 if every == "week" else 14)
    while start > first:
        start -= length
    while start + length <= first:
        start += length
    found = []
    while start <= last:
        found.append(Span(every, start, start + length - ONE_DAY))
        start += length
    return found


def _up_to(first: date, last: date, weekdays: Sequence[str]) -> list[Span]:
    """The days up to each of some weekdays."""
    start, found = first - timedelta(days=7), []
    day = start
    while start <= last:
        if f"{day:%A}" in weekdays:
            found.append(Span("week", start, day))
            start = day + ONE_DAY
        day += ONE_DAY
    return [span for span in found[1:] if span.end >= first]


def paid_otherwise(rule: Settlement, other: PayDay) -> Settlement:
    """The settlement with another day of payment; a month's day in the place of days where it names one."""
    days, months, day = other.pays_after_days, other.pays_after_months, other.pays_on_day
    if days is not None:
        return replace(rule, pays_after_days=days, pays_on_dates=(), pays_on_days=())
    if months is None and day is None:
        return rule
    months, day = rule.pays_after_months if months is None else months, rule.pays_on_day if day is None else day
    rule = replace(rule, pays_on_dates=(), pays_on_days=(), pays_after_days=None)
    return replace(rule, pays_after_months=months, pays_on_day=day)


def pay_day(rule: Settlement, span: Span) -> date:
    """The day on which a period is paid: a listed one, or what the other keys say."""
    usual, earliest = _usual_day(rule, span), span.end + ONE_DAY
    if rule.pays_after_days is not None:
        earliest = usual
    listed = [day for day in rule.pays_on_dates if day >= earliest]
    if listed:
        return min(listed)
    day = next_of(earliest, rule.pays_on_days) if rule.pays_on_days else usual
    while rule.pays_on_weekday not in ("", f"{day:%A}"):
        day += ONE_DAY
    return _monday_to_friday(day) if rule.business_days else day


def next_of(day: date, numbers: Sequence[int]) -> date:
    """The first day from a day on that is one of these of its month, or its month's last in place of a greater one."""
    while not any(day.day == min(n, last_of_month(day).day) for n in numbers):
        day += ONE_DAY
    return day


def _usual_day(rule: Settlement, span: Span) -> date:
    """On the next business day, where the rule says so, before any weekday that it names."""
    if rule.pays_after_days is None:
        month = plus_months(date(span.end.year, span.end.month, 1), rule.pays_after_months)
        day = month.replace(day=min(rule.pays_on_day, last_of_month(month).day))
    elif not rule.business_days:
        return span.end + timedelta(days=rule.pays_after_days)
    else:
        day = span.end
        for _ in range(rule.pays_after_days):
            day = _monday_to_friday(day + ONE_DAY)
    return _monday_to_friday(day) if rule.business_days else day


def _monday_to_friday(day: date) -> date:
    while day.weekday() > 4:
        day += ONE_DAY
    return day


def cut_day(rule: Settlement, span: Span) -> date:
    """The last day whose movements are settled with a period."""
    return min(span.end, pay_day(rule, span)) - timedelta(days=rule.cut_days)
