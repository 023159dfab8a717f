"""Sums of plain values over all windows of a partner at once: what most metrics are, without further questions."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise, repeat
from typing import Any

from partnerdesk.engine.metric_terms import WindowColumns
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.reckoning import Drawn, Measured


def plain_sums(drawn: Drawn[Any], windows: WindowColumns, table: dict[object, Measured[Any]]) -> None:
    """Fills the table with sums of plain values that need no more than their facts: the most common case.

    The same as the general way without its questions, and for all windows at once.
    """
    days, numbers = drawn.days, drawn.numbers
    table.update(dict.fromkeys(windows.keys, _NOTHING))
    if not days:
        return
    lows, highs = map(bisect_left, repeat(days), windows.starts), map(bisect_right, repeat(days), windows.ends)
    if len(days) > _MANY * len(windows.keys):
        _sums_of_blocks(numbers, windows.keys, [*zip(lows, highs, strict=True)], table)
        return
    for key, low, high in zip(windows.keys, lows, highs, strict=True):
        if low < high:
            table[key] = Measured(sum(numbers[low:high], ZERO), "", high - low)


_NOTHING = Measured(ZERO)
_MANY = 4  # rows per window from which on it pays to add each only once


def _sums_of_blocks(
    numbers: Sequence[Any],
    keys: Sequence[object],
    places: Sequence[tuple[int, int]],
    table: dict[object, Measured[Any]],
) -> None:
    """The same sums where windows overlap: what lies between two of their ends is added once and then taken whole."""
    cuts = sorted({place for pair in places for place in pair})
    at = {cut: i for i, cut in enumerate(cuts)}
    blocks = [sum(numbers[low:high], ZERO) for low, high in pairwise(cuts)]
    for key, (low, high) in zip(keys, places, strict=True):
        if low < high:
            table[key] = Measured(sum(blocks[at[low] : at[high]], ZERO), "", high - low)
