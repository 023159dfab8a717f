"""An amount in parts that add up to it."""

from collections.abc import Sequence
from fractions import Fraction

from tests.second.judge.money import rounded


def split(amount: Fraction, shares: Sequence[Fraction], decimals: int) -> list[Fraction]:
    """Each part is rounded down; the largest remainders get what is missing, of equals the larger share's."""
    if not shares:
        return []
    exact = [amount * share / sum(shares) for share in shares]
    parts = [rounded(part, decimals, "floor") for part in exact]
    unit = Fraction(1, 10**decimals)
    missing = int((rounded(amount, decimals) - sum(parts)) / unit)
    order = sorted(range(len(shares)), key=lambda i: (parts[i] - exact[i], -shares[i], i))
    for i in order[:missing]:
        parts[i] += unit
    return parts
