"""Common random numbers: each item has its own stream by its name, so that one more item moves no other one's luck.

A stream of n numbers holds one number of each n-th part of 0 to 1, in an order of its own: ranges settle with fewer
scenarios than with independent numbers, and every scenario by itself is drawn evenly.
"""

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


def _bits(dice: Random, count: int) -> NDArray[np.uint64]:
    return np.frombuffer(dice.randbytes(8 * count), dtype="<u8").astype(np.uint64)
