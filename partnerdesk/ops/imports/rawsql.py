"""Selects of many rows past SQLAlchemy's row objects: plain tuples of stored values, fetched at once.

Only for the comparisons of an import, which look at whole tables; everything else goes through Core.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy.orm import Session

_CHUNK = 500


def fetched(session: Session, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """All rows of a select."""
    driver: Any = session.connection().connection.driver_connection
    found: list[tuple[Any, ...]] = driver.execute(sql, tuple(values)).fetchall()
    return found


def fetched_in(session: Session, sql: str, first: Sequence[Any], ids: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """The rows of a select that ends in `IN ({})`, for any number of ids; `first` are the values before them."""
    for start in range(0, len(ids), _CHUNK):
        some = ids[start : start + _CHUNK]
        yield from fetched(session, sql.format(", ".join("?" * len(some))), (*first, *some))
