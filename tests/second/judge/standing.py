"""The tier in force: reviews in each direction, when moves take effect, what holds them back, what persons decide."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from partnerdesk.engine.rules import Program
from tests.second.judge import policy
from tests.second.judge.book import Case, rows
from tests.second.judge.days import ONE_DAY, Span, spans_back, spans_between, spans_on
from tests.second.judge.needs import HeldRank
from tests.second.judge.policy import DOWN, UP, rank_of
from tests.second.judge.reached import reached
from tests.second.judge.start import begun
from tests.second.judge.tree import cases_of
from tests.second.judge.versions import begins, on_day

BEGIN, REVIEW, DECIDE = range(3)


@dataclass
class Change:
    """From a day on a tier is in force; `is_up` is None where no review decided."""

    day: date
    tier: str
    came_from: str
    is_up: bool | None = None


class Review(NamedTuple):
    """The figures of a period looked at in one direction; what they say counts from a day on, before any lag."""

    version: Program
    day: date
    is_up: bool
    span: Span


class Standing:
    """One partner's tiers from its first review on, worked out review by review."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.changes = [Change(date.min, policy.first_tier(case.versions[0]), "")]
        self.calls: dict[bool, list[int]] = {UP: [], DOWN: []}

        self.agenda: list[tuple[date, int, int, Any]] | None = None
        self.is_busy = False

    def run(self, through: date) -> None:
        """Lets what can matter to a day happen; what is asked meanwhile sees what was decided before."""
        if self.agenda is None:
            self.agenda = sorted(self._events(), key=lambda event: event[:3])
        while self.agenda and self.agenda[0][0] <= through and not self.is_busy:
            day, kind, _, what = self.agenda.pop(0)
            self.is_busy = True
            if kind == BEGIN:
                self._begin(day, what)
            elif kind == REVIEW:
                self._review(what)
            else:
                self._decide(what)
            self.is_busy = False

    def tier_on(self, day: date) -> str:
        """The tier in force on a day; before the program's first day the first one, whatever a review of then says."""
        self.run(day)
        if day < begins(self.case.versions[0], self.case.as_of):
            return policy.first_tier(self.case.versions[0])
        return [change for change in self.changes if change.day <= day][-1].tier

    def moved_on(self, day: date) -> date | None:
        """Since when the tier of a day is held, where a move brought it."""
        self.run(day)
        return self._entered(day)

    def held(self, version: Program) -> HeldRank:
        """The rank, in a version, of the tier that is held at a period's end; -1 for one that it does not have."""

        def rank(span: Span) -> int:
            return self._rank_on(self.case.last_day(span), version)

        return rank

    def before(self, version: Program) -> HeldRank:
        """The same before any move which the figures of a period can bring."""
        is_same = policy.is_same_period(version, UP) or policy.is_same_period(version, DOWN)

        def rank(span: Span) -> int:
            return self._rank_on(span.start - ONE_DAY, version) if is_same else self.held(version)(span)

        return rank

    def _rank_on(self, day: date, version: Program) -> int:
        """The rank, in a version, of the tier of a day; none is held under a version without tiers."""
        names, tier = policy.names_of(version), self.tier_on(day)
        return names.index(tier) if tier in names and on_day(self.case, day).program.tier else -1

    def reached(self, version: Program, span: Span) -> int:
        """The rank that a period's figures reach under a version."""
        return reached(replace(self.case, program=version), span, self.before(version))

    def _events(self) -> list[tuple[date, int, int, Any]]:
        """All that can change the tier; on one day new versions, reviews down, reviews up, decisions."""
        case = self.case
        found: list[tuple[date, int, int, Any]] = []
        for number, version in enumerate(case.versions):
            if version.tier and on_day(case, begins(version, case.as_of)).program is version:
                found.append((begins(version, case.as_of), BEGIN, number, version))
                reviews = [review for is_up in (DOWN, UP) for review in self._reviews(version, is_up)]
                found += [(review.day, REVIEW, int(review.is_up), review) for review in reviews]
        return found + [(row.day, DECIDE, n, row) for n, row in enumerate(self._decisions()) if row.day <= case.as_of]

    def _decisions(self) -> list[Any]:
        """What counts for the partner, of one day its own last; for the one at the top under a version for groups."""
        case, top = self.case, cases_of(self.case, "group")[0].partner.id
        made = [row for row in rows(case, "tier_decision") if row.day]
        own = [row for row in made if row.partner == case.partner.id]
        others = [row for row in made if row.partner == top != case.partner.id]
        return [row for row in others if policy.is_of_group(on_day(case, row.day).program)] + own

    def _reviews(self, version: Program, is_up: bool) -> list[Review]:
        """From the partner's joining or first fact on; of the time before the program only the last period.

        That one counts where no first tier is named.
        """
        case, unit = self.case, policy.unit_of(version, is_up)
        oldest, is_same = case.versions[0], policy.is_same_period(version, is_up)
        first = begins(oldest, case.as_of)
        if not is_same and not oldest.tiers.start:
            first = case.span(first, unit).start - ONE_DAY
        found = []
        for span in spans_between(max(begun(case, version), first), case.as_of, unit, case.year):
            day = span.start if is_same else spans_on(span, 1, case.year).start
            if (is_same or span.end <= case.as_of) and on_day(case, day).program is version:
                found.append(Review(version, day, is_up, span))
        return found

    def _begin(self, day: date, version: Program) -> None:
        """A new version: the tier is kept where it has one of that name, else the figures say which it is."""
        now, known = self.tier_on(day), policy.names_of(version)
        if now in known:
            self.changes = [change for change in self.changes if change.day <= day or change.tier in known]
            return
        tier, last = policy.first_tier(version), self.case.span(day, policy.unit_of(version, DOWN))
        last = spans_back(last, 1, self.case.year)
        if last.end >= begun(self.case, version):
            tier = policy.names_of(version)[self.reached(version, last)]
        self._put(Change(day, tier, now))

    def _decide(self, row: Any) -> None:
        version = on_day(self.case, row.day).program
        if version.tier and policy.is_decided(version):
            tier = row.tier if row.tier in policy.names_of(version) else policy.names_of(version)[0]
            self._put(Change(row.day, tier, self.tier_on(row.day)))

    def _review(self, review: Review) -> None:
        version, is_up = review.version, review.is_up
        rule, due = policy.rule_of(version, is_up), self.reached(version, review.span)
        self._drop_pending(review, due)
        day = policy.effective(self.case, rule, review.day)
        tier = self.tier_on(day)
        now = rank_of(version, tier)
        if not (due > now if is_up else due < now):
            self.calls[is_up] = []
            return
        self.calls[is_up].append(due)
        is_due = len(self.calls[is_up]) >= rule.notice_periods and policy.moves_of(version, is_up) == "automatic"
        span = spans_back(review.span, 1, self.case.year)
        first = span.start if policy.is_same_period(version, is_up) else review.span.start
        last = policy.effective(self.case, rule, first)
        if is_due and not policy.is_protected(self.case, rule, day, self._entered(day), last):
            target = policy.names_of(version)[self._target(review, now)]
            self._put(Change(day, target, tier, is_up))

    def _drop_pending(self, review: Review, due: int) -> None:
        """A move still to take effect falls away when a later review no longer calls for it."""
        while self.changes[-1].day > review.day and self.changes[-1].is_up is review.is_up:
            before = rank_of(review.version, self.changes[-1].came_from)
            if due > before if review.is_up else due < before:
                return
            self.changes.pop()

    def _put(self, change: Change) -> None:
        """What was to take effect later falls away, and reviews in a row are counted anew."""
        self.changes = [*(c for c in self.changes if c.day < change.day), change]
        self.calls = {UP: [], DOWN: []}

    def _target(self, review: Review, now: int) -> int:
        """The nearest tier that all reviews of the notice reach, at most so many steps away."""
        rule = policy.rule_of(review.version, review.is_up)
        recent = self.calls[review.is_up][-rule.notice_periods :]
        target = min(recent) if review.is_up else max(recent)
        if rule.step:
            target = min(target, now + rule.step) if review.is_up else max(target, now - rule.step)
        return target

    def _entered(self, day: date) -> date | None:
        """Since when the tier of a day is held without a break; None for the first one."""
        past = [change for change in self.changes if change.day <= day]
        while len(past) > 1 and past[-2].tier == past[-1].tier:
            past.pop()
        return past[-1].day if len(past) > 1 else None
