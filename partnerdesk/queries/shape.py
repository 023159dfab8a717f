"""How a select becomes frozen rows: the columns a row type names, in its order, and nothing else."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, FromClause, Select, select
from sqlalchemy.orm import Session

T = TypeVar("T")


def shaped(row_type: type[Any], table: FromClause, **others: ColumnElement[Any]) -> Select[Any]:
    """A select of the columns that the fields of a row type name, from the table or from `others`."""
    columns: Mapping[str, ColumnElement[Any]] = dict(table.c) | others
    return select(*(columns[f.name].label(f.name) for f in fields(row_type) if f.name in columns))


def rows(session: Session, row_type: type[T], query: Select[Any], **more: Any) -> tuple[T, ...]:
    """All rows of a query that `shaped` began; `more` fills fields that no column gives."""
    return tuple(row_type(**row._mapping, **more) for row in session.execute(query))
