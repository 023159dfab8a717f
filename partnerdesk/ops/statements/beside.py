"""What a partner's figures rest on besides its own rows: what those name, and what of others hangs on its deals.

Customers, products and people that its rows name; the deals it is credited on with their other credits and
deliveries; a contract of somebody else that renews one of its own, or that one of its customers has elsewhere.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from operator import attrgetter
from typing import Any, TypeAlias

from partnerdesk.engine.facts import REF, Facts, attributes

Named: TypeAlias = tuple[str, str]  # a kind and an id
Rows: TypeAlias = dict[str, list[Any]]

# Kinds whose rows matter to the owner of what they name, by what they name.
_HANGING = {
    "credit": ("deal",),
    "deal_line": ("deal",),
    "stage_change": ("deal",),
    "contract": ("deal", "contract", "customer"),
    "transaction": ("deal", "contract"),
    "deployment": ("deal",),
    "check": ("deployment",),
}
_HELD_BY = frozenset(to for names in _HANGING.values() for to in names)


@lru_cache(maxsize=64)
def _references(kind: str) -> tuple[tuple[str, Callable[[Any], str | None]], ...]:
    """The kinds that rows of a kind refer to, each with the way to read the id."""
    return tuple((a.to, attrgetter(a.name)) for a in attributes(kind) if a.kind == REF)


class Beside:
    """The rows beside those of each partner; everything is gone through once, each partner when it is asked for."""

    def __init__(self, everything: Facts, owner_of: Callable[[str, Any], str | None]) -> None:
        self._owner_of = owner_of
        self._by_id = {kind: {row.id: row for row in rows} for kind, rows in everything.rows.items()}
        self._hanging: dict[Named, list[tuple[str, Any]]] = defaultdict(list)
        for kind, on in _HANGING.items():
            for to, read in _references(kind):
                if to in on:
                    for row in everything.of(kind):
                        if id := read(row):
                            self._hanging[to, id].append((kind, row))

    def of(self, partner: str, own: Iterable[tuple[str, Any]]) -> Rows:
        """The rows beside a partner's own, by kind in order of their ids."""
        own = list(own)
        named = {key for kind, row in own for key in _named(kind, row)}
        found: dict[Named, Any] = {}
        self._take(found, partner, named)
        mine = {(kind, row.id) for kind, row in own} | named
        for kind, row in (pair for key in mine if key[0] in _HELD_BY for pair in self._hanging.get(key, ())):
            if self._owner_of(kind, row) != partner:
                found[kind, row.id] = row
        self._take(found, partner, [key for (kind, _), row in found.items() for key in _named(kind, row)])
        rows: Rows = defaultdict(list)
        for kind, id in sorted(found):
            rows[kind].append(found[kind, id])
        return rows

    def _take(self, found: dict[Named, Any], partner: str, named: Iterable[Named]) -> None:
        """Adds the named rows that are not the partner's own."""
        for to, id in named:
            row = self._by_id.get(to, {}).get(id)
            if row is not None and self._owner_of(to, row) != partner:
                found[to, id] = row


def _named(kind: str, row: Any) -> Iterator[Named]:
    return ((to, id) for to, read in _references(kind) if (id := read(row)))
