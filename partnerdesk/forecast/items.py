"""Open items of a partner: what may happen to each, how likely, and the facts that would then stand.

An item is drawn by one number. Its alternatives are made once, with their facts, so that a scenario only picks them.
Whatever lies behind the horizon leaves the row as it is.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from partnerdesk.engine.facts import Facts

ENDS_BADLY = ("lost", "churned", "lapses")
Rows = tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way an item may go: its name, its chance, the facts instead of the item's row, and whether it is the event
    that one hopes for (a deal won, a contract kept, a go-live, a certificate earned again)."""

    name: str
    chance: float
    rows: Rows
    happens: bool


@dataclass(frozen=True)
class Item:
    """An open row with its alternatives; `rests_on` tells where the chances come from, `day` when it is due.

    `below` is the partner below the one asked about whose it is; empty for its own.
    """

    kind: str
    id: str
    says: str
    day: date | None
    rests_on: str
    cases: int
    alternatives: tuple[Alternative, ...]
    below: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.kind, self.id

    @cached_property
    def chance(self) -> float:
        """How likely the event happens before the horizon."""
        return sum(a.chance for a in self.alternatives if a.happens)

    @cached_property
    def odds(self) -> float:
        """How likely it ends well, whenever that is."""
        return 1 - sum(a.chance for a in self.alternatives if a.name in ENDS_BADLY)

    @cached_property
    def steps(self) -> list[float]:
        """The numbers from 0 to 1 at which the next alternative begins."""
        found, whole = [], 0.0
        for alternative in self.alternatives[:-1]:
            whole += alternative.chance
            found.append(whole)
        return found

    def drawn(self, share: float) -> Alternative:
        """The alternative for a number from 0 to 1."""
        return self.alternatives[bisect_right(self.steps, share)]

    def likeliest(self, happens: bool) -> Alternative | None:
        """The likeliest alternative of those in which the event happens, or does not."""
        found = [a for a in self.alternatives if a.happens is happens]
        return max(found, key=lambda a: a.chance, default=None)


def without(facts: Facts, items: Iterable[Item]) -> Facts:
    """The facts without the rows that items stand for."""
    gone = {item.key for item in items}
    return Facts({kind: tuple(r for r in rows if (kind, r.id) not in gone) for kind, rows in facts.rows.items()})


def joined(facts: Facts, rows: Iterable[tuple[str, Any]]) -> Facts:
    """The facts with more rows."""
    more: dict[str, list[Any]] = {}
    for kind, row in rows:
        more.setdefault(kind, []).append(row)
    return Facts({**facts.rows, **{kind: (*facts.of(kind), *found) for kind, found in more.items()}})
