"""One partner of an evaluation: its versions, its tier on a day, what it meets, and the partners below it."""

from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from partnerdesk.engine.rules import Need, Program
from tests.second.judge.book import Case
from tests.second.judge.days import Span
from tests.second.judge.needs import Asked, holds
from tests.second.judge.standing import Standing
from tests.second.judge.start import first_period
from tests.second.judge.versions import begins, case_of, on_day

if TYPE_CHECKING:
    from tests.second.judge.earned import Earned


class Account:
    """What stays the same while one partner is worked out."""

    def __init__(self, case: Case) -> None:
        self.case = replace(case, earned=self.lines_of, earned_by=self.lines_by, held_by=self.held_by)
        self.as_of = case.as_of

    def lines_of(self, name: str, through: date) -> list[Any]:
        """The lines of an earning up to a day, before limits."""
        return self.earned.of(name, through)

    def lines_by(self, partner: str) -> list[Any]:
        """All lines of a partner below, after its limits."""
        from tests.second.judge.paid import lines_of

        return lines_of(self.further(partner))

    def held_by(self, partner: str) -> list[Any]:
        """The tiers that a partner below held."""
        return self.further(partner).tiers

    def further(self, partner: str) -> "Account":
        """A partner that stands below this one, however far."""
        waiting = [*self.below]
        while waiting:
            one = waiting.pop()
            if one.case.partner.id == partner:
                return one
            waiting += one.below
        raise LookupError(partner)

    @cached_property
    def earned(self) -> "Earned":
        from tests.second.judge.earned import Earned

        return Earned(self)

    @cached_property
    def tiers(self) -> list[Any]:
        """The tiers that it held."""
        from tests.second.judge.held import tiers_held

        return tiers_held(self)

    @cached_property
    def standing(self) -> Standing:
        return Standing(self.case)

    @cached_property
    def below(self) -> list["Account"]:
        """The partners of which this one is the parent."""
        case = self.case
        found = sorted((p for p in case.facts.of("partner") if p.parent == case.partner.id), key=lambda p: p.id)
        return [Account(case_of(case.plain, case.facts, case.as_of, partner)) for partner in found]

    @cached_property
    def first(self) -> date:
        """The first day of its periods: of its first fact in the program."""
        return first_period(self.case)

    def under(self, version: Program) -> Case:
        """The case with the rules of a version."""
        return replace(self.case, program=version)

    def version_on(self, day: date) -> Program:
        return on_day(self.case, day).program

    def version_at_end(self, span: Span) -> Program:
        return self.version_on(self.case.last_day(span))

    def begins(self, version: Program) -> date:
        return begins(version, self.as_of)

    def ends(self, version: Program) -> date:
        """The last day on which a version is in force."""
        number = self.case.versions.index(version)
        later = [self.begins(other) for other in self.case.versions[number + 1 :]]
        return min([self.as_of, *(date.fromordinal(day.toordinal() - 1) for day in later)])

    def tier_on(self, day: date) -> str:
        """The tier in force on a day; nothing in a program without tiers."""
        if not self.version_on(day).tier:
            return ""
        return self.standing.tier_on(day)

    def takes_part(self, span: Span) -> bool:
        """Whether the program is for the partner in a period that is reviewed."""
        version = self.version_at_end(span)
        return self.meets(version, version.eligibility.join, span)

    def meets(self, version: Program, need: Need | None, span: Span) -> bool:
        """Whether a requirement of a version holds in a period."""
        if need is None:
            return True
        return holds(Asked(self.under(version), lambda asked: self._held(version, asked)), need, span)

    def _held(self, version: Program, span: Span) -> int:
        return self.standing.held(version)(span)

    def statement(self, day: date) -> Span:
        """The statement period that holds a day."""
        return self.case.span(day, self.case.versions[-1].statements)
