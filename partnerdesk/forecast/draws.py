"""Common random numbers: each item has its own stream by its name, so that one more item moves no other one's luck.

A stream of n numbers holds one number of each n-th part of 0 to 1, in an order of its own: ranges settle with fewer
scenarios than with independent numbers, and every scenario by itself is drawn evenly.
"""

from random import Random


def stream(seed: int, name: str, count: int) -> list[float]:
    """`count` numbers from 0 to 1 for the item `name`, the same for the same seed everywhere."""
    dice = Random(f"{seed}|{name}")
    places = list(range(count))
    dice.shuffle(places)
    return [(place + dice.random()) / count for place in places]
