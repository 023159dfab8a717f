"""Which rows of a metric are looked at: some of every size, the same ones for the same seed.

Rows are cut into strata of equal money, so that a few large ones weigh as much as many small ones; each stratum gives
an equal part of the sample. Within one the order is that of a hash of seed and row, which no version of a random
number generator can change and no order of the rows.
"""

from collections.abc import Sequence
from decimal import Decimal
from hashlib import sha256
from typing import NamedTuple

from partnerdesk.engine.money import ZERO

STRATA = 4


class Counted(NamedTuple):
    """A row that a metric counts."""

    kind: str
    id: str
    amount: Decimal
    says: str = ""
    source: str = ""


class Drawn(NamedTuple):
    """A row of the sample; stratum 1 holds the largest amounts."""

    stratum: int
    row: Counted


def sample(rows: Sequence[Counted], size: int, seed: int) -> list[Drawn]:
    """So many rows (all of them where there are fewer), the largest stratum first; within one by amount."""
    strata = in_strata(rows, min(STRATA, max(1, size)))
    wanted = _shares([len(stratum) for stratum in strata], size)
    found = []
    for number, (stratum, count) in enumerate(zip(strata, wanted, strict=True), 1):
        chosen = sorted(stratum, key=lambda row: _place(seed, row))[:count]
        found += [Drawn(number, row) for row in sorted(chosen, key=_largest)]
    return found


def in_strata(rows: Sequence[Counted], count: int) -> list[list[Counted]]:
    """The rows by amount, the largest first, cut so that each stratum holds an equal part of all money."""
    ordered = sorted(rows, key=_largest)
    total = sum((abs(row.amount) for row in ordered), ZERO)
    strata, passed = [list[Counted]() for _ in range(count)], ZERO
    for row in ordered:
        strata[min(count - 1, int(passed * count / total)) if total else 0].append(row)
        passed += abs(row.amount)
    return [stratum for stratum in strata if stratum]


def _shares(sizes: Sequence[int], size: int) -> list[int]:
    """How many rows each stratum gives: equal parts, and what a small one cannot give comes from the others."""
    wanted, left = [0] * len(sizes), min(size, sum(sizes))
    while left:
        for i, most in enumerate(sizes):
            if left and wanted[i] < most:
                wanted[i], left = wanted[i] + 1, left - 1
    return wanted


def _largest(row: Counted) -> tuple[Decimal, str, str]:
    return -abs(row.amount), row.kind, row.id


def _place(seed: int, row: Counted) -> str:
    return sha256(f"{seed}|{row.kind}|{row.id}".encode()).hexdigest()
