"""What every scenario of a partner gives: amounts by day, what is taken back, the tier at the end.

Scenarios are worked out many at once (`varied`): a course through the engine for all, another one for those in which
the engine took another turn, and so on, as long as that takes less time than one by one. Amounts and tiers go apart: a
score may take many turns that no amount hangs on. Some scenarios are always worked out by the engine alone as well;
were they unlike, all would be.
"""

from collections.abc import Callable, Sequence
from time import perf_counter
from typing import TypeVar

import numpy as np

from partnerdesk.forecast.counting import Counted, Future, Months, future_of
from partnerdesk.forecast.possible import Members
from partnerdesk.forecast.prepared import Prepared, Step, TierOf
from partnerdesk.forecast.runner import Runner
from partnerdesk.forecast.varied import Apart

T = TypeVar("T")

FEW = 2  # scenarios of which it does not pay to work out any together
TRIED = 3  # courses after which it is asked whether they pay


def futures(
    prepared: Prepared, months: Months, counts: Counted, step: Step | None = None, held: TierOf | None = None
) -> list[Future]:
    """Every scenario in order; `held` as in `Prepared.run`. `step(done, total)` may raise to stop it."""
    return Futures(prepared, months, counts, step, held).all()


class Futures:
    """The scenarios of a partner as they are worked out."""

    tried = TRIED

    def __init__(
        self, prepared: Prepared, months: Months, counts: Counted, step: Step | None, held: TierOf | None
    ) -> None:
        self.prepared, self.months, self.counts, self.step, self.held = prepared, months, counts, step, held
        self.count = prepared.asked.scenarios
        self.together: dict[int, Future] = {}
        self.courses = 0

    def all(self) -> list[Future]:
        """All of them, together as far as that goes."""
        sample = {place: self.alone(place) for place in sorted({0, self.count // 2, self.count - 1})}
        if self.count > len(sample):
            found = self._together(np.arange(self.count))
            self.together = found if all(found[n].is_like(one) for n, one in sample.items() if n in found) else {}
        return self._rest({**self.together, **sample})

    def _together(self, members: Members) -> dict[int, Future]:
        """Those that can be worked out together."""
        runner = Runner(self.prepared, self.months, self.counts, self.held)
        if not runner.is_able:
            return {}
        amounts = self._courses(runner.amounts, members, self.alone)
        rest = np.array([n for n in sorted(amounts) if n not in runner.known], dtype=members.dtype)
        tiers = {**self._courses(runner.tiers, rest, runner.tier), **runner.known}
        for scenario in amounts:
            if scenario not in tiers:
                tiers[scenario] = runner.tier(scenario)
                self._told(len(tiers))
        return {scenario: Future(*found, tiers[scenario]) for scenario, found in amounts.items()}

    def _courses(
        self,
        run: Callable[[Members], tuple[dict[int, T], list[Members]]],
        members: Members,
        alone: Callable[[int], object],
    ) -> dict[int, T]:
        """What courses give of some scenarios, as long as they take less time than each scenario alone."""
        groups, found, tried = [members], dict[int, T](), 0
        each, spent = 0.0, 0.0
        while groups:
            group = groups.pop()
            if len(group) < FEW or (tried >= self.tried and spent > each * len(found)):
                continue
            began = perf_counter()
            try:
                some, others = run(group)
            except Apart:
                some, others = {}, []
            spent, tried = spent + perf_counter() - began, tried + 1
            found |= some
            groups += sorted(others, key=len)
            self.courses += 1
            self._told(len(found))
            if tried == self.tried:
                began = perf_counter()
                alone(int(members[0]))
                each = perf_counter() - began
        return found

    def _rest(self, found: dict[int, Future]) -> list[Future]:
        """All scenarios, those that are not known yet each by itself; equal ones once where few things are open."""
        seen: dict[Sequence[int], Future] = {}
        for scenario in range(self.count):
            if scenario not in found:
                key = tuple(map(id, self.prepared.drawn(scenario))) if not self.prepared.coming else (scenario,)
                if key not in seen:
                    seen[key] = self.alone(scenario)
                found[scenario] = seen[key]
                self._told(len(found))
        return [found[scenario] for scenario in range(self.count)]

    def alone(self, scenario: int) -> Future:
        """A scenario worked out by the engine itself."""
        return future_of(
            self.prepared.scenario(scenario, self.held), self.months, self.counts, self.prepared.asked.as_of
        )

    def _told(self, done: int) -> None:
        if self.step:
            self.step(done, self.count)
