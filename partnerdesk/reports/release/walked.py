"""The data that a document is made of, walked once field by field: numbers, days, texts, and the rows they are in."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any


class Walked:
    """What stands in a document's data. `partners` are the partners that its rows name as theirs."""

    def __init__(self, data: Any) -> None:
        self.numbers: set[Decimal] = set()
        self.days: set[date] = set()
        self.texts: set[str] = set()
        self.partners: set[str] = set()
        self.rows: list[Any] = []  # rows, and lists of rows, from which other numbers may follow
        self._seen: set[int] = set()
        self._walk((data,))

    def _walk(self, parts: Iterable[Any]) -> None:
        for part in parts:
            kind = type(part)
            if kind is str:
                self.texts.add(part)
            elif kind is Decimal:
                self.numbers.add(part)
            elif part is None:
                continue
            elif isinstance(part, int):
                self.numbers.add(Decimal(part))
            elif isinstance(part, date):
                self.days.add(part)
            elif id(part) not in self._seen:
                self._seen.add(id(part))
                self._walk_parts(part, kind)

    def _walk_parts(self, value: Any, kind: type) -> None:
        """Into a row, a list or a table; nothing else has parts."""
        if names := names_of(kind):
            self.rows.append(value)
            self._walk(values_of(value, names))
            if "partner" in names and isinstance(value.partner, str):
                self.partners.add(value.partner)
        elif isinstance(value, Mapping):
            self.rows.append(tuple(value.values()))
            self._walk(value)
            self._walk(value.values())
        elif isinstance(value, list | tuple | set | frozenset):
            self.rows.append(value)
            self._walk(value)


_NAMES: dict[type, tuple[str, ...]] = {}


def names_of(kind: type) -> tuple[str, ...]:
    """The names of a row's fields: of a dataclass or a named tuple; any other kind is no row."""
    found = _NAMES.get(kind)
    if found is None:
        of_tuple = getattr(kind, "_fields", ()) if issubclass(kind, tuple) else ()
        found = _NAMES[kind] = tuple(f.name for f in fields(kind)) if is_dataclass(kind) else of_tuple
    return found


def values_of(row: Any, names: tuple[str, ...]) -> Iterable[Any]:
    """The values of a row's fields; a named tuple is them."""
    return row if isinstance(row, tuple) else [getattr(row, name) for name in names]
