"""Futures that differ from another set of futures, or from things as they stand, in one respect: what that is worth.

They are futures like any other, so that many are worked out at once, each exactly what the engine gives.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from partnerdesk.forecast.items import Alternative, Item
from partnerdesk.forecast.new_business import Coming
from partnerdesk.forecast.prepared import Prepared

WAYS = 3  # of an item: as it stands, well, ill


class _Like(Prepared):
    """The same partner, in so many other futures."""

    def __init__(self, of: Prepared, items: Sequence[Item], scenarios: int) -> None:
        self.programs, self.learned, self.partner, self.posted = of.programs, of.learned, of.partner, of.posted
        self.below, self.as_it_stands, self.items = of.below, of.as_it_stands, tuple(items)
        self.asked = replace(of.asked, scenarios=scenarios)

    @cached_property
    def coming(self) -> list[Coming]:
        """No new business."""
        return []


class OneByOne(_Like):
    """Two futures for each of some items, in their order: it goes well, or ill, and all else stands as it stands."""

    def __init__(self, of: Prepared, items: Sequence[Item]) -> None:
        super().__init__(of, [_three_ways(of, item) for item in items], 2 * len(items))

    @cached_property
    def lucks(self) -> list[list[float]]:
        """A number in the middle of each way's third."""
        stands, well, ill = ((n + 0.5) / WAYS for n in range(WAYS))
        count = self.asked.scenarios
        return [[{2 * k: well, 2 * k + 1: ill}.get(n, stands) for n in range(count)] for k in range(len(self.items))]


class WithoutNew(_Like):
    """The first of some futures with the same luck in everything that is open, and no new business."""

    def __init__(self, of: Prepared, scenarios: int) -> None:
        super().__init__(of, of.items, min(scenarios, of.asked.scenarios))
        self._of = of

    @cached_property
    def lucks(self) -> list[list[float]]:
        """Those of the futures themselves."""
        return [lucks[: self.asked.scenarios] for lucks in self._of.lucks]


class GoingWell(_Like):
    """The same futures with some items going well in all of them, and the luck of everything else."""

    def __init__(self, of: Prepared, well: frozenset[tuple[str, str]]) -> None:
        super().__init__(of, [_going_well(item) if item.key in well else item for item in of.items], of.asked.scenarios)
        self._of = of

    @cached_property
    def lucks(self) -> list[list[float]]:
        """Those of the futures themselves."""
        return self._of.lucks

    @cached_property
    def coming(self) -> list[Coming]:
        """That of the futures themselves."""
        return self._of.coming


def _going_well(item: Item) -> Item:
    way = item.likeliest(True)
    return item if way is None else replace(item, alternatives=(replace(way, chance=1.0),))


def _three_ways(of: Prepared, item: Item) -> Item:
    """The item as it stands, as it goes well and as it goes ill, each as likely."""
    row: Any = next(row for row in of.as_it_stands.of(item.kind) if row.id == item.id)
    ways = (item.likeliest(happens) or item.alternatives[0] for happens in (True, False))
    stands = Alternative("stands", 1 / WAYS, ((item.kind, row),), False)
    return replace(item, alternatives=(stands, *(replace(way, chance=1 / WAYS) for way in ways)))
