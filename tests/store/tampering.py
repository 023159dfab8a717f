"""Random tampering with the history of a book, as somebody would do it with another program."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from partnerdesk.models import metadata
from partnerdesk.store import connection, journal, schema

_COLUMNS = {
    "op": (
        "at",
        "by",
        "label",
        "kind",
        "reverses",
        "below",
        "undo_top",
        "redo_top",
        "first",
        "last",
        "changed",
        "hash",
    ),
    "journal": ("op", "tbl", "act", "key", "before", "after"),
    "personal": ("salt", "before", "after", "digest"),
}


Way = Callable[[Any, random.Random], str]


def tamper(path: Path, chosen: random.Random, way: Way | None = None) -> str:
    """Change the history in one way; says which."""
    raw = connection.driver.connect(str(path), isolation_level=None)
    raw.execute("PRAGMA ignore_check_constraints = 1")
    raw.execute("BEGIN")
    schema.drop_triggers(raw)
    done = (way or chosen.choice((_edit, _edit, _delete, _swap, cut_tail, rewrite)))(raw, chosen)
    schema.put_triggers(raw, metadata)
    raw.execute("COMMIT")
    raw.close()
    return done


def _row(raw: Any, chosen: random.Random) -> tuple[str, Any, str]:
    table = chosen.choice(("op", "journal", "personal"))
    key = "journal" if table == "personal" else "id"
    where = " WHERE salt IS NOT NULL" if table == "personal" else ""
    rows = raw.execute(f"SELECT {key} FROM {table}{where} ORDER BY 1").fetchall()
    return table, chosen.choice(rows)[0], key


def _edit(raw: Any, chosen: random.Random) -> str:
    table, row, key = _row(raw, chosen)
    column = chosen.choice(_COLUMNS[table])
    (was,) = raw.execute(f'SELECT "{column}" FROM {table} WHERE {key} = ?', (row,)).fetchone()
    value = (
        was + 1
        if isinstance(was, int)
        else f"{was or ''}x"
        if column not in ("reverses", "below", "undo_top", "redo_top")
        else 1
    )
    raw.execute(f'UPDATE {table} SET "{column}" = ? WHERE {key} = ?', (value, row))
    return f"{table} {row}: {column} {was!r} -> {value!r}"


def _delete(raw: Any, chosen: random.Random) -> str:
    table, row, key = _row(raw, chosen)
    raw.execute(f"DELETE FROM {table} WHERE {key} = ?", (row,))
    return f"{table} {row} deleted"


def _swap(raw: Any, chosen: random.Random) -> str:
    table = chosen.choice(("op", "journal"))
    rows = [row[0] for row in raw.execute(f"SELECT id FROM {table} ORDER BY 1")]
    one, two = chosen.sample(rows, 2)
    for row, to in ((one, -1), (two, one), (-1, two)):
        raw.execute(f"UPDATE {table} SET id = ? WHERE id = ?", (to, row))
    return f"{table} {one} and {two} exchanged"


def cut_tail(raw: Any, chosen: random.Random) -> str:
    """The last steps removed, with all their rows: the chain that is left is sound."""
    ops = [row[0] for row in raw.execute("SELECT id FROM op ORDER BY id")]
    first = chosen.choice(ops[1:])
    raw.execute("DELETE FROM personal WHERE journal IN (SELECT id FROM journal WHERE op >= ?)", (first,))
    raw.execute("DELETE FROM journal WHERE op >= ?", (first,))
    raw.execute("DELETE FROM op WHERE id >= ?", (first,))
    return f"the tail from step {first} cut off"


def rewrite(raw: Any, chosen: random.Random) -> str:
    """A step changed and the whole chain after it written anew: the chain is sound."""
    ops = [row[0] for row in raw.execute("SELECT id FROM op ORDER BY id")]
    forged = chosen.choice(ops)
    columns = "id, at, by, label, kind, reverses, below, undo_top, redo_top, first, last, changed"
    previous = ""
    for row in raw.execute(f"SELECT {columns} FROM op ORDER BY id").fetchall():
        by = "Eve" if row[0] == forged else row[2]
        fields = [*row[:2], by, *row[3:]]
        previous = journal.link(previous, fields, journal.rows_hash(raw, row[9], row[10]))
        raw.execute("UPDATE op SET by = ?, hash = ? WHERE id = ?", (by, previous, row[0]))
    return f"step {forged} forged and the chain rewritten"
