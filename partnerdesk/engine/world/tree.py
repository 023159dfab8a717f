"""The partners that stand below one, or with it in one group, and their facts together, as its metrics may count them.

A partner stands below its parent; a group is the one at the top and all below it. Who stands below itself is not
counted twice.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from partnerdesk.engine.world.index import Series

if TYPE_CHECKING:
    from partnerdesk.engine.facts import Partner
    from partnerdesk.engine.world.world import World

OWN, BRANCH, GROUP = "own", "branch", "group"
LEG = "leg"  # what facts are put in groups by: the branch below the one at the top that they come from
# Whose facts count, beside the partner's own alone: whether its own do, and how far down those below it go.
WITH_OWN = ("own and sub-partners", BRANCH, GROUP)
ALL_BELOW = ("all below", BRANCH, GROUP)


class Held(NamedTuple):
    """Facts of several partners in order of (day, id), each once, and by id the worlds of those whose it is."""

    series: Series
    owners: Mapping[str, "tuple[World, ...]"]


class Tree:
    """What is known of the partners below one; remembers it. A group is the branch of the one at its top, looked at by
    the terms of the one that asks, and shared by all that ask by the same terms.

    `drawn` is what metrics drew on it, `values` the first days of values by kind, whose facts they are, and attribute.
    """

    def __init__(self, world: "World") -> None:
        self._world = world
        self._worlds: dict[str, tuple[World, ...]] = {}
        self._held: dict[tuple[str, str, str], Held] = {}
        self._others: dict[str, World] = {}
        self.drawn: dict[int, Any] = {}
        self.values: dict[tuple[str, str, str], dict[Any, date]] = {}
        self.is_circle = False  # whether the partner was found to stand below itself

    def worlds(self, whose: str) -> "tuple[World, ...]":
        """The worlds of those whose facts count: the one at the top first, then in order of their ids."""
        if whose == GROUP:
            return self.of_group.worlds(BRANCH)
        found = self._worlds.get(whose)
        if found is None:
            own = (self._world,) if whose == OWN or whose in WITH_OWN else ()
            below = () if whose == OWN else self._below(whose in ALL_BELOW)
            others = sorted(below, key=lambda partner: partner.id)
            found = self._worlds[whose] = own + tuple(map(self._other, others))
        return found

    def held(self, whose: str, kind: str, attribute: str = "") -> Held:
        """The facts of a kind that these partners have; a deal may be several partners'."""
        if whose == GROUP:
            return self.of_group.held(BRANCH, kind, attribute)
        key = whose, kind, attribute
        found = self._held.get(key)
        if found is None:
            found = self._held[key] = _together(self.worlds(whose), kind, attribute)
        return found

    def forget(self) -> None:
        """Drops what can be found again."""
        self._worlds, self._held, self._others, self.drawn, self.values = {}, {}, {}, {}, {}

    def _other(self, partner: "Partner") -> "World":
        if partner.id not in self._others:
            self._others[partner.id] = self._world.of(partner)
        return self._others[partner.id]

    @cached_property
    def of_group(self) -> "Tree":
        """That of the partner at the top of the group."""
        top = self._top()
        kept, key = self._world.shared, (self._world.terms, top.id)
        if key not in kept:
            kept[key] = self._world.of(top)
        tree: Tree = kept[key].tree
        return tree

    def leg(self, whose: str, partner: "Partner") -> str:
        """The id of the one directly below the top that a partner is or stands below; of the one at the top its own."""
        if whose == GROUP:
            return self.of_group.leg(BRANCH, partner)
        top, found = self._world.partner.id, partner
        while top not in (found.id, found.parent):
            found = self._world.index.row("partner", found.parent)
        return found.id

    @property
    def top(self) -> "World":
        """That partner's facts."""
        return self.of_group._world

    def _top(self) -> "Partner":
        """The partner at the top of the group; in a circle of parents the least of them by id."""
        way = [self._world.partner]
        while (above := self._world.index.row("partner", way[-1].parent)) is not None:
            if above in way:
                self.is_circle = self.is_circle or above is way[0]
                return min(way[way.index(above) :], key=lambda partner: partner.id)
            way.append(above)
        return way[-1]

    def _below(self, is_deep: bool) -> "Iterator[Partner]":
        top = self._world.partner.id
        seen, waiting = {top}, [top]
        while waiting:
            for child in self._world.index.belonging("partner", "parent", waiting.pop()):
                if child.id in seen:
                    self.is_circle = self.is_circle or child.id == top
                    continue
                seen.add(child.id)
                yield child
                if is_deep:
                    waiting.append(child.id)


def _together(worlds: "Sequence[World]", kind: str, attribute: str) -> Held:
    owners: dict[str, tuple[World, ...]] = {}
    dated: dict[str, tuple[date, Any]] = {}
    for world in worlds:
        series = world.series(kind, attribute)
        for day, row in zip(series.days, series.rows, strict=True):
            owners[row.id] = (*owners.get(row.id, ()), world)
            dated[row.id] = day, row
    found = sorted(dated.values(), key=lambda one: (one[0], one[1].id))
    return Held(Series([day for day, _ in found], [row for _, row in found]), owners)
