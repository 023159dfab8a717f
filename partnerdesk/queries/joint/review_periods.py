"""Which kinds of review there are, and the period that each is of: a month, a quarter, half a year.

The label of its period says what a review is: 2026-10 is an operating review, FY2027Q2 or 2026Q3 a quarterly one,
2026H1 covers half a year. Whose quarters they are is said in `queries.quarters`.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from partnerdesk.engine.period import CALENDAR_YEAR, FiscalYear, Period, period_at, previous_period
from partnerdesk.errors import Refused
from partnerdesk.queries.quarters import holds_most_of, period_named


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of review: the `unit` it covers, how many `minutes` it takes, in how many days it is to be held."""

    key: str
    words: str
    unit: str
    minutes: int
    days: int  # after the end of its period


KINDS = {
    kind.unit: kind
    for kind in (
        Kind("operating", "Operating review", "month", 30, 21),
        Kind("quarterly", "Quarterly review", "quarter", 90, 60),
        Kind("half-yearly", "Half-yearly review", "half", 120, 75),
    )
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def review_period(label: str, year: FiscalYear) -> Period:
    """The period of a label in a book whose program has a fiscal year. Raises Refused for what is none."""
    if (found := period_named(label, year)) is not None:
        return found
    usual = "2026-10, 2026Q3 or 2026H1" if year.is_calendar else "2026-10, FY2027Q2 or FY2027H1"
    raise Refused(f"“{label}” is no month, quarter or half of a year.", f"Write it like {usual}.")


def asked_period(label: str, year: FiscalYear) -> Period:
    """The period of something that is made anew, by the program's own year.

    Raises Refused as `review_period` does, and for a period of the calendar that is none of the program's.
    """
    period = review_period(label, year)
    own = holds_most_of(period, year)
    if (own.start, own.end) == (period.start, period.end):
        return own
    raise Refused(
        f"{period.label} is a {period.unit} of the calendar; this program counts by its own fiscal year.",
        f"Write {own.label}, from {_day(own.start)} to {_day(own.end)}, which holds most of it.",
    )


def kind_of(label: str) -> Kind:
    """The kind of a review of the period with this label. Raises Refused as `review_period` does."""
    return KINDS[review_period(label, CALENDAR_YEAR).unit]


def spoken(label: str) -> str:
    """The period in words: Q3 2026, Q2 FY2027, H1 2026, Oct 2026; a label that is none stays as it is."""
    year, mark, number = label.partition("-")
    if mark and number.isdecimal() and 1 <= int(number) <= 12:
        return f"{_MONTHS[int(number) - 1]} {year}"
    for letter in "QHM":
        before, found, index = label.rpartition(letter)
        if found and index.isdecimal() and " " not in before:
            return f"{letter}{int(index)} {before}"
    return label


def short(label: str) -> str:
    """The same without its year: Q3, H1, Oct."""
    return spoken(label).partition(" ")[0]


def last_finished(as_of: date, unit: str, year: FiscalYear) -> Period:
    """The newest period of a unit that is over on a day."""
    return previous_period(period_at(as_of + timedelta(days=1), unit, year), year)


def due_by(period: Period) -> date:
    """Until when the review of a period is to be held."""
    return period.end + timedelta(days=KINDS[period.unit].days)


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
