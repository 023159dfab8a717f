"""What is counted of an outcome for a forecast: earned and payable by month, and what is taken back."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import PAYABLE, EarningLine, Outcome
from partnerdesk.engine.period import Calendar, Period

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

    def earned(self, outcome: Outcome, counts: Counted = all_lines) -> dict[date, Decimal]:
        """What is earned by day of the line's own month, from the first quarter's beginning."""
        found: dict[date, Decimal] = defaultdict(lambda: ZERO)
        for line in outcome.lines:
            if line.process >= self.first and counts(line):
                found[line.process] += line.amount
        return found

    def payable(self, outcome: Outcome) -> dict[date, Decimal]:
        """What becomes payable by day, payments not counted."""
        found: dict[date, Decimal] = defaultdict(lambda: ZERO)
        for entry in outcome.entries:
            if entry.day >= self.first and entry.bucket == PAYABLE and entry.kind != "payment":
                found[entry.day] += entry.amount
        return found


def within(amounts: dict[date, Decimal], period: Period) -> Decimal:
    """The sum of amounts whose day a period holds."""
    return sum((amount for day, amount in amounts.items() if day in period), ZERO)


def ahead(amounts: dict[date, Decimal], as_of: date) -> Decimal:
    """The sum of amounts after a day."""
    return sum((amount for day, amount in amounts.items() if day > as_of), ZERO)


def clawed_back(outcome: Outcome, as_of: date) -> Decimal:
    """What is taken back after a day, as an amount above zero."""
    return -sum((e.amount for e in outcome.entries if e.kind == "clawback" and e.day > as_of), ZERO)


def columns(rows: Sequence[dict[date, Decimal]], periods: Sequence[Period]) -> list[list[Decimal]]:
    """Per period the amounts of all scenarios."""
    return [[within(row, period) for row in rows] for period in periods]
