"""Common random numbers: each item has its own stream by its name, so that one more item moves no other one's luck.

A stream of n numbers holds one number of each n-th part of 0 to 1, in an order of its own: ranges settle with fewer
scenarios than with independent numbers, and every scenario by itself is drawn evenly.
"""

from collections.abc import Sequence
from math import sqrt
from random import Random

import numpy as np
from numpy.typing import NDArray

_BITS = 24  # of an order's keys, given to the place itself: no two keys are equal, so every sort gives the same order


def stream(seed: int, name: str, count: int) -> list[float]:
    """`count` numbers from 0 to 1 for the item `name`, the same for the same seed everywhere."""
    dice = Random(f"{seed}|{name}")
    keys = (_bits(dice, count) >> _BITS << _BITS) | np.arange(count, dtype=np.uint64)
    shares = (_bits(dice, count) >> 11) / (1 << 53)
    found: list[float] = ((np.argsort(keys) + shares) / count).tolist()
    return found


def mixed(own: Sequence[float], common: Sequence[float], part: float) -> list[float]:
    """Numbers of which so much (as a correlation, 0 to 1) is common luck, again one in each n-th part of 0 to 1."""
    if part <= 0:
        return [*own]
    found = sqrt(1 - part) * _log_odds(own) + sqrt(part) * _log_odds(common)
    places = np.empty(len(found))
    places[np.argsort(found, kind="stable")] = (np.arange(len(found)) + 0.5) / len(found)
    drawn: list[float] = places.tolist()
    return drawn


def _log_odds(shares: Sequence[float]) -> NDArray[np.float64]:
    inside = np.clip(np.array(shares), 1e-9, 1 - 1e-9)
    found: NDArray[np.float64] = np.log(inside / (1 - inside))
    return found


def _bits(dice: Random, count: int) -> NDArray[np.uint64]:
    return np.frombuffer(dice.randbytes(8 * count), dtype="<u8").astype(np.uint64)
