"""The partners that stand below one, or with it in one group, and their facts together, as its metrics may count them.

A partner stands below its parent; a group is the one at the top and all below it. Who stands below itself is not
counted twice.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from partnerdesk.engine.world.index import Series

if TYPE_CHECKING:
    from partnerdesk.engine.facts import Partner
    from partnerdesk.engine.world.world import World

OWN, GROUP = "own", "group"
# Whose facts count, beside the partner's own alone: whether its own do, and how far down those below it go.
WITH_OWN = ("own and sub-partners", "branch", GROUP)
ALL_BELOW = ("all below", "branch", GROUP)


class Held(NamedTuple):
    """Facts of several partners in order of (day, id), each once, and by id the worlds of those whose it is."""

    series: Series
    owners: Mapping[str, "tuple[World, ...]"]


class Tree:
    """What is known of the partners below one; remembers it."""

    def __init__(self, world: "World") -> None:
        self._world = world
        self._worlds: dict[str, tuple[World, ...]] = {}
        self._held: dict[tuple[str, str, str], Held] = {}
        self._others: dict[str, World] = {}
        self.is_circle = False  # whether the partner was found to stand below itself

    def worlds(self, whose: str) -> "tuple[World, ...]":
        """The worlds of those whose facts count: the partner's own first, then in order of their ids."""
        found = self._worlds.get(whose)
        if found is None:
            own = (self._world,) if whose == OWN or whose in WITH_OWN else ()
            others = sorted(self._others_of(whose), key=lambda partner: partner.id)
            found = self._worlds[whose] = own + tuple(map(self._other, others))
        return found

    def held(self, whose: str, kind: str, attribute: str = "") -> Held:
        """The facts of a kind that these partners have; a deal may be several partners'."""
        key = whose, kind, attribute
        found = self._held.get(key)
        if found is None:
            found = self._held[key] = _together(self.worlds(whose), kind, attribute)
        return found

    def forget(self) -> None:
        """Drops what can be found again."""
        self._worlds, self._held, self._others = {}, {}, {}

    def _other(self, partner: "Partner") -> "World":
        if partner.id not in self._others:
            self._others[partner.id] = self._world.of(partner)
        return self._others[partner.id]

    def _others_of(self, whose: str) -> "Iterator[Partner]":
        """Those whose facts count but the partner itself."""
        if whose == OWN:
            return
        top = self._top() if whose == GROUP else self._world.partner
        if top is not self._world.partner:
            yield top
        yield from (p for p in self._below(top, whose in ALL_BELOW) if p.id != self._world.partner.id)

    def _top(self) -> "Partner":
        """The partner at the top of the group; in a circle of parents the first that comes again."""
        top, seen = self._world.partner, set[str]()
        while top.parent and top.id not in seen:
            seen.add(top.id)
            above = self._world.index.row("partner", top.parent)
            if above is None:
                break
            top = self._world.partner if above.id == self._world.partner.id else above
        return top

    def _below(self, top: "Partner", is_deep: bool) -> "Iterator[Partner]":
        seen, waiting = {top.id}, [top.id]
        while waiting:
            for child in self._world.index.belonging("partner", "parent", waiting.pop()):
                if child.id in seen:
                    self.is_circle = self.is_circle or child.id == top.id == self._world.partner.id
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
