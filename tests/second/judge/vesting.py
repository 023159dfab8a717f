"""When a share of a line becomes payable, or is lost."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from partnerdesk.engine.rules import Vest
from tests.second.judge.account import Account
from tests.second.judge.calendar import next_of
from tests.second.judge.contracts import contracts_of, has_ended, live_day
from tests.second.judge.days import plus_months, spans_on
from tests.second.judge.line import Line
from tests.second.judge.receipts import receipts_of

RELEASE, FORFEIT = "release", "forfeiture"
PERIOD_ENDS = {"month end": "month", "quarter end": "quarter", "year end": "year"}


class Ending(NamedTuple):
    """A day on which a share is released or lost: up to a part of the whole, or all that is left of it."""

    day: date
    kind: str
    upto: Fraction | None = None


def in_parts(vests: tuple[Vest, ...]) -> list[Vest]:
    """Each equal part of a share as a share of its own, a month later each."""
    return [replace(v, after_months=v.after_months + n * v.apart_months) for v in vests for n in range(v.parts)]


def is_immediate(vest: Vest) -> bool:
    return vest.at == "event" and not (
        vest.after_months or vest.after_days or vest.on_day or vest.if_active or vest.when
    )


def endings(account: Account, vest: Vest, line: Line) -> list[Ending]:
    """How a share ends, as far as that is known on the as-of day."""
    waiting = Waiting(account, vest, line)
    return waiting.of_payments() if vest.at == "payment received" else waiting.of_one_day()


class Waiting:
    def __init__(self, account: Account, vest: Vest, line: Line) -> None:
        self.account, self.case, self.vest, self.line = account, account.case, vest, line
        months, days = vest.within_months, vest.within_days
        self.deadline = None if months is None else plus_months(line.event, months)
        self.deadline = self.deadline if days is None else line.event + timedelta(days=days)
        self.is_overdue = self.deadline is not None and self.deadline < self.case.as_of

    def of_one_day(self) -> list[Ending]:
        came = self._came()
        if came is None or (self.deadline is not None and came > self.deadline):
            return [self._missed(date.min)] if self.is_overdue else []
        due = self._after(came)
        found = self._decided(due) if due <= self.case.as_of else None
        return [found] if found else []

    def of_payments(self) -> list[Ending]:
        """Each payment releases its part; the one that pays the rest all that is left."""
        receipts, owed = receipts_of(self.case, self.line)
        found: list[Ending] = []
        paid = Fraction(0)
        for receipt in receipts:
            due, is_late = self._after(receipt.day), self.deadline is not None and receipt.day > self.deadline
            ending = None if is_late or due > self.case.as_of else self._decided(due)
            if ending is None:
                break
            paid += receipt.amount
            if owed is None or paid >= owed:
                return [*found, ending]
            found.append(ending._replace(upto=paid / owed))
        return [*found, self._missed(date.min)] if self.is_overdue else found

    def _came(self) -> date | None:
        """The day of what is waited for."""
        at, case, line = self.vest.at, self.case, self.line
        if at == "event":
            return line.event
        if at in PERIOD_ENDS:
            return case.span(line.event, PERIOD_ENDS[at]).end
        if at == "contract start":
            return next((row.start for row in contracts_of(case, line) if row.start), None)
        if at == "first payment":
            return min((receipt.day for receipt in receipts_of(case, line)[0]), default=None)
        name = "live" if at == "customer live" else "first_value"
        return live_day(case, line, name, self.vest.nth or 1, self.vest.which == "last")

    def _after(self, day: date) -> date:
        later = plus_months(max(day, self.line.event), self.vest.after_months)
        later += timedelta(days=self.vest.after_days)
        return next_of(later, [self.vest.on_day]) if self.vest.on_day else later

    def _otherwise(self) -> str:
        return RELEASE if self.vest.otherwise == "release" else FORFEIT

    def _missed(self, since: date) -> Ending:
        """What happens at the deadline, at the earliest on the day on which it is clear."""
        assert self.deadline
        return Ending(max(self.deadline, since), self._otherwise())

    def _decided(self, day: date) -> Ending | None:
        """How a share ends that is due on a day; None while its condition may still come true."""
        if self.vest.if_active and has_ended(self.case, self.line, day):
            return Ending(day, self._otherwise())
        if self._holds_on(day):
            return Ending(day, RELEASE)
        if self.deadline is None:
            return Ending(day, self._otherwise())
        last, span = min(self.deadline, self.case.as_of), self.account.statement(day)
        span = spans_on(span, 1, self.case.year)
        while span.end <= last:
            if self._holds_on(span.end):
                lapsed = self.vest.if_active and has_ended(self.case, self.line, span.end)
                return Ending(span.end, self._otherwise() if lapsed else RELEASE)
            span = spans_on(span, 1, self.case.year)
        return self._missed(day) if self.is_overdue else None

    def _holds_on(self, day: date) -> bool:
        return self.account.meets(self.line.version, self.vest.when, self.account.statement(day))
