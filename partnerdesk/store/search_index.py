"""The index of the full-text search, kept in step with the book: every sealed step re-indexes the rows it changed.

Because it follows the journal, import, undo, redo, restore and migration keep it right like any op. It is derived:
where it is not of the step before, or was made by other declarations, it is made anew as a whole.
"""

import json
import zlib
from collections.abc import Iterable
from typing import Any

AT_ONCE = 2000  # rows whose words are in memory at a time


def make(raw: Any) -> None:
    """The index of a new book, inside the caller's transaction; its tables are there."""
    # Declaring the tables takes longer than opening a book, which needs none of this.
    from partnerdesk.models.search import SEARCH_TEXT, SECURE

    raw.execute(SEARCH_TEXT)
    raw.execute(SECURE)


def follow(raw: Any, before: int, number: int, changed: Iterable[str], first: int) -> None:
    """Bring the index to a step that is being sealed: `changed` tables, whose journal rows begin at `first`."""
    from partnerdesk.queries.texts import BY_TABLE, SHAPE

    if not _is_there(raw):
        return  # a file of an earlier version, on its way here
    if raw.execute("SELECT op, shape FROM search_state").fetchone() != (before, SHAPE):
        rebuild(raw, number)
        return
    for table in changed:
        if table in BY_TABLE:
            _renew(raw, table, first)
    raw.execute("UPDATE search_state SET op = ?", (number,))


def rebuild(raw: Any, number: int) -> None:
    """Make the index anew from all rows, as of a step."""
    from partnerdesk.queries.texts import BY_TABLE, SHAPE

    raw.execute("DROP TABLE IF EXISTS search_text")
    make(raw)
    raw.execute("DELETE FROM search_doc")
    for table, searched in BY_TABLE.items():
        _index(raw, table, raw.execute(searched.indexed))
    raw.execute("INSERT OR REPLACE INTO search_state VALUES (1, ?, ?)", (number, SHAPE))


def is_right(raw: Any, number: int) -> bool:
    """Whether the index is of this step and of the words that the rows hold."""
    from partnerdesk.queries.texts import BY_TABLE, SHAPE

    if not _is_there(raw) or raw.execute("SELECT op, shape FROM search_state").fetchone() != (number, SHAPE):
        return False
    for table, searched in BY_TABLE.items():
        kept = dict(raw.execute("SELECT key, digest FROM search_doc WHERE tbl = ?", (table,)).fetchall())
        if kept != {row[0]: _digest(row[1:]) for row in raw.execute(searched.indexed)}:
            return False
    (indexed,) = raw.execute("SELECT count(*) FROM search_doc d JOIN search_text_docsize t ON t.id = d.id").fetchone()
    counted = raw.execute("SELECT (SELECT count(*) FROM search_doc), (SELECT count(*) FROM search_text_docsize)")
    return bool(counted.fetchone() == (indexed, indexed))


def _is_there(raw: Any) -> bool:
    found = raw.execute(
        "SELECT count(*) FROM sqlite_schema WHERE name IN ('search_doc', 'search_state', 'search_text')"
    )
    return bool(found.fetchone()[0] == 3)


def _renew(raw: Any, table: str, first: int) -> None:
    """Index the rows of a table anew that the step changed; those that are gone leave the index."""
    from partnerdesk.queries.texts import BY_TABLE

    searched = BY_TABLE[table]
    keys = _keys(raw, table, searched.key, first)
    gone = "IN (SELECT id FROM search_doc WHERE tbl = ? AND key IN (SELECT value FROM json_each(?)))"
    raw.execute(f"DELETE FROM search_text WHERE rowid {gone}", (table, keys))
    raw.execute(f"DELETE FROM search_doc WHERE id {gone}", (table, keys))
    found = raw.execute(f'{searched.indexed} WHERE t."{searched.key}" IN (SELECT value FROM json_each(?))', (keys,))
    _index(raw, table, found)


def _keys(raw: Any, table: str, key: str, first: int) -> str:
    """The keys of the rows that a step touched, also those that an update gave another key; a JSON list."""
    touched = raw.execute(
        "SELECT key FROM journal WHERE id >= ? AND tbl = ? UNION "
        "SELECT json_extract(after, '$.' || ?) FROM journal WHERE id >= ? AND tbl = ? AND act = 'U'",
        (first, table, key, first, table),
    )
    return json.dumps([str(value) for (value,) in touched if value is not None])


def _index(raw: Any, table: str, found: Any) -> None:
    """Put rows into the index that are not in it."""
    from partnerdesk.queries.texts import BY_TABLE, index_row

    searched = BY_TABLE[table]
    (last,) = raw.execute("SELECT coalesce(max(id), 0) FROM search_doc").fetchone()
    while rows := found.fetchmany(AT_ONCE):
        numbered = list(enumerate(rows, last + 1))
        last += len(rows)
        docs = [(id, table, row[0], _digest(row[1:])) for id, row in numbered]
        texts = [(id, *index_row(searched, row[1], row[2], json.loads(row[3]))) for id, row in numbered]
        raw.executemany("INSERT INTO search_doc VALUES (?, ?, ?, ?)", docs)
        raw.executemany("INSERT INTO search_text(rowid, kind, about, title, body) VALUES (?, ?, ?, ?, ?)", texts)


def _digest(values: Iterable[str | None]) -> int:
    return zlib.crc32("\n".join(value or "" for value in values).encode())
