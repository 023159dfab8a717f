"""Work that is killed, and what must be found afterwards: shared by the suite and the full-size proof."""

import os
import signal
import time
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from partnerdesk.store import Store
from partnerdesk.store.backup import listed
from partnerdesk.store.restore import verify
from tests.store import crash, steps

ROWS = 2000


def import_once(path: Path) -> None:
    with Store.open(path, user="child") as store:
        store.transact("Import", steps.import_rows, ROWS, store.revision + 1)


def import_until(path: Path, instructions: int) -> None:
    """An import that dies inside the database, with pages in the file already."""
    store = Store.open(path, user="child")
    with store._writer_alone() as raw:
        raw.execute("PRAGMA cache_spill = 1")
        raw.execute("PRAGMA cache_size = 10")

    def op(session: Session) -> None:
        crash.die_inside(raw, instructions)
        steps.import_rows(session, ROWS)

    store.transact("Import", op)


def import_in_hundreds(path: Path) -> None:
    """The mutant: it commits after every hundred rows, and is killed in the middle."""
    store = Store.open(path, user="child")

    def op(session: Session) -> None:
        on = session.connection()
        on.exec_driver_sql("INSERT INTO batch VALUES (1, '', '', '', '', '', '', '{}', 0, 0, 0, 0, '{}')")
        for row in range(1, ROWS):
            on.exec_driver_sql("INSERT INTO source_row VALUES (?, 1, '', ?, '[]')", (row, row))
            if row % 100 == 0:
                on.exec_driver_sql("COMMIT")
                on.exec_driver_sql("BEGIN IMMEDIATE")
            if row == ROWS // 2:
                os.kill(os.getpid(), signal.SIGKILL)

    store.transact("Import", op)


def back_up(path: Path) -> None:
    with Store.open(path, user="child") as store:
        store.backup("child")


def _seconds(work: Any, *args: Any) -> float:
    start = time.perf_counter()
    assert crash.run(work, *args) == 0
    return time.perf_counter() - start


def kill_imports(path: Path, seed: int, count: int) -> dict[str, int]:
    """Kill so many imports at moments spread over their length; each leaves the old state or the new one."""
    longest = _seconds(import_once, path) * 1.1
    found = {"old": 0, "new": 0}
    for moment in crash.moments(seed, count, longest):
        before, revision = _state(path)
        crash.kill_after(moment, import_once, path)
        after, now = _state(path)
        if now == revision:
            assert after == before, f"killed after {moment:.3f} s: not the old state"
            found["old"] += 1
        else:
            assert now == revision + 1 and len(after["source_row"]) == len(before.get("source_row", ())) + ROWS
            found["new"] += 1
        _shrink(path)
    return found


def _state(path: Path) -> tuple[dict[str, list[tuple[Any, ...]]], int]:
    with crash.opened(path) as store:
        broken = [f for f in store.check() if f.category in ("file", "references", "schema", "history")]
        assert not broken, broken
        return steps.dump(store._reader), store.revision


def _shrink(path: Path) -> None:
    """Undo what was imported, so that the book does not grow with the number of kills."""
    with crash.opened(path) as store:
        while store.undo_label:
            store.undo()


def kill_backups(path: Path, seed: int, count: int) -> int:
    """Kill so many backups; each leaves a whole backup or none, and the book as it was. Returns how many stayed."""
    with Store.open(path, user="Ann") as store:
        store.transact("Import", steps.import_rows, ROWS)
        book = store.info.id
    before = path.read_bytes()
    longest = _seconds(back_up, path) * 1.1
    for moment in crash.moments(seed, count, longest):
        crash.kill_after(moment, back_up, path)
        for backup in listed(book):
            verify(backup, book)
        assert path.read_bytes() == before
    with crash.opened(path) as store:
        made = store.backup("at the end")
        assert not list(made.path.parent.glob("*.part"))
    return len(listed(book))
