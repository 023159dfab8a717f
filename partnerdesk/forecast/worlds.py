"""A partner's facts in many futures at once, as the engine reads them.

Who adds up rows gets all that may be there, each with a number that is only where the row is. Whoever asks anything
else of rows gets those of the futures that go on: what a course decides.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from partnerdesk.engine.facts import Facts, Partner
from partnerdesk.engine.terms.versions import Terms
from partnerdesk.engine.world.days import day_reader
from partnerdesk.engine.world.index import Index, Series, ordered
from partnerdesk.engine.world.world import UNDOES, World
from partnerdesk.forecast.possible import Together
from partnerdesk.forecast.variants import Alias, Possible, Seen, public, union
from partnerdesk.forecast.varied import Course, Where


class ManyIndex(Index):
    """Rows of all futures, and of some."""

    def __init__(self, together: Together, course: Course) -> None:
        self.course, self.possible = course, {**together.possible}
        credits = [p.row for p in self.possible.pop("credit", ()) if course.decides(p.where)]
        rows = together.sure.rows
        super().__init__(Facts({**rows, "credit": (*rows.get("credit", ()), *credits)}) if credits else together.sure)
        self._apart = {(kind, str.__str__(p.row.id)): p.row for kind, rows in self.possible.items() for p in rows}
        self._seen = {kind: self._variants(rows) for kind, rows in self.possible.items()}

    def _variants(self, rows: Sequence[Possible]) -> dict[str, tuple[Any, Where]]:
        """Rows by their id, each as one whatever its variants, and where it is there at all."""
        by_id: dict[str, list[Possible]] = defaultdict(list)
        for p in rows:
            by_id[public(p.row.id)].append(p)
        found: dict[str, tuple[Any, Where]] = {}
        for id_, own in by_id.items():
            row = Seen(self.course, own) if len(own) > 1 or isinstance(own[0].row.id, Alias) else own[0].row
            found[id_] = row, union(own)
            self.course.places[id(row)] = found[id_][1]
        return found

    def there(self, kind: str, name: str, value: str) -> list[Any]:
        """The rows that are there in the futures that go on, of those that are not in all."""
        decides = self.course.decides
        return [
            row
            for row, where in self._seen.get(kind, {}).values()
            if getattr(row, name, None) == value and decides(where)
        ]

    def rows(self, kind: str, partner: str) -> list[Any]:
        own = super().rows(kind, partner)
        return [*own, *self.there(kind, "partner", partner)] if kind in self.possible else own

    def belonging(self, kind: str, attribute: str, owner: str) -> list[Any]:
        own = super().belonging(kind, attribute, owner)
        return [*own, *self.there(kind, attribute, owner)] if kind in self.possible else own

    def row(self, kind: str, id: str | None) -> Any:
        """A row by its id; a variant by its alias, which nobody has who is not where that variant is."""
        if id is None or kind not in self.possible:
            return super().row(kind, id)
        if isinstance(id, Alias) and (kind, str.__str__(id)) in self._apart:
            return self._apart[kind, str.__str__(id)]
        if id not in self._seen[kind]:
            return super().row(kind, id)
        row, where = self._seen[kind][id]
        return row if self.course.decides(where) else None


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
        """All rows that may be there, variant by variant."""
        return ordered([*self.sure.rows(kind), *(p.row for p in possible)], day_reader(kind, attribute))

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

    @cached_property
    def _first_days(self) -> dict[str, date]:
        """Of rows that are not there in all futures only those decide that are earlier than all others."""
        first = {**self.sure._first_days}
        days = [(p.plain.customer, p.plain.start, p.where) for p in self._possible("contract")]
        won = (p for p in self._possible("deal") if p.plain.status == "won")
        days += [(p.plain.customer, p.plain.closed, p.where) for p in won]
        known = ((day, customer, where) for customer, day, where in days if customer and day)
        for day, customer, where in sorted(known, key=lambda one: one[:2]):
            if (customer not in first or day < first[customer]) and self.many.course.decides(where):
                first[customer] = day
        return first

    @cached_property
    def refunds(self) -> dict[str, list[tuple[Any, Decimal]]]:
        """Rows that may be there change nothing where they give nothing back and come after all that does."""
        rows = [row for row in self.sure.series("transaction", "day").rows if row.kind in UNDOES]
        last = rows[-1].day if rows else date.min
        later = (p.plain for p in self._possible("transaction"))
        if all(row.kind not in UNDOES and (row.day is None or row.day > last) for row in later):
            return self.sure.refunds
        return super().refunds
