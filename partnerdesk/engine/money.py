"""Money and other exact numbers: Decimal in the engine, integer minor units in the file, never a binary float.

Minor units follow ISO 4217: most currencies have two decimals, a few none, three or four.
"""

from collections.abc import Iterable, Sequence
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Context,
    Decimal,
    Inexact,
    InvalidOperation,
)

ZERO = Decimal(0)
ONE = Decimal(1)
HUNDRED = Decimal(100)

ROUNDING = {
    "half-up": ROUND_HALF_UP,
    "half-even": ROUND_HALF_EVEN,
    "up": ROUND_UP,
    "down": ROUND_DOWN,
    "ceiling": ROUND_CEILING,
    "floor": ROUND_FLOOR,
}

# ISO 4217: currencies whose minor unit is not 1/100.
_EXPONENTS = (
    dict.fromkeys("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(), 0)
    | dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3)
    | {"CLF": 4, "UYW": 4}
)


def decimals(currency: str) -> int:
    """Number of decimals of a currency's minor unit; 2 where ISO 4217 says nothing else."""
    return _EXPONENTS.get(currency, 2)


def minor(amount: Decimal, currency: str) -> int:
    """Integer minor units of an amount.

    Raises ValueError when the amount is not a finite multiple of the minor unit: rounding is the program's to
    decide, never the storage's.
    """
    exact(amount)
    scaled = amount.scaleb(decimals(currency))
    units = int(scaled)
    if units != scaled:
        raise ValueError(f"{amount} {currency} is finer than the currency's smallest unit")
    return units


def major(units: int, currency: str) -> Decimal:
    """The amount that integer minor units stand for."""
    return Decimal(units).scaleb(-decimals(currency))


def exact(value: object) -> Decimal:
    """The value itself when it is a finite Decimal (or an int); raises TypeError or ValueError otherwise."""
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise ValueError(f"{value} is not a finite number")
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    raise TypeError(f"{type(value).__name__} is not an exact number")


# What an amount of so many decimals looks like.
_UNITS = {places: ONE.scaleb(-places) for places in range(-12, 29)}


_FITS, _SURE = Context(prec=27, traps=[Inexact]).plus, Context(prec=24)
# A context of each mode rounds faster than one that is told the mode each time.
_QUANTIZE = {mode: Context(rounding=rounding).quantize for mode, rounding in ROUNDING.items()}


def rounded(value: Decimal, places: int = 2, mode: str = "half-up") -> Decimal:
    """The value rounded to `places` decimals in one of the modes of `ROUNDING`.

    A value that fills all 28 digits comes from a quotient without end: a third of a hundred, times 0.3, is
    9.999 ... in them. Its last digits are rounded off first, so that this is the 10 that it stands for.
    """
    try:
        _FITS(value)
    except Inexact:  # it has more digits than that
        value = _SURE.plus(value)
    try:
        return _QUANTIZE[mode](value, _UNITS[places])
    except InvalidOperation:
        if not value.is_finite():
            raise
        return value  # so great that the digits held of it end before those decimals


_ALIKE = Decimal("1e-15")  # remainders that differ by less are one


def split(total: Decimal, shares: Sequence[Decimal], places: int = 2) -> list[Decimal]:
    """The total divided by shares so that the parts sum to it exactly (largest remainder).

    Ties go to the larger share, then to the earlier one, so the result does not depend on anything else.
    Raises ValueError when there is no share above zero.
    """
    weight = sum(shares, ZERO)
    if weight <= 0 or any(s < 0 for s in shares):
        raise ValueError("shares must not be negative and at least one must be above zero")
    unit = ONE.scaleb(-places)
    exact_parts = [total * share / weight for share in shares]
    parts = [p.quantize(unit, ROUND_FLOOR) for p in exact_parts]
    left = int((total.quantize(unit, ROUND_HALF_UP) - sum(parts, ZERO)) / unit)
    order = sorted(range(len(shares)), key=lambda i: (parts[i] - exact_parts[i], -shares[i], i))
    for i in order[:left]:
        parts[i] += unit
    return parts


def spread(amounts: Sequence[Decimal], places: int, mode: str) -> list[Decimal]:
    """Amounts rounded so that they add up to their rounded sum (largest remainder).

    Each is rounded down; those with the largest remainders, the earlier first, get one unit of what is missing.
    Remainders are one where they differ only in the last of the digits that are kept: a third has no end.
    """
    unit = ONE.scaleb(-places)
    parts = [rounded(amount, places, "floor") for amount in amounts]
    left = int((rounded(sum(amounts, ZERO), places, mode) - sum(parts, ZERO)) / unit)
    order = sorted(range(len(parts)), key=lambda i: ((parts[i] - amounts[i]).quantize(_ALIKE), i))
    for i in order[:left]:
        parts[i] += unit
    return parts


def total(amounts: Iterable[Decimal]) -> Decimal:
    """The sum of amounts; zero of nothing."""
    return sum(amounts, ZERO)
