"""Bands whose floors count what was paid: a base is split where what it pays fills a band.

What is left of a band is paid at its rate, and the rest of the base at the next one's. The inverse of slices: there a
base says where it lies, here what it earns does.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from partnerdesk.engine.money import ONE, ZERO

Pairs = Sequence[tuple[Decimal, Decimal]]
Filled = tuple[tuple[int, Decimal], ...]


def filled(base: Decimal, paid: Decimal | None, times: Decimal | None, steps: Pairs) -> Filled:
    """The slices of a base, each with the number of its band, on top of what was paid before.

    `times` is what a line's rate is multiplied with before it is paid (multipliers and credited share). A base that
    takes back goes down again from what was paid, and below zero the bands are mirrored. The last slice is what is left
    of the base, so that slices add up to it. What rates below zero take off fills their bands by its size.
    """
    if any(rate < ZERO for _, rate in steps):
        turned = [(floor, -rate) for floor, rate in steps]
        return filled(base, None if paid is None else -paid, times, turned)
    pace, at = Fraction(ONE if times is None else times), Fraction(ZERO if paid is None else paid)
    left, rest = Fraction(base) * pace, base
    sign = 1 if left >= 0 else -1
    found: list[tuple[int, Decimal]] = []
    while True:
        number, edge = _band(at * sign, steps)
        rate, room = Fraction(steps[number][1]), None if edge is None else abs(edge - at * sign)
        if room is None or abs(left) * rate <= room:
            return (*found, (number, rest)) if rest else tuple(found)
        covered = sign * room / rate
        part = _decimal(covered / pace)
        found.append((number, part))
        at, left, rest = at + sign * room, left - covered, rest - part


def cut_of(filled: Filled, steps: Pairs) -> tuple[tuple[Decimal, Decimal], ...]:
    """The slices with their rates."""
    return tuple((part, steps[number][1]) for number, part in filled)


def filled_of(values: Sequence[Decimal], detail: tuple[Any, ...]) -> Filled:
    """The slices of a figure from the values of its parts and its detail: bands, whether something was paid before,
    whether it is multiplied.
    """
    steps, has_paid, has_times = detail
    return filled(values[0], values[1] if has_paid else None, values[-1] if has_times else None, steps)


def _band(at: Fraction, steps: Pairs) -> tuple[int, Fraction | None]:
    """The band in which what is paid grows from here, and where it ends; none for the last one. Below zero it grows
    towards zero, through the bands mirrored there.
    """
    if at >= 0:
        number = max(0, sum(floor <= at for floor, _ in steps) - 1)
        return number, Fraction(steps[number + 1][0]) if number + 1 < len(steps) else None
    number = max(0, sum(floor < -at for floor, _ in steps) - 1)
    return number, -Fraction(steps[number][0])


def _decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / Decimal(number.denominator)
