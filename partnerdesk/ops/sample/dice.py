"""Chance for the sample book: the same for a seed on every machine, locale and Python.

Only `random()` of the Mersenne twister is used, whose numbers Python keeps stable; text seeds do not depend on hash
order. Shares are spread evenly instead of drawn, so that a partner planned at 20 % late deployments has 20 % of them.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A named stream of chance."""

    def __init__(self, seed: int, *name: str) -> None:
        self._random = Random("/".join((str(seed), *name)))

    def between(self, low: int, high: int) -> int:
        """A whole number from low to high, both possible."""
        return low + int(self._random.random() * (high - low + 1))

    def pick(self, choices: Sequence[T]) -> T:
        return choices[self.between(0, len(choices) - 1)]

    def some(self, choices: Sequence[T], count: int) -> list[T]:
        """So many different ones, in random order; all of them where there are not more."""
        left = list(choices)
        return [left.pop(self.between(0, len(left) - 1)) for _ in range(min(count, len(left)))]

    def weighted(self, choices: Sequence[tuple[T, int]]) -> T:
        """One of the choices, each as likely as its weight."""
        at = self.between(1, sum(weight for _, weight in choices))
        for choice, weight in choices:
            at -= weight
            if at <= 0:
                return choice
        raise AssertionError("weights sum to less than themselves")

    def workday(self, first: date, last: date) -> date:
        """A day from Monday to Friday in a stretch (its first day where there is none)."""
        day = first + timedelta(days=self.between(0, max(0, (last - first).days)))
        while day.weekday() > 4 and day > first:
            day -= timedelta(days=1)
        return day


class Spread:
    """Yes or no so that the share of yes over many questions is the one asked for."""

    def __init__(self, start: int = 50) -> None:
        self._sum = start

    def next(self, percent: int) -> bool:
        self._sum += percent
        if self._sum < 100:
            return False
        self._sum -= 100
        return True


def parts(total: int, count: int, step: int, dice: Dice) -> list[int]:
    """A total in uneven parts that are multiples of `step`, but for the last; they sum to it exactly."""
    weights = [dice.between(60, 150) for _ in range(count)]
    found = [total * weight // sum(weights) // step * step for weight in weights]
    found[-1] = total - sum(found[:-1])
    return [part for part in found if part > 0]
