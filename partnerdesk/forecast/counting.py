"""What is counted of an outcome for a forecast: earned and payable by month, and what is taken back."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import PAYABLE, EarningLine, Entry
from partnerdesk.engine.period import Calendar, Period
from partnerdesk.engine.whole import Outcome

Days = dict[date, Decimal]
# Which lines count as earned; all of them by default.
Counted = Callable[[EarningLine[Decimal]], bool]


def all_lines(line: EarningLine[Decimal]) -> bool:
    """Every line counts."""
    return True


class Months:
    """The whole months of a forecast, the one of the next day first, and the quarters that they lie in.

    Where the horizon is the as-of day itself, it is the month of that day: what is said is its statement.
    """

    def __init__(self, calendar: Calendar, as_of: date, horizon: date) -> None:
        self.calendar = calendar
        begins = min(as_of + timedelta(days=1), horizon)
        self.months = calendar.between(begins, horizon, "month")
        self.quarters = calendar.between(begins, horizon, "quarter")
        self.whole = Period(
            self.months[0].start, horizon, "month", f"{self.months[0].label} to {self.months[-1].label}"
        )
        self.first = min(self.quarters[0].start, self.months[0].start)

    def earned(self, outcome: Outcome, counts: Counted = all_lines) -> Days:
        """What is earned by day of the line's own month, from the first quarter's beginning."""
        found: Days = defaultdict(lambda: ZERO)
        for line in outcome.lines:
            if line.process >= self.first and counts(line):
                found[line.process] += line.amount
        return found

    def payable(self, outcome: Outcome) -> Days:
        """What becomes payable by day, payments not counted."""
        found: Days = defaultdict(lambda: ZERO)
        for entry in outcome.entries:
            if self.is_payable(entry):
                found[entry.day] += entry.amount
        return found

    def is_payable(self, entry: Entry[Any]) -> bool:
        """Whether an entry says that something becomes payable from the first quarter's beginning on."""
        return entry.day >= self.first and becomes_payable(entry)


def becomes_payable(entry: Entry[Any]) -> bool:
    """Whether an entry says that something becomes payable."""
    return entry.bucket == PAYABLE and entry.kind != "payment"


class Future(NamedTuple):
    """What one scenario gives: earned and payable by day, what is taken back after the as-of day, the tier reached."""

    earned: Days
    payable: Days
    clawed: Decimal
    tier: str

    def is_like(self, other: "Future") -> bool:
        """Whether another one says the same; a day without an amount is a day with none."""
        return (_told(self.earned), _told(self.payable), *self[2:]) == (
            _told(other.earned),
            _told(other.payable),
            *other[2:],
        )


def _told(days: Days) -> Days:
    return {day: amount for day, amount in days.items() if amount}


def future_of(outcome: Outcome, months: Months, counts: Counted, as_of: date) -> Future:
    """What an outcome says of one scenario."""
    return Future(
        months.earned(outcome, counts), months.payable(outcome), clawed_back(outcome, as_of), outcome.reached_at_end()
    )


def within(amounts: Days, period: Period) -> Decimal:
    """The sum of amounts whose day a period holds."""
    return sum((amount for day, amount in amounts.items() if day in period), ZERO)


def ahead(amounts: Days, as_of: date) -> Decimal:
    """The sum of amounts after a day."""
    return sum((amount for day, amount in amounts.items() if day > as_of), ZERO)


def clawed_back(outcome: Outcome, as_of: date) -> Decimal:
    """What is taken back after a day, as an amount above zero."""
    return -sum((e.amount for e in outcome.entries if e.kind == "clawback" and e.day > as_of), ZERO)


def columns(rows: Sequence[Days], periods: Sequence[Period]) -> list[list[Decimal]]:
    """Per period the amounts of all scenarios."""
    return [[within(row, period) for row in rows] for period in periods]
