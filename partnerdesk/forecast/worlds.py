"""A partner's facts in many futures at once, as the engine reads them.

Who adds up rows gets all that may be there, each with a number that is only where the row is. Whoever asks anything
else of rows gets those of the futures that go on: what a course decides.
"""

from collections import defaultdict
from datetime import date
from typing import Any

from partnerdesk.engine.days import day_reader
from partnerdesk.engine.facts import Facts, Partner
from partnerdesk.engine.index import Index, Series, ordered
from partnerdesk.engine.terms import Terms
from partnerdesk.engine.world import World
from partnerdesk.forecast.possible import Possible, Together
from partnerdesk.forecast.varied import Course


class ManyIndex(Index):
    """Rows of all futures, and of some."""

    def __init__(self, together: Together, course: Course) -> None:
        self.course, self.possible = course, {**together.possible}
        credits = [p.row for p in self.possible.pop("credit", ()) if course.decides(p.where)]
        rows = together.sure.rows
        super().__init__(Facts({**rows, "credit": (*rows.get("credit", ()), *credits)}) if credits else together.sure)
        self._named: dict[str, dict[str, list[Possible]]] = {}

    def there(self, kind: str, name: str, value: str) -> list[Any]:
        """The rows that are there in the futures that go on, of those that are not in all."""
        found = [p for p in self.possible.get(kind, ()) if getattr(p.row, name, None) == value]
        return [p.row for p in found if self.course.decides(p.where)]

    def rows(self, kind: str, partner: str) -> list[Any]:
        own = super().rows(kind, partner)
        return [*own, *self.there(kind, "partner", partner)] if kind in self.possible else own

    def belonging(self, kind: str, attribute: str, owner: str) -> list[Any]:
        own = super().belonging(kind, attribute, owner)
        return [*own, *self.there(kind, attribute, owner)] if kind in self.possible else own

    def row(self, kind: str, id: str | None) -> Any:
        if id is None or kind not in self.possible:
            return super().row(kind, id)
        if kind not in self._named:
            named = self._named[kind] = defaultdict(list)
            for p in self.possible[kind]:
                named[p.row.id].append(p)
        if id not in self._named[kind]:
            return super().row(kind, id)
        return next((p.row for p in self._named[kind][id] if self.course.decides(p.where)), None)


class ManyWorld(World):
    """One partner in many futures."""

    def __init__(self, index: ManyIndex, partner: Partner, terms: Terms) -> None:
        super().__init__(index, partner, terms)
        self.many, self.sure = index, World(Index(index.facts), partner, terms)
        self._summed: dict[tuple[str, str], Series] = {}

    def _possible(self, kind: str) -> list[Possible]:
        """The partner's rows of a kind that are not there in all futures."""
        rows = self.many.possible.get(kind, ())
        return [p for p in rows if getattr(p.row, "partner", None) == self.partner.id]

    def summed(self, kind: str, attribute: str = "") -> Series:
        key = (kind, attribute)
        if key not in self._summed:
            possible = self._possible(kind)
            self._summed[key] = self._all(kind, attribute, possible) if possible else self.series(kind, attribute)
        return self._summed[key]

    def _all(self, kind: str, attribute: str, possible: list[Possible]) -> Series:
        """All rows that may be there; of those that others name, those that are there."""
        rows = [p.row for p in possible if not p.is_named or self.many.course.decides(p.where)]
        return ordered([*self.sure.rows(kind), *rows], day_reader(kind, attribute))

    def first_day(self, kind: str, attribute: str = "") -> date | None:
        first, read = self.sure.first_day(kind, attribute), day_reader(kind, attribute)
        days = [(day, p.where) for p in self._possible(kind) if (day := read(p.row)) is not None]
        there = None
        for day, where in sorted(days, key=lambda pair: pair[0]):
            if first is not None and day >= first:
                break
            there = where if there is None else there | where
            if self.many.course.decides(there):
                return day
        return first
