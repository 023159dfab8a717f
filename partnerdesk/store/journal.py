"""The history of a book: each step sealed into a hash chain, undone and redone as new steps that delete nothing.

The triggers write the rows of `journal`; this module opens a step and seals it with its row in `op`. How a step is
taken back is in `partnerdesk.store.reverse`. All functions work inside a transaction that the caller has begun, on
the raw connection beneath SQLAlchemy.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from partnerdesk.errors import Damaged
from partnerdesk.store import search_index

T = TypeVar("T")
CHUNK = 5000  # journal rows hashed at a time, so that a large import needs no large text in memory


@dataclass(frozen=True, slots=True)
class Changes:
    """What a step touched. `op` is None, and `tables` empty, where nothing changed."""

    op: int | None
    label: str
    tables: frozenset[str]


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """A write that happened: what the op returned, and what it touched."""

    value: T
    changes: Changes


@dataclass(frozen=True, slots=True)
class Step:
    """A row of `op`, as far as undo and redo need it."""

    id: int
    label: str
    kind: str
    below: int | None
    undo_top: int | None
    redo_top: int | None
    first: int
    last: int
    hash: str


_STEP = "id, label, kind, below, undo_top, redo_top, first, last, hash"


def now() -> str:
    """This moment in UTC as the history writes it."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def last_step(raw: Any) -> Step | None:
    """The newest step; None in a book that is being made."""
    row = raw.execute(f"SELECT {_STEP} FROM op ORDER BY id DESC LIMIT 1").fetchone()
    return Step(*row) if row else None


def step(raw: Any, number: int) -> Step:
    """A step by its id."""
    row = raw.execute(f"SELECT {_STEP} FROM op WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise Damaged(f"Step {number} is missing from the history of this book.", "Restore a verified backup.")
    return Step(*row)


@dataclass(frozen=True, slots=True)
class End:
    """How a history ends: its last step's id, and the steps that undo and redo would reverse."""

    revision: int
    undo: Step | None
    redo: Step | None


def end(raw: Any) -> End:
    """How the history ends as this connection sees it."""
    last = last_step(raw)
    if last is None:
        return End(0, None, None)
    undo, redo = (step(raw, number) if number else None for number in (last.undo_top, last.redo_top))
    return End(last.id, undo, redo)


def begin(raw: Any, at_least: int = 0) -> tuple[Step | None, int]:
    """Open a step: from here on the triggers write under its id. Returns the step before it and the new id."""
    before = last_step(raw)
    number = max(before.id if before else 0, at_least) + 1
    raw.execute("INSERT INTO current_op(one, op) VALUES (1, ?)", (number,))
    return before, number


def seal(
    raw: Any, before: Step | None, number: int, by: str, label: str, kind: str, reverses: Step | None = None
) -> Changes:
    """Close the step: its row in `op` with the hash of all that it changed. A `do` without changes leaves no row."""
    raw.execute("DELETE FROM current_op")
    first = (before.last if before else 0) + 1
    counted = _counted(raw, first)
    if not counted and kind in ("do", "final"):
        return Changes(None, label, frozenset())
    _seal_personal(raw, first)
    last = raw.execute("SELECT coalesce(max(id), 0) FROM journal").fetchone()[0]
    search_index.follow(raw, before.id if before else 0, number, counted, first)
    row = [number, now(), by, label, kind, reverses.id if reverses else None]
    row += [*_stacks(before, number, kind, reverses), first, last, json.dumps(counted)]
    sealed = link(before.hash if before else "", row, rows_hash(raw, first, last))
    raw.execute(f"INSERT INTO op VALUES ({', '.join('?' * 13)})", (*row, sealed))
    return Changes(number, label, frozenset(counted))


def _counted(raw: Any, first: int) -> dict[str, list[int]]:
    counted: dict[str, list[int]] = {}
    sql = "SELECT tbl, act, count(*) FROM journal WHERE id >= ? GROUP BY tbl, act ORDER BY tbl"
    for table, act, count in raw.execute(sql, (first,)).fetchall():
        counted.setdefault(table, [0, 0, 0])["IUD".index(act)] = count
    return counted


def _stacks(before: Step | None, number: int, kind: str, reverses: Step | None) -> list[int | None]:
    """`below`, `undo_top` and `redo_top` of a new step (see `models.book.op`)."""
    undo_top, redo_top = (before.undo_top, before.redo_top) if before else (None, None)
    if kind == "undo" and reverses:
        return [redo_top, reverses.below, number]
    if kind == "redo" and reverses:
        return [undo_top, number, reverses.below]
    if kind == "do":
        return [undo_top, number, None]
    return [None, None, None]  # 'final', creating, restoring and migrating: nothing before them can be undone


def link(previous: str, row: Iterable[Any], rows: str) -> str:
    """The hash of a step: of the hash before it, its own fields and its journal rows."""
    text = json.dumps([previous, *row, rows], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def rows_hash(raw: Any, first: int, last: int) -> str:
    """One hash of journal rows with the digests of their personal parts."""
    made = hashlib.sha256()
    row = "json_array(j.id, j.op, j.tbl, j.act, j.key, j.before, j.after, p.digest)"
    sql = f"SELECT group_concat({row}, char(10) ORDER BY j.id) FROM journal j LEFT JOIN personal p ON p.journal = j.id"
    for start in range(first, last + 1, CHUNK):
        stop = min(start + CHUNK - 1, last)
        text = raw.execute(f"{sql} WHERE j.id BETWEEN ? AND ?", (start, stop)).fetchone()[0]
        made.update((text or "").encode())
    return made.hexdigest()


def _seal_personal(raw: Any, first: int) -> None:
    rows = raw.execute("SELECT journal, salt, before, after FROM personal WHERE journal >= ?", (first,)).fetchall()
    digests = [(personal_digest(salt, before, after), journal) for journal, salt, before, after in rows]
    raw.executemany("UPDATE personal SET digest = ? WHERE journal = ?", digests)


def personal_digest(salt: str, before: str | None, after: str | None) -> str:
    """What the chain keeps of personal values: JSON texts, in which a line break is always escaped."""
    return hashlib.sha256(f"{salt}\n{before}\n{after}".encode()).hexdigest()
