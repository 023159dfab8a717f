"""Which rows differ between two sets of facts, and which of them belong to one piece of business."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from typing import Any

from partnerdesk.engine.difference.found import CHANGED, NEW, REMOVED, Column, RowChange
from partnerdesk.engine.facts import KINDS, Facts
from partnerdesk.engine.world.days import happened

Key = tuple[str, str]  # kind and id
Rows = Mapping[Key, Any]

# What says where a row was read and since when, and changes no figure.
_SOURCES = ("source", "known_on")


@dataclass(frozen=True, slots=True)
class Change:
    """A row as it stands on either side; None where it is not there."""

    key: Key
    before: Any
    after: Any

    @property
    def what(self) -> str:
        if self.before is None:
            return NEW
        return REMOVED if self.after is None else CHANGED

    @property
    def row(self) -> Any:
        """The row as it came to be, or as it was."""
        return self.before if self.after is None else self.after


def rows_of(facts: Facts) -> Rows:
    """All rows by kind and id."""
    return {(kind, row.id): row for kind, row in facts}


def facts_of(rows: Rows) -> Facts:
    """Rows as facts again."""
    kinds: dict[str, list[Any]] = {}
    for (kind, _), row in rows.items():
        kinds.setdefault(kind, []).append(row)
    return Facts({kind: tuple(found) for kind, found in kinds.items()})


def changes(before: Rows, after: Rows) -> list[Change]:
    """The rows that differ in more than where they were read."""
    found = [Change(key, before.get(key), row) for key, row in after.items()]
    found += [Change(key, row, None) for key, row in before.items() if key not in after]
    return [c for c in found if c.before is None or c.after is None or _differs(c)]


def _differs(change: Change) -> bool:
    before, after = change.before, change.after
    return before is not after and any(getattr(before, n) != getattr(after, n) for n in _names(change.key[0]))


@lru_cache(maxsize=64)
def _names(kind: str) -> tuple[str, ...]:
    return tuple(f.name for f in fields(KINDS[kind]) if f.name not in _SOURCES)


def told(change: Change) -> RowChange:
    """A change with the columns that differ; free attributes one by one."""
    columns = _columns(change) if change.what == CHANGED else ()
    return RowChange(*change.key, change.what, tuple(columns), change.row.source)


def _columns(change: Change) -> Iterable[Column]:
    before, after = change.before, change.after
    for name in _names(change.key[0]):
        old, new = getattr(before, name), getattr(after, name)
        if old == new:
            continue
        if name == "attributes":
            yield from (
                Column(key, old.get(key), new.get(key)) for key in sorted({*old, *new}) if old.get(key) != new.get(key)
            )
        else:
            yield Column(name, None if old == "" else old, None if new == "" else new)


def in_groups(found: Iterable[Change], *sides: Rows) -> list[tuple[Change, ...]]:
    """Changes by the piece of business they belong to (a deal with its contract, go-live and payments), the partner
    itself first, then by day; the order of the facts never matters.
    """
    groups: dict[Key, list[Change]] = {}
    for change in sorted(found, key=lambda c: c.key):
        groups.setdefault(_business(change.key, change.row, sides), []).append(change)
    return [tuple(groups[key]) for key in sorted(groups, key=lambda key: _order(key, groups[key]))]


# What a row hangs on, the nearest first.
_HANGS_ON = ("deployment", "deal", "contract")


def _business(key: Key, row: Any, sides: Sequence[Rows]) -> Key:
    """The deal, contract or go-live that a row hangs on in the end; a rate's pair of currencies; else the row."""
    if key[0] == "exchange_rate":
        return key[0], pair(row)
    for name in _HANGS_ON:
        id = getattr(row, name, None) if name != key[0] else None
        if id:
            above = name, id
            found = next((side[above] for side in sides if above in side), None)
            return above if found is None else _business(above, found, sides)
    return key


def pair(row: Any) -> str:
    """The exchange table and the two currencies of a rate, whichever is the base."""
    return " ".join((row.table, *sorted((row.base, row.quote))))


def _order(key: Key, group: Sequence[Change]) -> tuple[bool, date, Key]:
    days = [day for c in group if (day := _day(c)) is not None]
    return not any(c.key[0] == "partner" for c in group), min(days, default=date.min), key


def _day(change: Change) -> date | None:
    return happened(change.key[0], change.row) if hasattr(change.row, "day") or change.key[0] in _DATED else None


_DATED = ("deal", "contract", "deployment", "certification", "case")
