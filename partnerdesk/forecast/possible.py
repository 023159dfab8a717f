"""The rows of many futures together: those that are there in all of them, and those that are there in some.

An open item has a row for every way it may go. Where nothing else names the item, its rows go by names of their own,
so that they can stand beside one another: a sum takes from each future the one that is there. New business is the same
rows in every future, with amounts that differ.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from partnerdesk.engine.facts import MONEY, REF, Facts, attributes
from partnerdesk.engine.money import ZERO
from partnerdesk.forecast.items import Item
from partnerdesk.forecast.prepared import Prepared
from partnerdesk.forecast.varied import Apart, Course, Varied, Where

Members = NDArray[np.int64]
# A row of an item with its kind, the alternatives in which it is, and whether others name it.
Way = tuple[str, Any, list[int], bool]
_REFS = ("deal", "contract", "deployment", "renewal_of")


@dataclass(frozen=True, slots=True)
class Possible:
    """A row that is there in some futures; `is_named` where other rows name it, so that its id must stay its own."""

    row: Any
    where: Where
    is_named: bool


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
        named = _named(prepared.as_it_stands, prepared.items)
        self.rows = [_merged(item, item.key in named) for item in prepared.items]
        self._new: dict[int, list[tuple[str, Any]]] = {}

    def of(self, members: Members, course: Course) -> Together:
        """The rows of some futures, the rows that are not in all of them placed in a course."""
        sure: list[tuple[str, Any]] = []
        possible: dict[str, list[Possible]] = defaultdict(list)
        for kind, row, where, is_named in [*self._of_items(members), *self._of_new(members, course)]:
            if where.all():
                sure.append((kind, row))
            else:
                placed = _placed(course, kind, row, where)
                course.places[id(placed)] = where
                possible[kind].append(Possible(placed, where, is_named))
        base = self.prepared.base.rows
        more: dict[str, list[Any]] = defaultdict(list)
        for kind, row in sure:
            more[kind].append(row)
        return Together(Facts({**base, **{kind: (*base.get(kind, ()), *own) for kind, own in more.items()}}), possible)

    def _of_items(self, members: Members) -> Iterator[tuple[str, Any, Where, bool]]:
        for rows, ways in zip(self.rows, self.ways, strict=True):
            own = ways[members]
            for kind, row, numbers, is_named in rows:
                where = own == numbers[0]
                for number in numbers[1:]:
                    where |= own == number
                if where.any():
                    yield kind, row, where, is_named

    def _of_new(self, members: Members, course: Course) -> Iterator[tuple[str, Any, Where, bool]]:
        if not self.prepared.coming:
            return
        found: dict[tuple[str, str], list[tuple[int, Any]]] = {}
        for place, scenario in enumerate(members.tolist()):
            for kind, row in self._new_of(scenario):
                found.setdefault((kind, row.id), []).append((place, row))
        for (kind, _), rows in found.items():
            where = np.zeros(course.count, dtype=bool)
            where[[place for place, _ in rows]] = True
            yield kind, _one_row(course, kind, rows, None if len(rows) == course.count else where), where, False

    def _new_of(self, scenario: int) -> list[tuple[str, Any]]:
        if scenario not in self._new:
            self._new[scenario] = [*self.prepared.new(scenario)]
        return self._new[scenario]


def _merged(item: Item, is_named: bool) -> list[Way]:
    """The rows of an item, each with the alternatives in which it is; those of the same id have names apart."""
    found: list[Way] = []
    for number, alternative in enumerate(item.alternatives):
        is_whole = is_named or len(alternative.rows) == 1
        own, suffix = {row.id for _, row in alternative.rows}, f"\0{number}"
        for kind, row in alternative.rows if is_whole else ():
            same = next((n for n, way in enumerate(found) if way[0] == kind and way[1] == row), None)
            if same is None:
                found.append((kind, row, [number], is_named))
            else:
                found[same][2].append(number)
        if not is_whole:
            found += [(kind, _renamed(row, own, suffix), [number], False) for kind, row in alternative.rows]
    if is_named:
        return found
    return [
        (kind, replace(row, id=f"{row.id}\0{n}") if n and "\0" not in row.id else row, numbers, False)
        for n, (kind, row, numbers, _) in enumerate(found)
    ]


def _renamed(row: Any, own: set[str], suffix: str) -> Any:
    """A row of a way to go under a name of its own, with what it names of the same way."""
    changed = {name: getattr(row, name, None) for name in _REFS}
    return replace(row, id=row.id + suffix, **{name: id + suffix for name, id in changed.items() if id in own})


@lru_cache(maxsize=64)
def _money(kind: str) -> tuple[str, ...]:
    return tuple(a.name for a in attributes(kind) if a.kind == MONEY)


def _placed(course: Course, kind: str, row: Any, where: Where) -> Any:
    """A row whose amounts are only where it is."""
    amounts = {name: value for name in _money(kind) if isinstance(value := getattr(row, name), Decimal)}
    changed = {name: Varied(course, None, value, where) for name, value in amounts.items()}
    return replace(row, **changed)


def _one_row(course: Course, kind: str, rows: Sequence[tuple[int, Any]], where: Where | None) -> Any:
    """Rows of one id in different futures as one, whose amounts differ. Raises Apart where anything else does."""
    first, money = rows[0][1], _money(kind)
    others = [f.name for f in fields(first) if f.compare and f.name not in money]
    changed: dict[str, Any] = {}
    for name in others:
        if any(getattr(row, name) != getattr(first, name) for _, row in rows):
            raise Apart(f"new business whose {name} differs")
    for name in money:
        amounts = {place: getattr(row, name) for place, row in rows}
        if len(set(amounts.values())) > 1:
            if None in amounts.values():
                raise Apart(f"new business whose {name} is not always known")
            changed[name] = Varied(course, [amounts.get(i, ZERO) for i in range(course.count)], None, where)
    return replace(first, **changed)


def _named(facts: Facts, items: Iterable[Item]) -> set[tuple[str, str]]:
    """The items that other rows name: the credits of a deal, the payments of a contract, the adjustment of a line."""
    keys = {item.key for item in items}
    ids = {id for _, id in keys}
    found: set[tuple[str, str]] = set()
    for kind, rows in facts.rows.items():
        refs = {a.name: a.to for a in attributes(kind) if a.kind == REF and a.to}
        for name, to in refs.items():
            found |= {(to, id) for row in rows if (id := getattr(row, name)) in ids}
    lines = {row.line for kind in ("adjustment", "dispute") for row in facts.of(kind)}
    named = {id for id in ids if any(id in line for line in lines if line)}
    return {key for key in keys if key in found or key[1] in named}
