"""The tier in force: reviews in each direction, when moves take effect, what holds them back, what persons decide."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from partnerdesk.engine.facts import TierDecision
from partnerdesk.engine.rules import TierMoves
from tests.second.judge.book import Case, rows
from tests.second.judge.days import ONE_DAY, Span, plus_months, spans_between, spans_on
from tests.second.judge.reached import reached
from tests.second.judge.start import first_day

DOWN, UP = False, True


@dataclass
class Change:
    """From a day on a tier is in force; `is_up` is None where a person decided."""

    day: date
    rank: int
    came_from: int
    is_up: bool | None


class Review(NamedTuple):
    """The figures of a period looked at in one direction; what they say counts from a day on, before any lag."""

    day: date
    is_up: bool
    span: Span


class Standing:
    """One partner's tiers from its first review on, worked out review by review."""

    def __init__(self, case: Case) -> None:
        self.case, self.policy = case, case.program.tiers
        self.names = [tier.name for tier in case.program.tier]
        start = self.names.index(self.policy.start) if self.policy.start else 0
        self.changes = [Change(date.min, start, start, None)]
        self.calls: dict[bool, list[int]] = {UP: [], DOWN: []}
        reviews = [(review.day, 0, review) for is_up in (DOWN, UP) for review in self._reviews(is_up)]
        decisions = [(row.day, 1, row) for row in self._decisions()]
        # On one day reviews come before decisions, and of reviews those of the way down.
        for _, kind, event in sorted([*reviews, *decisions], key=lambda e: (e[0], e[1], e[2].is_up if not e[1] else 0)):
            if kind:
                rank = self.names.index(event.tier) if event.tier in self.names else 0
                self._put(Change(event.day, rank, self.held_on(event.day), None))
            else:
                self._review(event)

    def held_on(self, day: date) -> int:
        """The rank in force on a day."""
        return [change for change in self.changes if change.day <= day][-1].rank

    def held(self, span: Span) -> int:
        return self.held_on(self.case.last_day(span))

    def before(self, span: Span) -> int:
        """The rank that is held before any move which the figures of a period can bring."""
        is_same = self._is_same(UP) or self._is_same(DOWN)
        return self.held_on(span.start - ONE_DAY) if is_same else self.held(span)

    def _rule(self, is_up: bool) -> TierMoves:
        return self.policy.up if is_up else self.policy.down

    def _moves(self, is_up: bool) -> str:
        return self._rule(is_up).moves or self.policy.moves

    def _is_same(self, is_up: bool) -> bool:
        """Whether a move counts in the period of its figures; one that a person confirms counts from the next."""
        in_force = self._rule(is_up).in_force or self.policy.in_force
        return in_force == "same period" and self._moves(is_up) != "confirmed"

    def _decisions(self) -> list[TierDecision]:
        """What persons decided; it counts where not all moves are automatic."""
        if self._moves(UP) == self._moves(DOWN) == "automatic":
            return []
        own = [row for row in rows(self.case, "tier_decision") if row.partner == self.case.partner.id]
        return [row for row in own if row.day and row.day <= self.case.as_of]

    def _reviews(self, is_up: bool) -> list[Review]:
        """From the partner's joining or first fact on; of the time before the program only the last period.

        That one counts where no first tier is named.
        """
        case, unit = self.case, self._rule(is_up).every or self.policy.every
        began, first = first_day(case), case.versions[0].effective_from
        if not self._is_same(is_up) and not self.policy.start:
            first = case.span(first, unit).start - ONE_DAY
        found = []
        for span in spans_between(max(began, first), case.as_of, unit, case.first_month):
            if self._is_same(is_up):
                found.append(Review(span.start, is_up, span))
            elif span.end <= case.as_of:
                found.append(Review(spans_on(span, 1, case.first_month).start, is_up, span))
        return found

    def _review(self, review: Review) -> None:
        is_up, rule, due = review.is_up, self._rule(review.is_up), reached(self.case, review.span, self.before)
        self._drop_pending(review, due)
        day = self._effective(rule, review.day)
        now = self.held_on(day)
        if not (due > now if is_up else due < now):
            self.calls[is_up] = []
            return
        self.calls[is_up].append(due)
        is_due = len(self.calls[is_up]) >= rule.notice_periods
        if is_due and self._moves(is_up) == "automatic" and not self._is_protected(rule, day):
            self._put(Change(day, self._target(is_up, rule, now), now, is_up))

    def _effective(self, rule: TierMoves, day: date) -> date:
        """When a move takes effect: after its lag, on the next anniversary where the rule says so."""
        day = plus_months(day, rule.lag_months)
        since = getattr(self.case.partner, rule.on_anniversary_of) if rule.on_anniversary_of else None
        years = 1
        while since is not None and plus_months(since, 12 * years) < day:
            years += 1
        return day if since is None else plus_months(since, 12 * years)

    def _drop_pending(self, review: Review, due: int) -> None:
        """A move still to take effect falls away when a later review no longer calls for it."""
        while self.changes[-1].day > review.day and self.changes[-1].is_up is review.is_up:
            before = self.changes[-1].came_from
            if due > before if review.is_up else due < before:
                return
            self.changes.pop()

    def _put(self, change: Change) -> None:
        """What was to take effect later falls away, and reviews in a row are counted anew."""
        self.changes = [*(c for c in self.changes if c.day < change.day), change]
        self.calls = {UP: [], DOWN: []}

    def _target(self, is_up: bool, rule: TierMoves, now: int) -> int:
        recent = self.calls[is_up][-rule.notice_periods :]
        target = min(recent) if is_up else max(recent)
        if rule.step:
            target = min(target, now + rule.step) if is_up else max(target, now - rule.step)
        return target

    def _is_protected(self, rule: TierMoves, day: date) -> bool:
        joined = self.case.partner.joined
        if rule.not_before and day < rule.not_before:
            return True
        if rule.grace_months and joined and day < plus_months(joined, rule.grace_months):
            return True
        entered = self._entered(day) or joined
        return bool(rule.kept_months and entered and day < plus_months(entered, rule.kept_months))

    def _entered(self, day: date) -> date | None:
        """Since when the tier of a day is held without a break; None for the first one."""
        past = [change for change in self.changes if change.day <= day]
        while len(past) > 1 and past[-2].rank == past[-1].rank:
            past.pop()
        return past[-1].day if len(past) > 1 else None
