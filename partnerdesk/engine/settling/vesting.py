"""What a vesting share waits for, when and how the wait ends, and the words for it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from math import lcm
from typing import Generic, NamedTuple

from partnerdesk.engine.figures.called import month_day
from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.figures.reasons import day_words
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import EarningLine
from partnerdesk.engine.period import add_months, first_of_days
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.rules import Vest
from partnerdesk.engine.rules.timing import LIVE
from partnerdesk.engine.terms.asking import need_words
from partnerdesk.engine.terms.versions import Version
from partnerdesk.engine.tiers.needs import met
from partnerdesk.engine.world.contracts import has_ended, start_of
from partnerdesk.engine.world.receipts import receipts_of

PERIOD_ENDS = {"month end": "month", "quarter end": "quarter", "year end": "year"}
OUTCOMES = {"forfeit": "forfeiture", "release": "release"}
_ENDED = "the customer's contract had ended"


class Ending(NamedTuple, Generic[N]):
    """A day on which a hold is released or forfeited: all that is left of it, or up to paid / owed of the whole."""

    day: date
    kind: str
    upto: tuple[N, N] | None = None
    by: str = ""  # the payment that brought it
    why: str = ""  # of a forfeiture: what did not come, or did not hold


class Wait(NamedTuple, Generic[N]):
    """How a share ends, as far as it is known: the day on which it is due, its words, and its endings."""

    due: date | None
    condition: str
    endings: list[Ending[N]]


def in_parts(vests: tuple[Vest, ...]) -> tuple[list[Vest], list[Decimal]]:
    """Each equal part of a share as a share of its own, a month later each, and their relative sizes."""
    common = lcm(*(v.parts for v in vests))
    parts = [
        replace(v, after_months=v.after_months + n * v.apart_months, parts=1) for v in vests for n in range(v.parts)
    ]
    return parts, [v.share * (common // v.parts) for v in vests for _ in range(v.parts)]


def is_immediate(vest: Vest) -> bool:
    """Whether a share is payable with the event itself."""
    waits = vest.after_months or vest.after_days or vest.on_day or vest.if_active or vest.when is not None
    return vest.at == "event" and not waits


def awaited(reckoning: Reckoning[N], version: Version, vest: Vest, line: EarningLine[N]) -> Wait[N]:
    """How a vesting share of a line ends."""
    vesting = _Vesting(reckoning, version, vest, line)
    return vesting.collected() if vest.at == "payment received" else vesting.waited()


class _Vesting(Generic[N]):
    """One share of one line on its way to be payable."""

    def __init__(self, reckoning: Reckoning[N], version: Version, vest: Vest, line: EarningLine[N]) -> None:
        self.reckoning, self.version, self.vest, self.line = reckoning, version, vest, line
        self.as_of, self.words = reckoning.as_of, vest_words(vest)
        self.deadline = last_day(vest, line.event)

    def waited(self) -> Wait[N]:
        """The wait for one day."""
        reached = self.reached()
        if reached is None or (self.deadline is not None and reached > self.deadline):
            return Wait(None, self.words, []) if not self.is_overdue() else self.ended(self.missed())
        due = self.after(reached)
        if due > self.as_of:
            return Wait(due, self.words, [])
        found = self.decided(due)
        return Wait(None, self.words, []) if found is None else self.ended(found)

    def ended(self, ending: Ending[N]) -> Wait[N]:
        return Wait(ending.day, self.words, [ending])

    def after(self, day: date) -> date:
        """The due day after what is waited for."""
        due = add_months(max(day, self.line.event), self.vest.after_months)
        due += timedelta(days=self.vest.after_days)
        return due if self.vest.on_day is None else first_of_days(due, (self.vest.on_day,))

    def reached(self) -> date | None:
        """The day of what is waited for; None while it has not come, or is not known yet."""
        line, world, at = self.line, self.reckoning.world, self.vest.at
        if at == "event":
            return line.event
        if at in PERIOD_ENDS:
            return self.reckoning.calendar.at(line.event, PERIOD_ENDS[at]).end
        if at == "contract start":
            return start_of(world, line)
        if at == "first payment":
            days = [receipt.day for receipt in receipts_of(world, line).found]
            return min(days) if days and min(days) <= self.as_of else None
        attribute = "live" if at == "customer live" else "first_value"
        each = world.live_days(line.deal, line.customer, line.event, attribute)
        asked = each[-1:] if self.vest.which == "last" else each[(self.vest.nth or 1) - 1 :]
        found = next(iter(asked), None)
        return found if found is not None and found <= self.as_of else None

    def is_overdue(self) -> bool:
        return self.deadline is not None and self.deadline < self.as_of

    def missed(self, since: date | None = None) -> Ending[N]:
        """What happens at the deadline, at the earliest on the day since when it is clear."""
        assert self.deadline
        day, vest = max(self.deadline, since or self.deadline), self.vest
        if since is not None and vest.when is not None:
            return self.otherwise(day, f"{need_words(self.version.program, vest.when, fails=True)} up to then")
        return self.otherwise(day, f"{_awaited(vest)} had not come by {day_words(self.deadline)}")

    def otherwise(self, day: date, why: str) -> Ending[N]:
        """What happens to a share that does not vest."""
        return Ending(day, OUTCOMES[self.vest.otherwise], why=why)

    def lapsed(self, day: date) -> bool:
        return self.vest.if_active and has_ended(self.reckoning.world, self.line, day)

    def decided(self, day: date) -> Ending[N] | None:
        """How a share ends that is due on a day; None while its condition may still come true."""
        vest = self.vest
        if self.lapsed(day):
            return self.otherwise(day, _ENDED)
        if vest.when is None:
            return Ending(day, "release")
        period = self.reckoning.terms.statement_period(day)
        if met(self.reckoning, self.version, vest.when, period):
            return Ending(day, "release")
        if self.deadline is None:
            return self.otherwise(day, f"{need_words(self.version.program, vest.when, fails=True)} in {period}")
        later = next(self.came_true(day), None)
        if later is not None:
            return self.decided_late(later)
        return self.missed(day) if self.is_overdue() else None

    def came_true(self, day: date) -> Iterator[date]:
        """The ends of later statement periods, up to the deadline, in which the condition holds."""
        assert self.deadline and self.vest.when is not None
        last = min(self.deadline, self.as_of)
        period = self.reckoning.calendar.after(self.reckoning.terms.statement_period(day))
        while period.end <= last:
            if met(self.reckoning, self.version, self.vest.when, period):
                yield period.end
            period = self.reckoning.calendar.after(period)

    def decided_late(self, day: date) -> Ending[N]:
        return self.otherwise(day, _ENDED) if self.lapsed(day) else Ending(day, "release")

    def collected(self) -> Wait[N]:
        """The wait for the customer's payments: each releases its part, the last one what is left."""
        ar, (receipts, fact, owed) = self.reckoning.arithmetic, receipts_of(self.reckoning.world, self.line)
        found: list[Ending[N]] = []
        parts: list[N] = []
        total = ZERO
        for receipt in receipts:
            due, is_late = self.after(receipt.day), self.deadline is not None and receipt.day > self.deadline
            if is_late or due > self.as_of or (ending := self.decided(due)) is None:
                break
            total += receipt.amount
            if owed is None or total >= owed:
                return Wait(ending.day, self.words, [*found, ending])
            parts.append(ar.leaf(receipt.row, "amount", receipt.amount, receipt.row.currency, "paid"))
            whole = ar.leaf(fact, "amount", owed, fact.currency, "owed")
            upto = (ar.sum(parts, fact.currency, "paid so far"), whole)
            found.append(ending._replace(upto=upto, by=receipt.row.id))
        if self.is_overdue():
            return Wait(None, self.words, [*found, self.missed()])
        return Wait(None, self.words, found)


