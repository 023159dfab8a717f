"""The bands of a figure one by one: from where to where each goes, what of the base lies in it, and at which rate.

Read off a figure that bands made; nothing is decided anew. Terminal and window say the same bands by it.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from partnerdesk.engine.figures.figure import Excess, Figure, step_at
from partnerdesk.engine.figures.filling import filled_of
from partnerdesk.engine.money import ZERO

SLICED = ("slices", "excess", "filled")  # the steps that are made of bands


class Slice(NamedTuple):
    """What lies in one band: the band from `floor` up to `top` (None: no end), the part of the base, its rate."""

    floor: Decimal
    top: Decimal | None
    part: Decimal
    rate: Decimal

    @property
    def earns(self) -> Decimal:
        return self.part * self.rate


def slices_of(figure: Figure) -> tuple[Slice, ...]:
    """The bands in which something of a figure's base lies, from the lowest; none of a figure without bands."""
    if figure.op == "slices":
        base = figure.parts[0].value
        before = figure.parts[1].value if len(figure.parts) > 1 else ZERO
        return tuple(_marginal(base, before, figure.detail[0]))
    if figure.op == "filled":
        return tuple(_filled(figure))
    if figure.op == "excess":
        return tuple(_on_excess(figure.parts[0].value, figure.parts[1].value, Excess(*figure.detail)))
    return ()


def _marginal(base: Decimal, before: Decimal, steps: tuple[tuple[Decimal, Decimal], ...]) -> Iterator[Slice]:
    """Slices of what lies between `before` and the base on top of it; below zero the bands are mirrored."""
    low, high = sorted((before, before + base))
    sign = 1 if base >= ZERO else -1
    for i, (floor, rate) in enumerate(steps):
        top = steps[i + 1][0] if i + 1 < len(steps) else None
        part = _overlap(low, high, floor, top) + _overlap(-high, -low, floor, top)
        if part:
            yield Slice(floor, top, sign * part, rate)


def _filled(figure: Figure) -> Iterator[Slice]:
    """Slices of a base by the bands of what was paid, whose bounds are amounts paid."""
    steps = figure.detail[0]
    for number, part in filled_of([p.value for p in figure.parts], figure.detail):
        floor, rate = steps[number]
        yield Slice(floor, steps[number + 1][0] if number + 1 < len(steps) else None, part, rate)


def _overlap(low: Decimal, high: Decimal, floor: Decimal, top: Decimal | None) -> Decimal:
    """How much of what lies between two bounds, from zero up, is in a band."""
    return max(ZERO, (high if top is None else min(high, top)) - max(low, floor, ZERO))


def _on_excess(base: Decimal, size: Decimal, bands: Excess) -> Iterator[Slice]:
    """What is paid at the first band's rate, and what lies above at the rate of the band reached."""
    bound, sign = max(bands.above, ZERO), 1 if base >= ZERO else -1
    low = min(abs(base), bound)
    reached = step_at(size, bands.steps, bands.edge)
    for floor, top, part, rate in (
        (ZERO, bound, low, bands.steps[0][1]),
        (bound, None, abs(base) - low, reached),
    ):
        if part:
            yield Slice(floor, top, sign * part, rate)
