"""The rows of many futures together: those that are there in all of them, and those that are there in some.

An open item has a row for every way it may go (`variants`). New business is the same rows in every future, with
amounts that differ.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from partnerdesk.engine.facts import MONEY, Facts, attributes
from partnerdesk.engine.money import ZERO
from partnerdesk.forecast.items import Item
from partnerdesk.forecast.prepared import Prepared
from partnerdesk.forecast.variants import Alias, Possible
from partnerdesk.forecast.varied import Apart, Course, Varied, Where

Members = NDArray[np.int64]
# A row of an item with its kind, and the alternatives in which it is.
Way = tuple[str, Any, list[int]]
_REFS = ("deal", "contract", "deployment", "renewal_of")


class New(NamedTuple):
    """A row of new business: where it is there, of all futures, and the amounts that differ, by name and future."""

    kind: str
    row: Any
    there: Where
    amounts: Mapping[str, Sequence[Decimal]]


@dataclass(frozen=True, slots=True)
class Together:
    """The rows of some futures: those of all, and by kind those of some."""

    sure: Facts
    possible: Mapping[str, Sequence[Possible]]


class Outlooks:
    """Puts together the rows of any of a partner's futures."""

    def __init__(self, prepared: Prepared) -> None:
        self.prepared = prepared
        self.ways = [
            np.searchsorted(np.array(item.steps), np.array(lucks), side="right")
            for item, lucks in zip(prepared.items, prepared.lucks, strict=True)
        ]
        self.rows = [_merged(item) for item in prepared.items]

    def of(self, members: Members, course: Course) -> Together:
        """The rows of some futures, the rows that are not in all of them placed in a course."""
        sure: list[tuple[str, Any]] = []
        possible: dict[str, list[Possible]] = defaultdict(list)
        for kind, row, where in [*self._of_items(members), *self._of_new(members, course)]:
            if where.all():
                sure.append((kind, replace(row, id=row.id.public) if isinstance(row.id, Alias) else row))
            else:
                placed = _placed(course, kind, row, where)
                course.places[id(placed)] = where
                possible[kind].append(Possible(row, placed, where))
        base = self.prepared.base.rows
        more: dict[str, list[Any]] = defaultdict(list)
        for kind, row in sure:
            more[kind].append(row)
        return Together(Facts({**base, **{kind: (*base.get(kind, ()), *own) for kind, own in more.items()}}), possible)

    def _of_items(self, members: Members) -> Iterator[tuple[str, Any, Where]]:
        for rows, ways in zip(self.rows, self.ways, strict=True):
            own = ways[members]
            for kind, row, numbers in rows:
                where = own == numbers[0]
                for number in numbers[1:]:
                    where |= own == number
                if where.any():
                    yield kind, row, where

    def _of_new(self, members: Members, course: Course) -> Iterator[tuple[str, Any, Where]]:
        for one in self.new:
            where = one.there[members]
            if where.any():
                own = None if where.all() else where
                places = members.tolist()
                amounts = {name: [column[n] for n in places] for name, column in one.amounts.items()}
                changed: dict[str, Any] = {name: Varied(course, values, None, own) for name, values in amounts.items()}
                yield one.kind, replace(one.row, **changed), where

    @cached_property
    def new(self) -> list[New]:
        """New business of all futures. Raises Apart where more than amounts differs."""
        count, found = self.prepared.asked.scenarios, dict[tuple[str, str], list[tuple[int, Any]]]()
        for scenario in range(count) if self.prepared.coming else ():
            for kind, row in self.prepared.new(scenario):
                found.setdefault((kind, row.id), []).append((scenario, row))
        return [_new(kind, rows, count) for (kind, _), rows in found.items()]


def _merged(item: Item) -> list[Way]:
    """The rows of an item, each with the alternatives in which it is, and variants of one row under names apart."""
    found: list[Way] = []
    for number, alternative in enumerate(item.alternatives):
        own = {row.id for _, row in alternative.rows}
        for kind, row in alternative.rows:
            named = {name: str(id) for name in _REFS if (id := getattr(row, name, None)) in own}
            same = next((way for way in found if way[0] == kind and not named and _is_same(way[1], row)), None)
            if same is not None:
                same[2].append(number)
                continue
            changed: dict[str, Any] = {name: Alias(id, number) for name, id in named.items()}
            found.append((kind, replace(row, id=Alias(row.id, number), **changed), [number]))
    return found


def _is_same(one: Any, other: Any) -> bool:
    """Whether two rows are the same under whatever alias."""
    return one == other and isinstance(one.id, Alias)


@lru_cache(maxsize=64)
def _money(kind: str) -> tuple[str, ...]:
    return tuple(a.name for a in attributes(kind) if a.kind == MONEY)


def _placed(course: Course, kind: str, row: Any, where: Where) -> Any:
    """A row whose amounts are only where it is."""
    amounts = {name: value for name in _money(kind) if isinstance(value := getattr(row, name), Decimal)}
    changed = {name: Varied(course, None, value, where) for name, value in amounts.items()}
    return replace(row, **changed)


def _new(kind: str, rows: Sequence[tuple[int, Any]], count: int) -> New:
    """Rows of one id in different futures as one. Raises Apart where more than amounts differs."""
    first, money = rows[0][1], _money(kind)
    read = attrgetter(*(f.name for f in fields(first) if f.compare and f.name not in money))
    same, there = read(first), np.zeros(count, dtype=bool)
    there[[n for n, _ in rows]] = True
    if any(read(row) != same for _, row in rows):
        raise Apart("new business of which more than amounts differs")
    amounts: dict[str, list[Decimal]] = {}
    for name in money:
        values = [(n, getattr(row, name)) for n, row in rows]
        if any(value != values[0][1] for _, value in values):
            column = amounts[name] = [ZERO] * count
            for n, value in values:
                if value is None:
                    raise Apart("new business whose amount is not always known")
                column[n] = value
    return New(kind, first, there, amounts)
