"""A partner taken apart by an attribute: one world for each value, with the facts of that value alone."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Any

from partnerdesk.engine.facts import Partner
from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.outcome import EarningLine
from partnerdesk.engine.period import Period
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.terms.versions import Version
from partnerdesk.engine.world.columns import Columns
from partnerdesk.engine.world.days import day_reader
from partnerdesk.engine.world.tree import BRANCH, GROUP, Tree
from partnerdesk.engine.world.where import EARNING, TIER_HELD, getter, known_path
from partnerdesk.engine.world.world import World


class PartWorld(World):
    """The facts of one value; kinds without the attribute are there in full.

    Since when the partner, and a customer with it, does business is asked of the whole.
    """

    def __init__(self, whole: World, path: str, value: Any) -> None:
        super().__init__(whole.index, whole.partner, whole.terms)
        self._path, self._value, self._whole = path, value, whole

    @cached_property
    def shared(self) -> dict[Any, Any]:  # of this value alone, for all who look at it by the same path
        kept: dict[Any, Any] = self._whole.shared.setdefault((self._path, self._value), {})
        return kept

    def of(self, partner: Partner) -> World:
        return PartWorld(super().of(partner), self._path, self._value)

    def rows(self, kind: str) -> list[Any]:
        rows = super().rows(kind)
        if not known_path(kind, self._path):
            return rows
        read = getter(kind, self._path)
        return [row for row in rows if read(row, self) == self._value]

    def own_columns(self, kind: str) -> Columns | None:
        return None if known_path(kind, self._path) else super().own_columns(kind)

    @cached_property
    def since(self) -> date | None:
        return self._whole.since

    def first_day(self, kind: str, attribute: str = "") -> date | None:
        return self._whole.first_day(kind, attribute)

    @cached_property
    def _first_days(self) -> dict[str, date]:
        return self._whole._first_days


def part_of(reckoning: Reckoning[N], path: str, value: Any) -> Reckoning[N]:
    """The evaluation of the same partner on the facts of one value. Remembers it."""
    key = path, value
    found = reckoning.parted.get(key)
    if found is None:
        found = Reckoning(reckoning.arithmetic, PartWorld(reckoning.world, path, value), reckoning.terms)
        found.first, found.problems, found.lines_of = reckoning.first, reckoning.problems, reckoning.lines_of
        found.lines_below, found.tiers_below = reckoning.lines_below, reckoning.tiers_below
        if known_path(EARNING, path):
            read = getter(EARNING, path)

            def lines_of(earning: str, through: date) -> Sequence[EarningLine[N]]:
                lines = reckoning.lines_of(earning, through)
                return [line for line in lines if read(line, reckoning.world) == value]

            def lines_below(partner: str) -> Sequence[EarningLine[N]]:
                return [line for line in reckoning.lines_below(partner) if read(line, reckoning.world) == value]

            found.lines_of, found.lines_below = lines_of, lines_below
        if known_path(TIER_HELD, path):
            get, held = getter(TIER_HELD, path), reckoning.tiers_below
            found.tiers_below = {
                name: [one for one in tiers if get(one, reckoning.world) == value] for name, tiers in held.items()
            }
        reckoning.parted[key] = found
    return found


def values_of(reckoning: Reckoning[Any], version: Version, path: str, period: Period) -> list[Any]:
    """The values of an attribute among the facts that the score's metrics read, up to the period's end."""
    last, found = min(period.end, reckoning.as_of), set[Any]()
    for kind, whose in version.scored_kinds:
        if known_path(kind, path):
            days = _first_days(reckoning.world.tree, kind, whose, path)
            found.update(value for value, first in days.items() if first <= last)
    return sorted(found, key=str)


def _first_days(tree: Tree, kind: str, whose: str, path: str) -> dict[Any, date]:
    """The values of an attribute among the facts of some partners, each with its first day. Remembers them."""
    if whose == GROUP:
        return _first_days(tree.of_group, kind, BRANCH, path)
    found = tree.values.get((kind, whose, path))
    if found is None:
        found = tree.values[kind, whose, path] = {}
        read, day_of = getter(kind, path), day_reader(kind)
        for world in tree.worlds(whose):
            for row in world.rows(kind):
                day, value = day_of(row), read(row, world)
                if day is not None and value not in (None, ""):
                    found[value] = min(day, found.get(value, day))
    return found
