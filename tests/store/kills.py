"""Work that is killed, and what must be found afterwards: shared by the suite and the full-size proof."""

import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from partnerdesk.store import Store, connection
from partnerdesk.store.backup import listed, listed_for
from partnerdesk.store.prune import remove
from partnerdesk.store.restore import verify
from tests.prove.steps import Steps
from tests.store import crash, steps
from tests.store.old_version import NEXT, next_version, upgrade

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


def import_in_hundreds(path: Path, dies_at: int = -1) -> None:
    """The mutant: it commits after every hundred rows; it dies by itself at a row where that is given."""
    store = Store.open(path, user="child")

    def op(session: Session) -> None:
        on = session.connection()
        on.exec_driver_sql("INSERT INTO batch VALUES (1, '', '', '', '', '', '', '{}', 0, 0, 0, 0, '{}')")
        for row in range(1, ROWS):
            on.exec_driver_sql("INSERT INTO source_row VALUES (?, 1, '', ?, '[]')", (row, row))
            if row % 100 == 0:
                on.exec_driver_sql("COMMIT")
                on.exec_driver_sql("BEGIN IMMEDIATE")
            if row == dies_at:
                os.kill(os.getpid(), signal.SIGKILL)

    store.transact("Import", op)


def back_up(path: Path) -> None:
    with Store.open(path, user="child") as store:
        store.backup("child")


class HalfDone(AssertionError):
    """What is killed left a part of itself."""


def kill_imports(path: Path, seed: int, count: int) -> dict[str, int]:
    """Kill so many imports at moments spread over their length; each leaves the old state or the new one.

    What a child had finished is there. Raises HalfDone where one left something else.
    """
    kills = _Kills(path)
    found = {"old": 0, "new": 0}
    for number in Steps.of("killed imports", count):
        found[kills.one(import_once, seed + number)] += 1
    return found


def fails_in_hundreds(path: Path, seed: int, count: int = 50) -> int:
    """The wrong variant, killed as the right one is, fails the same test; returns at which kill it did."""
    kills = _Kills(path)
    for number in range(count):
        try:
            kills.one(import_in_hundreds, seed + number)
        except HalfDone:
            return number + 1
    raise AssertionError(f"an import that commits every hundred rows passed {count} kills")


class _Kills:
    """Imports into the same book, each killed at a moment of its own."""

    def __init__(self, path: Path) -> None:
        self._path, self._back = path, resetting(path)
        self._before, self._revision = _state(path)
        self._longest = crash.seconds(import_once, path) * 1.1

    def one(self, work: Callable[[Path], None], seed: int) -> str:
        """Kill one import; whether it left the old state or the new one."""
        self._back()
        stopped = crash.kill_after(crash.moment(seed, self._longest), work, self._path)
        after, now = _state(self._path)
        if now == self._revision:
            if after != self._before or not stopped:
                raise HalfDone(f"seed {seed}: " + ("not the old state" if stopped else "what was done is lost"))
            return "old"
        rows = len(after["source_row"]) - len(self._before.get("source_row", ()))
        if now != self._revision + 1 or rows != ROWS:
            raise HalfDone(f"seed {seed}: not the new state")
        return "new"


def resetting(path: Path) -> Callable[[], None]:
    """A function that puts a book back as it is now, and what this machine knows of it: how far it had come."""
    home, kept, content = Path(os.environ["PARTNERDESK_HOME"]), path.with_suffix(".home"), path.read_bytes()
    home.mkdir(exist_ok=True)
    shutil.copytree(home, kept)

    def back() -> None:
        path.write_bytes(content)
        path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
        shutil.rmtree(home)
        shutil.copytree(kept, home)

    return back


def _state(path: Path) -> tuple[dict[str, list[tuple[Any, ...]]], int]:
    """What a book holds and its last step. Raises HalfDone where it is broken."""
    with crash.opened(path) as store:
        broken = [f for f in store.check() if f.category in ("file", "references", "schema", "history")]
        if broken:
            raise HalfDone(str(broken))
        return steps.dump(store._reader), store.revision


def undo_or_redo(path: Path) -> None:
    with Store.open(path, user="child") as store:
        (store.undo if store.undo_label else store.redo)()


def kill_undos(path: Path, seed: int, count: int) -> None:
    """Kill an undo or a redo of an import; the import is there or it is not."""
    import_once(path)
    full, _ = _state(path)
    longest = crash.seconds(undo_or_redo, path) * 1.1
    empty, _ = _state(path)
    for number in Steps.of("killed undos", count):
        crash.kill_after(crash.moment(seed + number, longest), undo_or_redo, path)
        assert _state(path)[0] in (full, empty)


def kill_backups(path: Path, seed: int, count: int) -> int:
    """Kill so many backups; each leaves a whole backup or none, and the book as it was. Returns how many stayed."""
    with Store.open(path, user="Ann") as store:
        store.transact("Import", steps.import_rows, ROWS, store.revision + 1)
        book = store.info.id
    before = path.read_bytes()
    longest = crash.seconds(back_up, path) * 1.1
    for number in Steps.of("killed backups", count):
        crash.kill_after(crash.moment(seed + number, longest), back_up, path)
        for backup in listed(book):
            verify(backup, book)
        assert path.read_bytes() == before
        _keep_two(path)
    with crash.opened(path) as store:
        made = store.backup("at the end")
        assert not list(made.path.parent.glob("*.part"))
    return len(listed(book))


def _keep_two(path: Path) -> None:
    for backup in listed_for(path)[1:-1]:
        remove(backup)


def restore_oldest(path: Path) -> None:
    with Store.open(path, user="child") as store:
        store.restore(store.backups()[-1])


def kill_restores(path: Path, seed: int, count: int) -> None:
    """Kill so many restores; the book is the one of before or the one of the backup, whole in either case."""
    with Store.open(path, user="Ann") as store:
        store.transact("Import", steps.import_rows, ROWS, store.revision + 1)
        store.backup("the old state")
        old = steps.dump(store._reader)
    longest = crash.seconds(restore_oldest, path) * 1.1
    for number in Steps.of("killed restores", count):
        with crash.opened(path) as store:
            store.transact("Add", steps.add_person, f"p{store.revision}")
            new = steps.dump(store._reader)
        crash.kill_after(crash.moment(seed + number, longest), restore_oldest, path)
        assert _state(path)[0] in (old, new)
        _keep_two(path)


def migrate_once(path: Path, folder: Path) -> None:
    upgrade(path, next_version(folder))


def kill_migrations(path: Path, folder: Path, seed: int, count: int) -> dict[str, int]:
    """Kill so many migrations; the file is of the one version or of the other, and its rows are the same."""
    next_version(folder)
    old_file = path.read_bytes()
    old = steps.dump_of(path)
    longest = crash.seconds(migrate_once, path, folder) * 1.1
    new = steps.dump_of(path)
    found = {"old": 0, "new": 0}
    for number in Steps.of("killed migrations", count):
        path.write_bytes(old_file)
        crash.kill_after(crash.moment(seed + number, longest), migrate_once, path, folder)
        connection.recover(path)
        raw = connection.connect(path, write=False)
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        (version,) = raw.execute("PRAGMA user_version").fetchone()
        held = steps.dump(raw)
        raw.close()
        assert held == {NEXT - 1: old, NEXT: new}[version]
        found["new" if version == NEXT else "old"] += 1
        _keep_two(path)
    return found
