"""Metadata and column types of a book: STRICT tables, named constraints, types that refuse floats.

Money is stored as integer minor units beside a currency, rates and quantities as decimal text, days as ISO text.
Tables are Core tables; rows leave as frozen dataclasses, so no mapped object can leak.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Column, ColumnElement, Integer, MetaData, Table, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

_Op = TypeVar("_Op", bound=Callable[..., Any])

# `Table(..., info=NOT_JOURNALED)`: changes of this table are neither undone nor audited (derived data, the journal).
NOT_JOURNALED = {"journaled": False}


def irreversible(op: _Op) -> _Op:
    """Mark an op as one that undo stops at: what it did, and what came before it, is not taken back any more.

    For ops such as closing a period; who offers them says so before they run (`getattr(op, "irreversible", False)`).
    """
    setattr(op, "irreversible", True)  # noqa: B010 -- a function has no such attribute for the type checker
    return op


class Freeze(NamedTuple):
    """A rule of the file itself: on `event` (INSERT, UPDATE or DELETE) of a row for which `when` holds, refuse."""

    event: str
    when: str
    sentence: str
    remedy: str


def freeze(table: Table, events: str, when: str, sentence: str, remedy: str = "") -> None:
    """Forbid changes by a trigger that nothing gets past: ops, undo, redo and imports alike hear `sentence`.

    `events` are words of "INSERT UPDATE DELETE"; `when` is an SQL condition in which `{row}` stands for the row (for
    an UPDATE it is tried on the row before and on the row after), such as
    `(SELECT closed FROM statement WHERE id = {row}.statement) IS NOT NULL`.
    """
    for event in events.split():
        table.info.setdefault("frozen", []).append(Freeze(event, when, sentence, remedy))


def personal(*columns: "Column[Any]") -> None:
    """Mark columns as personal data: the journal keeps their values apart, where they can be erased."""
    for column in columns:
        column.info["personal"] = True


INNER = "for us alone"  # the mark of what is said about a partner and not to it


def for_us_alone(*columns: "Column[Any]") -> None:
    """Mark columns whose texts no document for the partner holds."""
    for column in columns:
        column.info[INNER] = True


def rows_for_us_alone(table: Table, when: ColumnElement[bool]) -> None:
    """Say which rows of a table no document for the partner holds."""
    table.info[INNER] = when


OURS = "of our own making"  # the mark of what we write ourselves of a partner: nobody's word


def of_our_making(table: Table, columns: str) -> None:
    """Mark texts of a partner's rows that are nobody's words, such as names of files, digests, keys, who did it when.

    No document is kept from another partner for holding one of them. `columns` are their names with spaces between.
    """
    for name in columns.split():
        table.c[name].info[OURS] = True


class Money(TypeDecorator[int]):
    """Integer minor units; refuses floats, Decimals and text. `engine.money.major` turns them into an amount."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> int | None:
        if value is None or type(value) is int:
            return value
        raise TypeError(f"money is stored as integer minor units, not as {type(value).__name__}")


class Rate(TypeDecorator[Decimal]):
    """An exact Decimal as text: rates, quantities, unit prices."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if isinstance(value, Decimal) and value.is_finite():
            return format(value, "f")
        raise TypeError(f"a rate is a finite Decimal, not {type(value).__name__} {value!r}")

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


class Day(TypeDecorator[date]):
    """A civil date as ISO text; refuses datetimes, because a moment has a zone and a day has none."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if type(value) is date:
            return value.isoformat()
        raise TypeError(f"a day is a date, not {type(value).__name__}")

    def process_result_value(self, value: Any, dialect: Dialect) -> date | None:
        return None if value is None else date.fromisoformat(value)


class Flag(TypeDecorator[bool]):
    """Yes or no as 1 or 0: STRICT tables know no BOOLEAN."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> int | None:
        if value is None or type(value) is bool:
            return value
        raise TypeError(f"a flag is True or False, not {type(value).__name__}")

    def process_result_value(self, value: Any, dialect: Dialect) -> bool | None:
        return None if value is None else bool(value)
