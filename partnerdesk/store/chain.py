"""Whether the history of a book is the one that was written: the hash chain walked from its first step to its last.

Nothing in the file can show that its end was cut off or all of it written anew; so heads that were seen outside the
file (in backup manifests, and when the book was closed) must be found in it.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from partnerdesk import paths
from partnerdesk.store import connection
from partnerdesk.store.journal import link, personal_digest, rows_hash

_COLUMNS = "id, at, by, label, kind, reverses, below, undo_top, redo_top, first, last, changed, hash"


class Head(NamedTuple):
    """The end of a history as it was seen somewhere: the last step, its hash, and where that was."""

    op: int
    hash: str
    where: str


def broken(raw: Any) -> Iterator[str]:
    """A sentence for each place at which the history is not what was written."""
    previous, next_row = "", 1
    for row in raw.execute(f"SELECT {_COLUMNS} FROM op ORDER BY id").fetchall():
        fields, sealed = row[:-1], row[-1]
        number, label, first, last = row[0], row[3], row[9], row[10]
        if first != next_row or last < first - 1:
            yield f"Step {number} ({label}) does not begin where the step before it ended."
        if link(previous, fields, rows_hash(raw, first, last)) != sealed:
            yield f"Step {number} ({label}) was changed after it was written."
        previous, next_row = sealed, last + 1
    yield from _counted(raw, next_row - 1)
    yield from _personal(raw)


def _counted(raw: Any, rows: int) -> Iterator[str]:
    found, last = raw.execute("SELECT count(*), coalesce(max(id), 0) FROM journal").fetchone()
    if (found, last) != (rows, rows):
        yield f"The history lists {rows:,} changes, and {found:,} are there."
    if raw.execute("SELECT count(*) FROM current_op").fetchone()[0]:
        yield "A step was left open."


def _personal(raw: Any) -> Iterator[str]:
    rows = raw.execute("SELECT journal, salt, before, after, digest FROM personal WHERE salt IS NOT NULL")
    for number, salt, before, after, digest in rows.fetchall():
        if personal_digest(salt, before, after) != digest:
            yield f"The personal part of change {number} was changed after it was written."


def missing(raw: Any, heads: Iterable[Head]) -> Iterator[str]:
    """A sentence for each head that this history does not contain, unless a restore left it behind."""
    restores = raw.execute("SELECT reverses, id FROM op WHERE kind = 'restore'").fetchall()
    (last,) = raw.execute("SELECT coalesce(max(id), 0) FROM op").fetchone()
    for head in heads:
        found = raw.execute("SELECT hash FROM op WHERE id = ?", (head.op,)).fetchone()
        if found == (head.hash,) or any((back or 0) < head.op < number for back, number in restores):
            continue
        if head.op > last:
            yield f"{head.where} ended at step {head.op}; this file ends at step {last}: later work is missing."
        else:
            yield f"{head.where} has another step {head.op}: this file is another copy, or its history was rewritten."


def _seen_file(book: str) -> Path:
    return paths.folder("seen") / f"{book}.json"


def remember(book: str, op: int, head: str) -> None:
    """Note outside the file how its history ends."""
    path = _seen_file(book)
    temp = path.with_suffix(".part")
    temp.unlink(missing_ok=True)
    connection.make_file(temp)
    temp.write_text(json.dumps({"op": op, "head": head}))
    temp.replace(path)


def last_seen(book: str) -> Head | None:
    """How the history ended when this machine last closed the book; None where that is not known."""
    try:
        noted = json.loads(_seen_file(book).read_text())
        return Head(int(noted["op"]), str(noted["head"]), "This book as it was last closed on this machine")
    except (OSError, ValueError, KeyError, TypeError):
        return None
