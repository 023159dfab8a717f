"""What waits too long to be paid and lapses: the carried balance in layers, by the settlement period that brought each.

What comes off the balance meanwhile, such as a clawback, is taken from the oldest layer first.
"""

from collections import deque
from collections.abc import Iterator
from datetime import date
from typing import Generic

from partnerdesk.engine.figures.figure import N, is_zero
from partnerdesk.engine.period import add_months
from partnerdesk.engine.reckoning import Reckoning


class Waiting(Generic[N]):
    """The layers of one carried balance above zero, the oldest first."""

    def __init__(self, reckoning: Reckoning[N]) -> None:
        self.reckoning, self.layers = reckoning, deque[tuple[date, N]]()

    def lapsed(self, carried: N, end: date, months: int) -> N:
        """What of the balance that is carried out of a period has waited so many months by its end; it is gone."""
        self.keep(carried, end)
        old = list(self._older(end, months))
        return self.reckoning.arithmetic.sum(old, self.reckoning.currency, "lapsed") if old else self.reckoning.nothing

    def keep(self, carried: N, end: date) -> None:
        """Brings the layers to what is carried: more is a new layer, less comes off the oldest ones."""
        ar, nothing, currency = self.reckoning.arithmetic, self.reckoning.nothing, self.reckoning.currency
        if not carried > ar.value(nothing):
            self.layers.clear()
            return
        before = ar.sum([amount for _, amount in self.layers], currency, "waited before") if self.layers else nothing
        change = ar.difference(carried, before, currency, "more that waits")
        if change > ar.value(nothing):
            self.layers.append((end, change))
        elif not is_zero(change):
            self._take(ar.negative(change, "less that waits"))

    def _take(self, amount: N) -> None:
        ar, currency = self.reckoning.arithmetic, self.reckoning.currency
        while not is_zero(amount):
            day, oldest = self.layers.popleft()
            part = ar.least([amount, oldest], currency, "taken from what waits longest")
            amount = ar.difference(amount, part, currency, "left to take")
            rest = ar.difference(oldest, part, currency, "waits")
            if not is_zero(rest):
                self.layers.appendleft((day, rest))

    def _older(self, end: date, months: int) -> Iterator[N]:
        while self.layers and add_months(self.layers[0][0], months) <= end:
            yield self.layers.popleft()[1]
