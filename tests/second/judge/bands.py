"""Rates by size: slices of a base, the whole of it, what lies above a bound; fixed amounts of bands beside them."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from partnerdesk.engine.rules import Bands, Step

ZERO = Fraction(0)


class Paid(NamedTuple):
    """What a base earns; `is_fixed` where no rate has a part in it, so that it is paid whatever share is credited."""

    amount: Fraction
    is_fixed: bool = False


def marginal(bands: Bands, base: Fraction, before: Fraction) -> Paid:
    """Each slice at its own rate, on top of what stood before; below zero everything is mirrored."""
    slices = _up_to(bands.steps, before + base) - _up_to(bands.steps, before)
    entered = _entered(bands, before + base) - _entered(bands, before)
    return Paid(slices + entered, _is_fixed(bands))


def by_metric(bands: Bands, base: Fraction, value: Fraction) -> Paid | None:
    """Slices of a metric's value, whose sum pays the base; nothing where it lies below the first band."""
    if _is_below(bands, value):
        return None
    entered = _entered(bands, value)
    return Paid(base * _up_to(bands.steps, value) + (entered if base >= 0 else -entered))


def by_band(bands: Bands, base: Fraction, size: Fraction) -> Paid | None:
    """By the band that a size reaches: the whole base at its rate, or what lies above the bound."""
    if _is_below(bands, size):
        return None
    reached, first, sign = _reached(bands, size), Fraction(bands.steps[0].rate), 1 if base >= 0 else -1
    rate = Fraction(reached.rate)
    low = min(abs(base), max(Fraction(bands.excess_over), ZERO)) if bands.how == "step on excess" else ZERO
    of_rates = sign * (low * first + (abs(base) - low) * rate)
    return Paid(of_rates + sign * Fraction(reached.amount), _is_fixed(bands))


def filling(bands: Bands, base: Fraction, paid: Fraction, times: Fraction) -> Paid:
    """What a base earns before it is multiplied, where the floors count what is paid after, or what a fee took off."""
    way = -1 if any(step.rate < 0 for step in bands.steps) else 1
    steps, paid = [replace(step, rate=way * step.rate) for step in bands.steps], way * paid
    if not times:
        return Paid(way * base * next(rate for _, end, rate in _rising(steps) if end is None or end > paid))
    sign = 1 if base * times >= 0 else -1
    return Paid(way * sign * _risen(steps, abs(base * times), sign * paid) / times)


def _risen(steps: Sequence[Step], left: Fraction, paid: Fraction) -> Fraction:
    """By how much what is paid rises with a base; a stretch that pays nothing takes what is left of it."""
    risen = ZERO
    for start, end, rate in _rising(steps):
        if end is not None and end <= paid:
            continue
        room = None if end is None else end - (paid if start is None else max(start, paid))
        if room is None or not rate or left * rate <= room:
            return risen + left * rate
        risen += room
        left -= room / rate
    return risen


def _rising(steps: Sequence[Step]) -> list[tuple[Fraction | None, Fraction | None, Fraction]]:
    """All stretches of what may be paid, from far below zero to far above it, each with its rate."""
    ends = [Fraction(step.floor) for step in steps[1:]]
    above = zip([ZERO, *ends], [*ends, None], steps, strict=True)
    found = [(start, end, Fraction(step.rate)) for start, end, step in above]
    below = [(None if end is None else -end, -start, rate) for start, end, rate in reversed(found)]
    return [*below, *found]


def _is_fixed(bands: Bands) -> bool:
    return any(step.amount for step in bands.steps) and not any(step.rate for step in bands.steps)


def _is_below(bands: Bands, value: Fraction) -> bool:
    first = Fraction(bands.steps[0].floor)
    return value < first or (value == first and bands.edge == "above")


def _reached(bands: Bands, size: Fraction) -> Step:
    inside = [s for s in bands.steps if size > s.floor or (size == s.floor and bands.edge == "from")]
    return inside[-1]


def _up_to(steps: Sequence[Step], value: Fraction) -> Fraction:
    """What all slices from zero to a value earn together, each at the rate of its band."""
    size, total = abs(value), ZERO
    for number, step in enumerate(steps):
        upper = Fraction(steps[number + 1].floor) if number + 1 < len(steps) else size
        total += max(min(size, upper) - Fraction(step.floor), ZERO) * Fraction(step.rate)
    return total if value >= 0 else -total


def _entered(bands: Bands, value: Fraction) -> Fraction:
    """The fixed amounts of all bands that a value has entered; nothing at zero."""
    size, total = abs(value), ZERO
    for step in bands.steps:
        if size and (size > step.floor or (size == step.floor and bands.edge == "from")):
            total += Fraction(step.amount)
    return total if value >= 0 else -total
