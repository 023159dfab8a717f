"""A partner's tier over time, worked out review by review: what the figures call for, and what protects the tier.

Each review is made when a day is asked for that it can matter to, so that a tier may rest on what was earned before.
"""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any, Generic, NamedTuple

from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.outcome import Move
from partnerdesk.engine.period import Period
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.semantics import LETS_GO_GONE_TIERS
from partnerdesk.engine.terms.tiers import Direction
from partnerdesk.engine.terms.versions import Version
from partnerdesk.engine.tiers.decisions import decisions
from partnerdesk.engine.tiers.protection import Shield, shield

_DAY = timedelta(days=1)
MOVED, PROPOSED, STAYS = "moved", "proposed", "stays"
_VERSIONS, _REVIEWS, _DECISIONS = range(3)

# What the figures reach in a period under a version, and what is said of a decision for a tier that is none.
Reached = Callable[[Version, Period], str]
Known = Callable[[Version, Any], str]


@dataclass(frozen=True, slots=True)
class Step:
    """From `day` on the tier is `tier`; `came_from` is the one before it, `up` None where no review decided."""

    day: date
    tier: str
    came_from: str
    up: bool | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a review called for, and what came of it."""

    move: Move
    outcome: str  # moved, proposed or stays
    reason: str = ""
    until: date | None = None


class _Event(NamedTuple):
    day: date
    rank: int
    place: int
    happen: Callable[[], None]


class TierLine(Generic[N]):
    """The steps of one partner so far, and the verdicts of the reviews that called for a move."""

    def __init__(self, reckoning: Reckoning[N], reached: Reached, known: Known) -> None:
        self.reckoning, self.reached, self.known = reckoning, reached, known
        self.steps = [Step(date.min, reckoning.terms.versions[0].tiers.start, "")]
        self.days = [date.min]
        self.calls: dict[bool, list[int]] = {True: [], False: []}
        self.verdicts: list[Verdict] = []
        self.agenda = sorted(self._events(), key=lambda event: event[:3])
        self.done, self.is_busy = 0, False

    def tier_on(self, day: date) -> str:
        """The tier in force on a day."""
        self.advance(day)
        return self._step(day).tier

    def advance(self, day: date) -> None:
        """Makes the reviews that can matter to a day; one that is being made sees what was decided before it."""
        if self.is_busy:
            return
        while self.done < len(self.agenda) and self.agenda[self.done].day <= day:
            event = self.agenda[self.done]
            self.done, self.is_busy = self.done + 1, True
            try:
                event.happen()
            finally:
                self.is_busy = False

    def entered(self, day: date) -> date | None:
        """The day on which the tier of a day was entered; None for the first tier."""
        place = bisect_right(self.days, day) - 1
        while place and self.steps[place - 1].tier == self.steps[place].tier:
            place -= 1
        return self.steps[place].day if place else None

    def coming(self, day: date) -> Step | None:
        """The next step after a day that is decided already."""
        place = bisect_right(self.days, day)
        return self.steps[place] if place < len(self.steps) else None

    def _step(self, day: date) -> Step:
        return self.steps[bisect_right(self.days, day) - 1]

    def _events(self) -> list[_Event]:
        """Everything that can change the tier, in order: new versions, reviews, decisions."""
        found: list[_Event] = []
        for version in self.reckoning.terms.versions:
            if version.start > version.last or not version.tiers.names:
                continue
            found.append(_Event(version.start, _VERSIONS, version.number, partial(self._begin, version)))
            for place, direction in enumerate(version.tiers.directions):
                for period in self._reviews(version, direction):
                    first = direction.first_day(self.reckoning.calendar, period)
                    review = partial(self._review, version, direction, period, first)
                    found.append(_Event(first, _REVIEWS, place, review))
        decided = decisions(self.reckoning).between(None, self.reckoning.as_of)
        for place, row in enumerate(decided):
            found.append(_Event(row.day, _DECISIONS, place, partial(self._decide, row)))
        return found

    def _reviews(self, version: Version, direction: Direction) -> list[Period]:
        """The periods that a version reviews: of its days, from the partner's first one on.

        Without a named first tier the period before counts as well: a partner may come with a history.
        """
        reckoning, calendar, terms = self.reckoning, self.reckoning.calendar, self.reckoning.terms
        begun = reckoning.begun[version.number]
        first = max(begun, terms.versions[0].start)
        if not direction.is_same_period and not terms.versions[0].program.tiers.start:
            first = max(begun, calendar.at(first, direction.unit).start - _DAY)
        found = []
        for period in calendar.between(first, reckoning.as_of, direction.unit):
            is_over = direction.is_same_period or period.end <= reckoning.as_of
            if is_over and terms.at(direction.first_day(calendar, period)) is version:
                found.append(period)
        return found

    def _begin(self, version: Version) -> None:
        """A new version: the tier is kept where it has one of that name, else the figures say which it is.

        What was to take effect later and leads to a tier that it does not have falls away.
        """
        tiers, day, calendar = version.tiers, version.start, self.reckoning.calendar
        now = self._step(day)
        if now.tier in tiers.ranks:
            self._drop_unknown(tiers.ranks, day)
            return
        last = calendar.after(calendar.at(day, tiers.directions[0].unit), -1)
        name = tiers.start if last.end < self.reckoning.begun[version.number] else self.reached(version, last)
        self._put(Step(day, name, now.tier))

    def _drop_unknown(self, ranks: dict[str, int], day: date) -> None:
        """Takes back moves still to come whose tier the version that begins does not have."""
        if self.reckoning.semantics >= LETS_GO_GONE_TIERS:
            self.steps = [step for step in self.steps if step.day <= day or step.tier in ranks]
            self.days = [step.day for step in self.steps]

    def _decide(self, row: Any) -> None:
        """A person's decision stands until a later review or decision."""
        version = self.reckoning.terms.at(row.day)
        if version.tiers.is_decided:
            self._put(Step(row.day, self.known(version, row), self._step(row.day).tier))

    def _review(self, version: Version, direction: Direction, period: Period, first: date) -> None:
        """One review in one direction: a move, a proposal, or the reason why the tier stays."""
        ranks, calls = version.tiers.ranks, self.calls[direction.up]
        due = ranks[self.reached(version, period)]
        self._drop_pending(ranks, direction, due, first)
        effective = direction.effective(self.reckoning.calendar, first, self.reckoning.world.partner)
        now = self._step(effective).tier
        rank = ranks.get(now, 0)
        if not (due > rank if direction.up else due < rank):
            calls.clear()
            return
        calls.append(due)
        target = _target(direction, calls, rank)
        move = Move(period, now, version.tiers.names[target], effective, direction.up)
        found = shield(self.reckoning, direction, move, self.entered(effective), len(calls))
        if found is None and direction.moves == "automatic":
            self._put(Step(effective, move.to_tier, now, direction.up))
        self.verdicts.append(_verdict(direction, move, found))

    def _drop_pending(self, ranks: dict[str, int], direction: Direction, due: int, day: date) -> None:
        """Takes back moves of this direction that are still to come and no longer called for."""
        while (last := self.steps[-1]).up is direction.up and last.day > day:
            before = ranks.get(last.came_from, 0)
            if due > before if direction.up else due < before:
                return
            self.steps.pop(), self.days.pop()

    def _put(self, step: Step) -> None:
        """A step; those from its day on that reviews had decided are overtaken.

        A review that only takes back what was still to come leaves the tier as it is: that is no step.
        """
        while len(self.steps) > 1 and self.steps[-1].day >= step.day:
            self.steps.pop(), self.days.pop()
        if step.up is None or step.tier != self.steps[-1].tier:
            self.steps.append(step)
            self.days.append(step.day)
        for calls in self.calls.values():
            calls.clear()


def _target(direction: Direction, calls: list[int], rank: int) -> int:
    """The tier that all reviews of the notice reach, at most so many steps away."""
    recent = calls[-direction.rule.notice_periods :]
    nearest = min(recent) if direction.up else max(recent)
    step = direction.rule.step
    if not step:
        return nearest
    return min(nearest, rank + step) if direction.up else max(nearest, rank - step)


def _verdict(direction: Direction, move: Move, found: Shield | None) -> Verdict:
    if found is not None:
        return Verdict(move, STAYS, found.words, found.until)
    if direction.moves == "never":
        return Verdict(move, STAYS, f"figures alone never move a tier {direction.word}")
    return Verdict(move, MOVED if direction.moves == "automatic" else PROPOSED)
