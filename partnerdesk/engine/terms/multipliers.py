"""What one fact counts for beside its value: tables of multipliers, the value of a unit by currency."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from partnerdesk.engine.figures.figure import Arithmetic, N, Origin
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.rules import Multiple
from partnerdesk.engine.world.where import number, predicate
from partnerdesk.engine.world.where_words import spoken, tests_words

if TYPE_CHECKING:
    from partnerdesk.engine.world.world import World

_NONE = "no entry fits"


class Multipliers:
    """One table: of the entries that a fact fits, the one with the most conditions counts, then the first."""

    def __init__(self, kind: str, table: tuple[Multiple, ...], origin: Origin) -> None:
        self.origin = origin
        names = [f"{i}: {tests_words(entry.where) or 'any other'}" for i, entry in enumerate(table, 1)]
        self.choices = {name: entry.factor for name, entry in zip(names, table, strict=True)} | {_NONE: ZERO}
        asked = [
            (predicate(kind, entry.where), len(entry.where), name) for entry, name in zip(table, names, strict=True)
        ]
        self._entries = [(passes, name) for passes, _, name in sorted(asked, key=lambda entry: -entry[1])]
        self._numbers = {
            name: (entry.attribute, number(kind, entry.attribute))
            for name, entry in zip(names, table, strict=True)
            if entry.attribute
        }

    def factor(self, ar: Arithmetic[N], row: Any, world: "World") -> N:
        """What a fact is multiplied by; zero where no entry fits."""
        name = next((name for passes, name in self._entries if passes is None or passes(row, world)), _NONE)
        found = ar.choice(self.choices, name, "1", "multiplier", self.origin)
        if ar.traced and name != _NONE:
            found = ar.because(found, "of the entries that fit, it asks the most")
        return self._of_fact(ar, row, world, name, found) if name in self._numbers else found

    def _of_fact(self, ar: Arithmetic[N], row: Any, world: "World", name: str, factor: N) -> N:
        """The multiplier times a number of the fact; zero where that is not known."""
        path, get = self._numbers[name]
        own = ar.leaf(row, path, Decimal(get(row, world) or ZERO), spoken(path), spoken(path))
        return ar.product([factor, own], "1", f"multiplier times {spoken(path)}")
