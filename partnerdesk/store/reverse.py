"""Taking back a step: each of its rows reversed in reverse order, under the triggers, so that it is a step again.

A reversed insert is a delete whose image the journal keeps, so the reversal of the reversal has what it needs.
"""

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from partnerdesk.errors import Damaged
from partnerdesk.store.faults import RESTORE
from partnerdesk.store.journal import Step


def reverse(raw: Any, target: Step) -> None:
    """Take back what a step did, row by row in reverse order; each state on the way existed before, so no rule of
    the tables can fail on it. Foreign keys are looked at when the transaction ends."""
    raw.execute("PRAGMA defer_foreign_keys = 1")
    rows = raw.execute(
        "SELECT j.tbl, j.act, j.key, j.before, j.after, p.before, p.after FROM journal j "
        "LEFT JOIN personal p ON p.journal = j.id WHERE j.id BETWEEN ? AND ? ORDER BY j.id DESC",
        (target.first, target.last),
    ).fetchall()
    shapes: dict[str, _Shape] = {}
    for (table, act), same in groupby(rows, key=lambda r: (r[0], r[1])):
        shape = shapes.get(table) or shapes.setdefault(table, _Shape(raw, table))
        for sql, values in _reversals(shape, act, same):
            _run(raw, sql, values)


def _run(raw: Any, sql: str, values: list[tuple[Any, ...]]) -> None:
    if raw.executemany(sql, values).rowcount != len(values):
        raise Damaged("The history of this book does not match its rows.", RESTORE)


class _Shape:
    """Columns and key of a table as the file has them."""

    def __init__(self, raw: Any, table: str) -> None:
        columns = raw.execute(f'SELECT name, type, pk FROM pragma_table_info("{table}") ORDER BY cid').fetchall()
        self.table = table
        self.columns = [name for name, _, _ in columns]
        self.bytes = {name for name, type_, _ in columns if type_ == "BLOB"}
        self.keys = [name for name, _, pk in sorted(columns, key=lambda c: c[2]) if pk]
        self.where = " AND ".join(f'"{name}" = ?' for name in self.keys)

    def key(self, text: str) -> tuple[Any, ...]:
        """The key's values; SQLite converts the text of a single one by the column's type."""
        return (text,) if len(self.keys) == 1 else tuple(json.loads(text))

    def values(self, *images: str | None) -> dict[str, Any]:
        """An image (and its personal part) as values of columns."""
        found: dict[str, Any] = {}
        for image in images:
            found |= json.loads(image) if image else {}
        for name in self.bytes & found.keys():
            found[name] = None if found[name] is None else bytes.fromhex(found[name])
        return found


def _reversals(shape: _Shape, act: str, rows: Iterable[Any]) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    """Statements, each with the rows it runs for, that take back changes of one table and kind, in their order."""
    if act == "I":
        yield f'DELETE FROM "{shape.table}" WHERE {shape.where}', [shape.key(r[2]) for r in rows]
    elif act == "D":
        marks = ", ".join("?" * len(shape.columns))
        images = (shape.values(r[3], r[5]) for r in rows)
        yield (
            f'INSERT INTO "{shape.table}" VALUES ({marks})',
            [tuple(image[name] for name in shape.columns) for image in images],
        )
    else:
        for names, same in groupby(_updates(shape, rows), key=lambda u: u[0]):
            assign = ", ".join(f'"{name}" = ?' for name in names)
            yield f'UPDATE "{shape.table}" SET {assign} WHERE {shape.where}', [values for _, values in same]


def _updates(shape: _Shape, rows: Iterable[Any]) -> Iterator[tuple[tuple[str, ...], tuple[Any, ...]]]:
    for _, _, key, before, after, before_apart, after_apart in rows:
        old, new = shape.values(before, before_apart), shape.values(after, after_apart)
        at = dict(zip(shape.keys, shape.key(key), strict=True))
        where = tuple(new.get(name, at[name]) for name in shape.keys)  # an update may have changed the key itself
        yield tuple(old), (*old.values(), *where)
