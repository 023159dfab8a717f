"""Which leaves a figure rests on: those of which no other value would change it are named.

Such are a factor beside a zero, an amount of which only the row is counted, what stood before in bands of one rate, an
entry that a later one takes back. Each leaf is tried alone, all others as they are: with values near and far, and with
those that bring a choice above it over its bounds. What only decides a choice is used, though a small change of it may
leave the choice as it was.
"""

from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from itertools import chain
from typing import Any, NamedTuple

from partnerdesk.engine.figures.figure import Excess, Figure
from partnerdesk.engine.figures.replay import stepped
from partnerdesk.engine.money import ONE, ZERO

_FAR = Decimal(10) ** 12
_NEAR = Decimal("0.006")  # more than half a cent
_TABLES = ("step", "step above", "scale", "slices", "excess", "filled", "entered", "kept", "best")


def unused(figure: Figure) -> tuple[Figure, ...]:
    """The leaves that do not bear on a figure, each once, in the order of the steps."""
    return tuple(leaf for leaf, other in bearing(figure) if other is None)


def bearing(figure: Figure) -> tuple[tuple[Figure, Decimal | None], ...]:
    """Each leaf with another value of it, with which the figure would be another one or none; None where none is."""
    graph = _Graph(figure)
    return tuple((leaf, graph.turning(leaf)) for leaf in graph.leaves)


def is_unused(figure: Figure, step: Figure) -> bool:
    """Whether neither the leaves of a step bear on a figure nor any other value of the step would change it."""
    graph = _Graph(figure)
    return graph.turning(step) is None and all(graph.turning(leaf) is None for leaf in _Graph(step).leaves)


class _Resting(NamedTuple):
    """A step, and which of its parts rest on a leaf; one that is in it twice, twice."""

    step: Figure
    on: list[Figure]


class _Graph:
    """The steps of a figure, each once, and which rest on which: what lies above a leaf is computed anew alone."""

    def __init__(self, figure: Figure) -> None:
        self.figure = figure
        self.above: dict[int, list[Figure]] = {}
        self.leaves: list[Figure] = []
        self.order: dict[int, int] = {}  # a step after all that it rests on
        self._walk(figure)

    def _walk(self, figure: Figure) -> None:
        waiting, seen = [(figure, False)], set()
        while waiting:
            step, is_done = waiting.pop()
            if is_done:
                self.order.setdefault(id(step), len(self.order))
            elif id(step) not in seen:
                seen.add(id(step))
                waiting.append((step, True))
                waiting += [(part, False) for part in reversed(step.parts)]
                for part in step.parts:
                    self.above.setdefault(id(part), []).append(step)
                if not step.parts:
                    self.leaves.append(step)

    def turning(self, leaf: Figure) -> Decimal | None:
        """Another value of a leaf that changes the figure, or leaves none; None where no value does."""
        above = self._all_above(leaf)
        if not above:
            return leaf.value + ONE
        whole = id(self.figure)
        seen = {leaf.value}
        for value in chain(_tried(leaf.value), _over_bounds(leaf, above)):
            if value in seen:
                continue
            seen.add(value)
            if _with(leaf, above, value).get(whole) != self.figure.value:
                return value
        return None

    def _all_above(self, leaf: Figure) -> list[_Resting]:
        """The steps that rest on a leaf, each after those that it rests on."""
        found: dict[int, _Resting] = {}
        waiting = [leaf]
        while waiting:
            part = waiting.pop()
            for step in self.above.get(id(part), ()):
                if id(step) not in found:
                    found[id(step)] = _Resting(step, [])
                    waiting.append(step)
                found[id(step)].on.append(part)
        return sorted(found.values(), key=lambda one: self.order[id(one.step)])


def _with(leaf: Figure, above: list[_Resting], value: Decimal) -> dict[int, Decimal]:
    """The values of a leaf and of what rests on it, as far as there are any then."""
    found = {id(leaf): value}
    with suppress(ArithmeticError):
        for step, on in above:
            if all(found.get(id(part)) == part.value for part in on):
                found[id(step)] = step.value
            elif step.op in ("sum", "count"):  # of thousands of parts, of which a few are others now
                found[id(step)] = step.value + sum((found[id(part)] - part.value for part in on), ZERO)
            else:
                found[id(step)] = stepped(step, [found.get(id(part), part.value) for part in step.parts])
    return found


def _over_bounds(leaf: Figure, above: list[_Resting]) -> Iterator[Decimal]:
    """Values that would bring what a table is read at over its bounds, where that goes with the leaf in a line: from
    where the leaf is, or from far away, where no least or most of something holds it back any more.
    """
    tables = [one for one in reversed(above) if one.step.op in _TABLES]  # the last one first: it mostly decides
    for start, further in ((leaf.value, ONE), (_FAR, _FAR), (-_FAR, -_FAR)) if tables else ():
        here, there = (_with(leaf, above, value) for value in (start, start + further))
        for step, on in tables:
            for part in on:
                at = here.get(id(part), part.value)
                slope = (there.get(id(part), part.value) - at) / further
                for bound in _bounds(step) if slope else ():
                    for asked in (bound, bound + _NEAR, bound - _NEAR, bound + ONE):
                        yield start + (asked - at) / slope


def _tried(value: Decimal) -> tuple[Decimal, ...]:
    """Other values than this one: near and far, first those that mostly tell."""
    return (value + ONE, -_FAR, _FAR, ZERO, -value, value * 2, value / 2, value + _NEAR, value - _NEAR)


def _bounds(step: Figure) -> list[Decimal]:
    """The numbers at which a step gives something else."""
    detail: Any = step.detail
    if step.op in ("kept", "best"):
        others = [part.value for part in step.parts] if step.op == "best" else []
        return [*others, *(bound for bound in detail[1] if bound is not None)]
    if step.op == "excess":
        bands = Excess(*detail)
        return [bands.above, *(floor for floor, _ in bands.steps)]
    pairs = detail[0] if step.op in ("slices", "filled", "entered") else detail
    return [floor for floor, _ in pairs]
