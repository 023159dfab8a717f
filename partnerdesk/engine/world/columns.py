"""What the rows of a kind say, attribute by attribute, read once for a whole book.

One partner's rows lie far apart among those of all partners, and fetching each attribute of each of them costs more
than what is then done with it. A column is read in the order in which the rows lie, and handed out partner by
partner; what is the same in all rows (one currency, one status) is asked once and not of every partner.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Any

_DAYS = frozenset({date, type(None)})
_STRETCH = 1_000  # rows that stay in the processor's own memory while several attributes of theirs are read


class Columns:
    """The rows of one kind that name a partner, with their attributes as columns."""

    def __init__(self, rows: Sequence[Any]) -> None:
        self._rows = rows
        self._read: dict[str, list[Any]] = {}  # attributes that nobody has asked for by partner
        self._parted: dict[str, dict[Any, list[Any]]] = {}
        self._values: dict[str, set[Any]] = {}
        self._types: dict[str, frozenset[type]] = {}

    def read(self, names: Iterable[str], values: Iterable[str] = ()) -> None:
        """Reads at once what will be asked for: attributes, and of some only the values that they have in any row.

        A stretch of rows after the other, so that each of them is fetched from memory once and not for each name.
        """
        fills: list[tuple[Callable[[Any], Any], Callable[[Iterable[Any]], None]]] = []
        for name in dict.fromkeys(names):
            if name not in self._read and name not in self._parted:
                fills.append((attrgetter(name), self._read.setdefault(name, []).extend))
        for name in dict.fromkeys(values):
            if name not in self._values:
                fills.append((attrgetter(name), self._values.setdefault(name, set()).update))
        for start in range(0, len(self._rows), _STRETCH) if fills else ():
            stretch = self._rows[start : start + _STRETCH]
            for get, take in fills:
                take(map(get, stretch))

    @cached_property
    def _owners(self) -> list[Any]:
        """Whose each row is."""
        self.read(["partner"])
        return _shared(self._read.pop("partner"))

    @cached_property
    def rows(self) -> dict[str, list[Any]]:
        """The rows by partner, in their order; those of none are left out."""
        groups = parted(self._owners, self._rows)
        groups.pop(None, None)
        return groups

    def of(self, name: str) -> Mapping[str, list[Any]]:
        """The values of an attribute by partner, as its rows follow each other."""
        found = self._parted.get(name)
        if found is None:
            self.read([name])
            values = self._read.pop(name)
            if type(values[0]) is date:
                values, self._types[name] = _shared_days(values)
            else:
                self._types[name] = frozenset(map(type, values))
            found = self._parted[name] = parted(self._owners, values)
        return found

    def values(self, name: str) -> set[Any]:
        """All values that an attribute has in any row."""
        self.read((), [name])
        return self._values[name]

    def types(self, name: str) -> frozenset[type]:
        """The types of all values of an attribute."""
        self.of(name)
        return self._types[name]


def parted(owners: Iterable[Any], values: Iterable[Any]) -> dict[Any, list[Any]]:
    """Values by their owners, in their order: appended to one list each without a step of the interpreter."""
    groups: dict[Any, list[Any]] = defaultdict(list)
    deque(map(list.append, map(groups.__getitem__, owners), values), maxlen=0)
    return dict(groups)


def _shared(values: list[Any]) -> list[Any]:
    """The same values with one object for all that are equal: what is looked at again and again stays close by."""
    seen: dict[Any, Any] = {}
    return [*map(seen.setdefault, values, values)]


def _shared_days(values: list[Any]) -> tuple[list[Any], frozenset[type]]:
    """Days with one object for all that are equal, and their types, which so few tell as well as all."""
    seen: dict[Any, Any] = {}
    shared = [*map(seen.setdefault, values, values)]
    types = frozenset(map(type, seen))
    return (shared, types) if types <= _DAYS else (values, frozenset(map(type, values)))
