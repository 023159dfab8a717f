"""How a select becomes frozen rows: the columns a row type names, in its order, and nothing else."""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import fields
from decimal import Decimal
from itertools import repeat
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, FromClause, Select, select
from sqlalchemy.orm import Session

from partnerdesk.engine.money import decimals

T = TypeVar("T")


def shaped(row_type: type[Any], table: FromClause, **others: ColumnElement[Any]) -> Select[Any]:
    """A select of the columns that the fields of a row type name, from the table or from `others`."""
    columns: Mapping[str, ColumnElement[Any]] = dict(table.c) | others
    return select(*(columns[f.name].label(f.name) for f in fields(row_type) if f.name in columns))


def rows(session: Session, row_type: type[T], query: Select[Any], **more: Any) -> tuple[T, ...]:
    """All rows of a query that `shaped` began; `more` fills fields that no column gives."""
    return tuple(row_type(**row._mapping, **more) for row in session.execute(query))


def table_rows(session: Session, row_type: type[T], query: Select[Any], *money: str) -> tuple[T, ...]:
    """All rows of a query for a large table, column by column; `money` names columns in units of `currency`."""
    raw = session.execute(query).all()
    if not raw:
        return ()
    columns: dict[str, Any] = dict(zip(query.selected_columns.keys(), zip(*raw, strict=True), strict=True))
    for name in money:
        columns[name] = amounts(columns[name], columns["currency"])
    return built(row_type, columns, len(raw))


def amounts(units: Iterable[int | None], currencies: Iterable[str]) -> list[Decimal | None]:
    """Amounts from minor units, each in its own currency."""
    shift = _Shift()
    return [None if u is None else Decimal(u).scaleb(shift[c]) for u, c in zip(units, currencies, strict=True)]


class _Shift(dict[str, int]):
    def __missing__(self, currency: str) -> int:
        self[currency] = -decimals(currency)
        return self[currency]


def built(row_type: type[T], columns: Mapping[str, Iterable[Any]], count: int) -> tuple[T, ...]:
    """`count` frozen rows from their columns, set through the slots.

    The generated `__init__` of a frozen row costs four times as much, and the rows have nothing else to do at birth
    (tests hold both ways equal). Columns that are not given take the field's default.
    """
    rows = tuple(map(object.__new__, repeat(row_type, count)))
    for f in fields(row_type):  # type: ignore[arg-type]
        values = columns[f.name] if f.name in columns else repeat(f.default, count)
        deque(map(getattr(row_type, f.name).__set__, rows, values), maxlen=0)
    return rows
