"""What every scenario of a partner gives: amounts by day, what is taken back, the tier at the end.

Scenarios are worked out many at once (`varied`): a course through the engine for all, another one for those in which
the engine took another turn, and so on. Where that does not pay, or something cannot be said of many at once, each is
worked out by itself. Some scenarios are always worked out both ways; were they unlike, all would be done one by one.
"""

from collections.abc import Iterable, Sequence

import numpy as np

from partnerdesk.forecast.counting import Counted, Future, Months, future_of
from partnerdesk.forecast.prepared import Prepared, Step, TierOf
from partnerdesk.forecast.together_run import Runner
from partnerdesk.forecast.varied import Apart

FEW = 8  # scenarios of which it does not pay to work out any together
PAYS = 4  # scenarios that a course has to bring on average
TRIED = 3  # courses after which that is asked


def futures(
    prepared: Prepared, months: Months, counts: Counted, step: Step | None = None, held: TierOf | None = None
) -> list[Future]:
    """Every scenario in order; `held` as in `Prepared.run`. `step(done, total)` may raise to stop it."""
    return Futures(prepared, months, counts, step, held).all()


class Futures:
    """The scenarios of a partner as they are worked out."""

    def __init__(
        self, prepared: Prepared, months: Months, counts: Counted, step: Step | None, held: TierOf | None
    ) -> None:
        self.prepared, self.months, self.counts, self.step, self.held = prepared, months, counts, step, held
        self.count = prepared.asked.scenarios
        self.found: dict[int, Future] = {}
        self.together: dict[int, Future] = {}
        self.courses = 0

    def all(self) -> list[Future]:
        """All of them, together as far as that goes."""
        if self.count >= FEW:
            self.together = self._together()
            self.found |= self.together
        self._alone(range(self.count))
        return [self.found[scenario] for scenario in range(self.count)]

    def _together(self) -> dict[int, Future]:
        """Those that can be worked out together; none where a sample shows that they are not what the engine gives."""
        runner = Runner(self.prepared, self.months, self.counts, self.held)
        if not runner.is_able:
            return {}
        groups, found = [np.arange(self.count)], dict[int, Future]()
        while groups:
            members = groups.pop()
            if len(members) < FEW or (self.courses >= TRIED and len(found) < PAYS * self.courses):
                continue
            try:
                some, others = runner.run(members)
            except Apart:
                continue
            self.courses += 1
            found |= some
            groups += sorted(others, key=len)
            self._told(len(found))
        sample = {*list(found)[:1], *list(found)[len(found) // 2 :][:1], *list(found)[-1:]}
        return found if all(self.alone(scenario).is_like(found[scenario]) for scenario in sample) else {}

    def _alone(self, scenarios: Iterable[int]) -> None:
        """Those that are not known yet, each by itself; equal ones once where only few things are open."""
        seen: dict[Sequence[int], Future] = {}
        for scenario in scenarios:
            if scenario not in self.found:
                key = tuple(map(id, self.prepared.drawn(scenario))) if not self.prepared.coming else (scenario,)
                if key not in seen:
                    seen[key] = self.alone(scenario)
                self.found[scenario] = seen[key]
                self._told(len(self.found))

    def alone(self, scenario: int) -> Future:
        """A scenario worked out by the engine itself."""
        return future_of(
            self.prepared.scenario(scenario, self.held), self.months, self.counts, self.prepared.asked.as_of
        )

    def _told(self, done: int) -> None:
        if self.step:
            self.step(done, self.count)