def last_day(vest: Vest, event: date) -> date | None:
    """The last day on which what a share waits for may come; None without such a day."""
    if vest.within_days is not None:
        return event + timedelta(days=vest.within_days)
    return None if vest.within_months is None else add_months(event, vest.within_months)


def vest_words(vest: Vest) -> str:
    """When a share becomes payable, in words."""
    after = _after_words(vest)
    if vest.on_day is not None:
        return f"the next {month_day(vest.on_day)} from {after}{_awaited(vest, 'the event')} on{_within(vest)}"
    if vest.at == "event":
        return f"{after}the event" if after else "at once"
    return f"{after}{_awaited(vest)}{_within(vest)}"


def _awaited(vest: Vest, event: str = "what it waits for") -> str:
    """What is waited for, in words."""
    if vest.at in LIVE and (vest.nth is not None or vest.which == "last"):
        which = "the last deployment" if vest.which == "last" else f"deployment number {vest.nth}"
        return f"the {_ONCE_EACH[vest.at]} of {which}"
    return _WORDS.get(vest.at, event)


def _within(vest: Vest) -> str:
    if vest.within_days is not None:
        return f" within {vest.within_days} day{'s' * (vest.within_days != 1)}"
    return "" if vest.within_months is None else f" within {vest.within_months} months"


_WORDS = {
    "month end": "the end of the month",
    "quarter end": "the end of the quarter",
    "year end": "the end of the fiscal year",
    "contract start": "the contract's start",
    "payment received": "the customer's payment",
    "first payment": "the customer's first payment",
    "customer live": "the customer's go-live",
    "first value": "the customer's first value",
}
_ONCE_EACH = {"customer live": "go-live", "first value": "first value"}


def _after_words(vest: Vest) -> str:
    months = f"{vest.after_months} month{'s' * (vest.after_months != 1)}" if vest.after_months else ""
    days = f"{vest.after_days} day{'s' * (vest.after_days != 1)}" if vest.after_days else ""
    both = " and ".join(part for part in (months, days) if part)
    return f"{both} after " if both else ""
