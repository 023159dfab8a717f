"""Stretches of three months counted from the as-of day, backwards as the past and forwards as what is to come."""

from datetime import date, timedelta

from partnerdesk.engine.period import add_months, month_end

SIZE = 3  # months


def moved(day: date, months: int) -> date:
    """The same day so many months on; the last day of a month stays the last."""
    found = add_months(day, months)
    return month_end(found) if (day + timedelta(days=1)).day == 1 else found


def edges(as_of: date, count: int) -> list[date]:
    """The last days of past windows, the latest first, the as-of day at the head; one more than `count` windows."""
    return [moved(as_of, -SIZE * n) for n in range(count + 1)]


def windows_until(as_of: date, horizon: date) -> int:
    """How many windows it takes to reach the horizon."""
    count = 1
    while moved(as_of, SIZE * count) < horizon:
        count += 1
    return count
