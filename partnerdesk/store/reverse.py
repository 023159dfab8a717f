"""Taking back a step: what it did to rows reversed in reverse order, under the triggers, so that it is a step again.

A reversed insert is a delete whose image the journal keeps, so the reversal of the reversal has what it needs. Rows
inserted or deleted one after the other in one table are reversed by one statement inside the database (an import of
60,000 rows must not take longer to undo than to do); updates, whose order matters among themselves, one by one.
"""

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from partnerdesk.errors import Damaged
from partnerdesk.store.faults import RESTORE
from partnerdesk.store.journal import Step

# Where a table or a kind of change begins in the rows of a step.
_RUNS = """
    SELECT id, tbl, act FROM (
        SELECT id, tbl, act, lag(tbl || act) OVER (ORDER BY id) AS before FROM journal WHERE id BETWEEN ? AND ?
    ) WHERE before IS NOT tbl || act ORDER BY id DESC
"""
_FROM = "FROM journal j LEFT JOIN personal p ON p.journal = j.id WHERE j.id BETWEEN ? AND ? ORDER BY j.id DESC"


def reverse(raw: Any, target: Step) -> None:
    """Take back what a step did. Each state on the way existed before, so no rule of the tables can fail on it;
    foreign keys are looked at when the transaction ends."""
    raw.execute("PRAGMA defer_foreign_keys = 1")
    shapes: dict[str, _Shape] = {}
    end = target.last
    for start, table, act in raw.execute(_RUNS, (target.first, target.last)).fetchall():
        shape = shapes.get(table) or shapes.setdefault(table, _Shape(raw, table))
        if _reversed(raw, shape, act, (start, end)) != end - start + 1:
            raise Damaged("The history of this book does not match its rows.", RESTORE)
        end = start - 1


class _Shape:
    """Columns and key of a table as the file has them."""

    def __init__(self, raw: Any, table: str) -> None:
        columns = raw.execute("SELECT name, type, pk FROM pragma_table_info(?) ORDER BY cid", (table,)).fetchall()
        self.table = table
        self.types: dict[str, str] = {name: type_ for name, type_, _ in columns}
        self.keys = [name for name, _, pk in sorted(columns, key=lambda c: c[2]) if pk]

    def key(self, text: str) -> tuple[Any, ...]:
        """The key's values; SQLite converts the text of a single one by the column's type."""
        return (text,) if len(self.keys) == 1 else tuple(json.loads(text))

    def values(self, *images: str | None) -> dict[str, Any]:
        """An image, and its personal part, as values of columns."""
        found: dict[str, Any] = {}
        for image in images:
            found |= json.loads(image) if image else {}
        for name, value in found.items():
            if self.types[name] == "BLOB" and value is not None:
                found[name] = bytes.fromhex(value)
        return found


def _reversed(raw: Any, shape: _Shape, act: str, run: tuple[int, int]) -> int:
    """Reverse a run of changes of one kind in one table; returns how many rows that changed."""
    if act == "I":
        return int(raw.execute(_delete(shape), run).rowcount)
    if act == "D":
        return int(raw.execute(_insert(shape), run).rowcount)
    rows = raw.execute(f"SELECT j.key, j.before, j.after, p.before, p.after {_FROM}", run).fetchall()
    changed = 0
    for names, same in groupby(_updates(shape, rows), key=lambda update: update[0]):
        assign = ", ".join(f'"{name}" = ?' for name in names)
        where = " AND ".join(f'"{name}" = ?' for name in shape.keys)
        sql = f'UPDATE "{shape.table}" SET {assign} WHERE {where}'
        changed += raw.executemany(sql, [values for _, values in same]).rowcount
    return changed


def _delete(shape: _Shape) -> str:
    if len(shape.keys) == 1:
        parts = [f"CAST(key AS {shape.types[shape.keys[0]]})"]
    else:
        parts = [f"json_extract(key, '$[{i}]')" for i in range(len(shape.keys))]
    columns = ", ".join(f'"{name}"' for name in shape.keys)
    inserted = f"SELECT {', '.join(parts)} FROM journal WHERE id BETWEEN ? AND ?"
    return f'DELETE FROM "{shape.table}" WHERE ({columns}) IN ({inserted})'


def _insert(shape: _Shape) -> str:
    """The rows again from their images; a personal value lies in the part apart, and only there."""
    parts = []
    for name, type_ in shape.types.items():
        value = f"coalesce(json_extract(j.before, '$.{name}'), json_extract(p.before, '$.{name}'))"
        parts.append(f"unhex({value})" if type_ == "BLOB" else value)
    columns = ", ".join(f'"{name}"' for name in shape.types)
    return f'INSERT INTO "{shape.table}" ({columns}) SELECT {", ".join(parts)} {_FROM}'


def _updates(shape: _Shape, rows: list[Any]) -> Iterator[tuple[tuple[str, ...], tuple[Any, ...]]]:
    """The columns that each update is to set, and their values followed by the key of the row as it is now."""
    for key, before, after, before_apart, after_apart in rows:
        old, new = shape.values(before, before_apart), shape.values(after, after_apart)
        at = dict(zip(shape.keys, shape.key(key), strict=True))
        where = tuple(new.get(name, at[name]) for name in shape.keys)  # an update may have changed the key itself
        yield tuple(old), (*old.values(), *where)
