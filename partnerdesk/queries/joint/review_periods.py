"""Which kinds of review there are, and the period that each is of: a month, a quarter, half a year.

The label of its period says what a review is: 2026-10 is an operating review, 2026Q3 a quarterly one, 2026H1 covers
half a year.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from partnerdesk.engine.period import Period, period_at, previous_period
from partnerdesk.errors import Refused


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
_LABELS = {"month": r"(\d{4})-(0[1-9]|1[0-2])", "quarter": r"(\d{4})Q([1-4])", "half": r"(\d{4})H([12])"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def review_period(label: str) -> Period:
    """The period of a label. Raises Refused for what is none."""
    for unit, pattern in _LABELS.items():
        if found := re.fullmatch(pattern, label.strip(), re.ASCII):
            year, number = int(found[1]), int(found[2])
            if year < 1900:
                break
            months = {"month": 1, "quarter": 3, "half": 6}[unit]
            return period_at(date(year, (number - 1) * months + 1, 1), unit)
    raise Refused(f"“{label}” is no month, quarter or half of a year.", "Write it like 2026-10, 2026Q3 or 2026H1.")


def kind_of(label: str) -> Kind:
    """The kind of a review of the period with this label. Raises Refused as `review_period` does."""
    return KINDS[review_period(label).unit]


def spoken(label: str) -> str:
    """The period in words: Q3 2026, H1 2026, Oct 2026; a label that is none stays as it is."""
    year, mark, number = label.partition("-")
    if mark and number.isdecimal() and 1 <= int(number) <= 12:
        return f"{_MONTHS[int(number) - 1]} {year}"
    return f"{label[4:]} {label[:4]}" if label[4:5] in ("Q", "H") else label


def last_finished(as_of: date, unit: str) -> Period:
    """The newest period of a unit that is over on a day."""
    return previous_period(period_at(as_of + timedelta(days=1), unit))


def due_by(period: Period) -> date:
    """Until when the review of a period is to be held."""
    return period.end + timedelta(days=KINDS[period.unit].days)
