"""What both modes of arithmetic compute with: functions of plain numbers that keep nothing."""

from collections.abc import Sequence
from decimal import Decimal
from functools import reduce
from operator import mul
from statistics import median
from typing import Any

from partnerdesk.engine.figures.figure import Bounds, amounts_entered, is_inside
from partnerdesk.engine.money import ZERO

Pairs = Sequence[tuple[Decimal, Decimal]]


def picked(how: str, values: Sequence[Decimal]) -> Decimal:
    """count or sum; mean, median, least, greatest or latest (the last) of at least one value."""
    match how:
        case "count":
            return Decimal(len(values))
        case "sum":
            return sum(values, ZERO)
        case "mean":
            return sum(values, ZERO) / len(values)
        case "median":
            return Decimal(median(values))
        case "least":
            return min(values)
        case "greatest":
            return max(values)
    return values[-1]


def kept(how: str, values: Sequence[Decimal], bounds: Bounds, best: int | None = None) -> Decimal:
    """What is made of the values inside the bounds, or of so many of them, the greatest; zero where there is none."""
    inside = [value for value in values if is_inside(value, bounds)]
    if best is not None:
        inside = [inside[place] for place in sorted(greatest(inside, best))]
    return picked(how, inside) if inside else ZERO


def greatest(values: Sequence[Any], many: int) -> list[int]:
    """The places of so many values, the greatest first and of equal ones the first."""
    return sorted(range(len(values)), key=lambda place: values[place], reverse=True)[:many]


def raised(value: Decimal, to: int) -> Decimal:
    """A value to a whole power."""
    return value**to


def multiplied(values: Sequence[Decimal]) -> Decimal:
    """The product of all values."""
    return reduce(mul, values)


def sliced(cut: Pairs) -> Decimal:
    """What slices of an amount earn, each at its own rate."""
    total = ZERO
    for part, rate in cut:
        total += part * rate
    return total


def newly_entered(base: Decimal, before: Decimal, steps: Pairs, edge: str) -> Decimal:
    """The fixed amounts of the bands that a base enters on top of what stood before."""
    return amounts_entered(before + base, steps, edge) - amounts_entered(before, steps, edge)
