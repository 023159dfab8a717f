"""Sums of plain values over all windows of a partner at once: what most metrics are, without further questions."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise, repeat
from typing import Any

from partnerdesk.engine.money import ZERO
from partnerdesk.engine.terms.measured import Drawn, Measured, Plain, counted_of
from partnerdesk.engine.terms.window_cuts import Cuts


def plain_sums(drawn: Drawn[Any] | Plain, windows: Cuts, table: dict[object, Measured[Any]]) -> None:
    """Fills the table with sums of plain values that need no more than their facts: the most common case.

    The same as the general way without its questions, and for all windows at once.
    """
    days = drawn.days
    table.update(windows.nothing)
    if not days:
        return
    places = [*map(bisect_left, repeat(days), windows.days)]
    if len(days) > _MANY * len(windows.spans):
        _sums_of_blocks(drawn, windows, places, table)
        return
    numbers = drawn.numbers
    for key, first, last in windows.spans:
        low, high = places[first], places[last]
        if low < high:
            table[key] = counted_of((sum(numbers[low:high], ZERO), "", high - low, (), False))


_MANY = 4  # rows per window from which on it pays to add each only once


def _sums_of_blocks(
    drawn: Drawn[Any] | Plain, windows: Cuts, places: Sequence[int], table: dict[object, Measured[Any]]
) -> None:
    """The same sums where windows overlap: what lies between two cuts is added once and then taken whole.

    Also for every metric that draws on the same facts.
    """
    known, numbers = drawn.blocks, drawn.numbers
    for block in pairwise(places):
        if block not in known:
            known[block] = sum(numbers[slice(*block)], ZERO)
    blocks = [*map(known.__getitem__, pairwise(places))]
    for key, first, last in windows.spans:
        count = places[last] - places[first]
        if count > 0:
            table[key] = counted_of((sum(blocks[first:last], ZERO), "", count, (), False))
