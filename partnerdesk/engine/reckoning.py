"""The evaluation of one partner in progress: its world, the program versions by date, the arithmetic, and a memory.

Metrics are computed once per period and shared by score, tiers and earnings, whoever asks first.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Generic, NamedTuple, TypeVar

from partnerdesk.engine.figure import Arithmetic, Excluded, Origin
from partnerdesk.engine.outcome import RuleRef
from partnerdesk.engine.period import Period, add_months, period_at
from partnerdesk.engine.problem import Problem
from partnerdesk.engine.rules import Program, Window
from partnerdesk.engine.world import World

N = TypeVar("N")


class Measured(NamedTuple, Generic[N]):
    """A metric's number, or None and why it is not evaluated."""

    value: N | None
    missing: str = ""
    counted: int = 0
    excluded: tuple[Excluded, ...] = ()


@dataclass
class Reckoning(Generic[N]):
    """What the stages of an evaluation share for one partner."""

    arithmetic: Arithmetic[N]
    world: World
    programs: Sequence[Program]  # versions, oldest first
    as_of: date
    numbers: dict[tuple[str, str, Period, int], Measured[N]] = field(default_factory=dict)
    scores: dict[Period, Any] = field(default_factory=dict)
    prepared: dict[tuple[str, str], Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def program_at(self, day: date) -> Program:
        """The version in force on a day; the first one before any is."""
        found = self.programs[0]
        for program in self.programs[1:]:
            if program.effective_from > day:
                break
            found = program
        return found

    def period(self, day: date, unit: str) -> Period:
        return period_at(day, unit, self.programs[-1].fiscal_year_starts)

    def money(self, row: Any, amount: Decimal, attribute: str, label: str, day: date) -> N:
        """An amount of a row in the partner's currency, its exchange rate a visible step."""
        ar, currency = self.arithmetic, row.currency
        if currency == self.world.currency:
            return ar.leaf(row, attribute, amount, currency, label)
        rate, origin = self.world.exchange(currency, day)
        parts = [
            ar.leaf(row, attribute, amount, currency, label),
            ar.given(rate, "1", f"{currency} to {self.world.currency}", Origin("exchange_rate", origin.id, "rate")),
        ]
        return ar.product(parts, self.world.currency, label)


def rule_ref(program: Program, key: str, reference: str = "") -> RuleRef:
    """The name of a rule in a version."""
    return RuleRef(key, reference or key, program.version, program.effective_from)


def origin(program: Program, key: str) -> Origin:
    return Origin("rule", key, version=program.version)


def bounds(
    window: Window, period: Period, as_of: date, year_start: int, years_ago: int = 0
) -> tuple[date | None, date]:
    """First and last day of a window; the current period ends on the as-of day. None means: ever."""
    last = min(period.end, as_of)
    if window.span == "months":
        end = period.start - timedelta(days=1) if window.before else last
        start: date | None = add_months(end + timedelta(days=1), -(window.months or 0))
    elif window.span == "year to date":
        start, end = period_at(last, "year", year_start).start, last
    elif window.span in ("ever", "in force"):
        start, end = None, last
    else:
        start, end = period.start, last
    months = 12 * (window.years_ago + years_ago)
    if months:
        start = None if start is None else add_months(start, -months)
        end = add_months(end + timedelta(days=1), -months) - timedelta(days=1)
    return start, end
