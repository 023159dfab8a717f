"""Which renewals a pack speaks about: what is open and due, whose notice date has passed, what was decided.

Facts only: a renewal is flagged because its notice date or its end lies behind the day of the data, never because
of a guess about risk.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from partnerdesk.engine.period import add_months
from partnerdesk.reports.pack.data import PackData, Renewal

DAYS = 180
PASSED, AHEAD, NO_NOTICE, ENDED = "passed", "ahead", "no notice date", "ended"


@dataclass(frozen=True, slots=True)
class Due:
    """`open` within the days and `flagged` among them, `decided` since the period began, `later` beyond."""

    open: tuple[Renewal, ...]
    flagged: tuple[Renewal, ...]
    decided: tuple[Renewal, ...]

    @property
    def value(self) -> Decimal:
        return sum((r.value for r in self.open), Decimal(0))


def due(data: PackData) -> Due:
    """The renewals of the page, by day."""
    last = data.as_of + timedelta(days=DAYS)
    ordered = sorted(data.renewals, key=lambda r: (r.renews, r.customer, r.product))
    open_ones = tuple(r for r in ordered if r.is_open and r.renews <= last)
    decided = tuple(r for r in ordered if not r.is_open and _since(r, data.period.start) and r.renews <= last)
    return Due(open_ones, tuple(r for r in open_ones if is_flagged(r, data.as_of)), decided)


def _since(renewal: Renewal, first: date) -> bool:
    return max(renewal.renews, renewal.outcome_on or renewal.renews) >= first


def standing(renewal: Renewal, as_of: date) -> str:
    """Where its notice stands: ended, passed, ahead or no notice date."""
    if renewal.renews < as_of:
        return ENDED
    if renewal.notice_by is None:
        return NO_NOTICE
    return PASSED if renewal.notice_by < as_of else AHEAD


def is_flagged(renewal: Renewal, as_of: date) -> bool:
    """Open although its notice date or even its end has passed."""
    return renewal.is_open and standing(renewal, as_of) in (PASSED, ENDED)


def by_month(data: PackData) -> list[tuple[date, Decimal, Decimal]]:
    """For twelve months from the day of the data: first day, flagged value and the rest, of open renewals.

    A renewal whose end has passed stands in the first month.
    """
    first = data.as_of.replace(day=1)
    months = [add_months(first, n) for n in range(12)]
    sums = {month: [Decimal(0), Decimal(0)] for month in months}
    for renewal in data.renewals:
        month = max(renewal.renews.replace(day=1), first)
        if renewal.is_open and month in sums:
            sums[month][0 if is_flagged(renewal, data.as_of) else 1] += renewal.value
    return [(month, sums[month][0], sums[month][1]) for month in months]
