"""Defects, each planted in a book at rest, with the category and the words by which Check book must name it.

They are written as another program would write them: past the triggers, which are put back afterwards unless their
loss is the defect.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from partnerdesk import paths
from partnerdesk.models import metadata
from partnerdesk.store import Store, connection, schema
from partnerdesk.store.backup import listed_for
from tests.store import steps

Plant = Callable[[Path], object]


def work(path: Path) -> None:
    """A book with a history worth checking: an import, edits, an undo, and a backup."""
    with Store.open(path, user="Ann") as store:
        store.transact("Import", steps.import_rows, 20)
        store.transact("Add Ann", steps.add_person, "p1", "Ann")
        store.transact("Rename", steps.rename, "p1", "Bea")
        store.undo()
        store.backup("before the defect")
        store.transact("Add Bo", steps.add_person, "p2", "Bo")


def by_hand(*statements: str, put_back: bool = True) -> Plant:
    """SQL without triggers in its way."""

    def plant(path: Path) -> None:
        raw = connection.driver.connect(str(path), isolation_level=None)
        raw.execute("BEGIN")
        schema.drop_triggers(raw)
        for sql in statements:
            raw.execute(sql)
        if put_back:
            schema.put_triggers(raw, metadata)
        raw.execute("COMMIT")
        raw.close()

    return plant


def _bytes(at: int, value: bytes) -> Plant:
    def plant(path: Path) -> None:
        with path.open("r+b") as file:
            file.seek(at)
            file.write(value)

    return plant


def _page_of(path: Path, table: str) -> int:
    raw = connection.driver.connect(str(path))
    (page,) = raw.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    raw.close()
    return int(page)


def _broken_page(path: Path) -> None:
    page = _page_of(path, "deal_line")
    _bytes((page - 1) * 4096, b"\xff" * 64)(path)


def _rewritten(path: Path) -> None:
    """The whole history written anew, its chain consistent: only what was seen outside the file can tell."""
    from partnerdesk.store import journal

    raw = connection.driver.connect(str(path), isolation_level=None)
    raw.execute("BEGIN")
    schema.drop_triggers(raw)
    columns = "id, at, by, label, kind, reverses, below, undo_top, redo_top, first, last, changed"
    previous = ""
    for row in raw.execute(f"SELECT {columns} FROM op ORDER BY id").fetchall():
        fields = [*row[:2], "Somebody else", *row[3:]]
        previous = journal.link(previous, fields, journal.rows_hash(raw, row[9], row[10]))
        raw.execute("UPDATE op SET by = ?, hash = ? WHERE id = ?", (fields[2], previous, row[0]))
    schema.put_triggers(raw, metadata)
    raw.execute("COMMIT")
    raw.close()


def _older_file(path: Path) -> None:
    """The book replaced by a copy of an earlier day."""
    made = listed_for(path)[0]
    path.write_bytes(made.path.read_bytes())


def _readable(name: str) -> Plant:
    def plant(path: Path) -> None:
        made = listed_for(path)[0]
        {"book": path, "backup": made.path, "home": paths.home(), "manifest": made.manifest}[name].chmod(0o755)

    return plant


def _short_backup(path: Path) -> None:
    made = listed_for(path)[0]
    made.path.write_bytes(made.path.read_bytes()[:4096])


def _no_backup(path: Path) -> None:
    for made in listed_for(path):
        with suppress(FileNotFoundError):
            made.manifest.unlink()
            made.path.unlink()


_RAISED = "UPDATE deal_line SET amount = amount + 1"
_TAIL = (
    "DELETE FROM person WHERE id = 'p2'",
    "DELETE FROM journal WHERE op = (SELECT max(id) FROM op)",
    "DELETE FROM personal WHERE journal > (SELECT max(id) FROM journal)",
    "DELETE FROM op WHERE id = (SELECT max(id) FROM op)",
)

DEFECTS: dict[str, tuple[Plant, str, str]] = {
    "a page overwritten": (_broken_page, "file", "The file is damaged"),
    "an index that misses a row": (
        by_hand(
            "PRAGMA writable_schema = 1",
            "UPDATE sqlite_schema SET sql = 'CREATE INDEX ix_source_row_place ON source_row (batch, id)' "
            "WHERE name = 'ix_source_row_place'",
            "PRAGMA writable_schema = 0",
        ),
        "file",
        "ix_source_row_place",
    ),
    "a row that refers to nothing": (by_hand("DELETE FROM source_row WHERE row = 3"), "references", "deal_line"),
    "a batch that is gone": (by_hand("DELETE FROM batch"), "references", "batch"),
    "a lost trigger": (by_hand("SELECT 1", put_back=False), "schema", "history keeping"),
    "a lost index": (by_hand("DROP INDEX ix_source_row_place"), "schema", "source_row"),
    "a new column": (by_hand("ALTER TABLE deal ADD COLUMN more TEXT"), "schema", "deal"),
    "a strange table": (by_hand("CREATE TABLE stranger (a)"), "schema", "stranger"),
    "two versions": (by_hand("UPDATE alembic_version SET version_num = '0007'"), "schema", "0007"),
    "a step renamed": (by_hand("UPDATE op SET label = 'Nothing' WHERE id = 2"), "history", "Step 2"),
    "a step signed by another": (by_hand("UPDATE op SET by = 'Eve' WHERE id = 3"), "history", "Step 3"),
    "a step of another day": (by_hand("UPDATE op SET at = '2020' WHERE id = 4"), "history", "Step 4"),
    "a step removed": (by_hand("DELETE FROM op WHERE id = 3"), "history", "Step 4"),
    "two steps exchanged": (
        by_hand(
            "UPDATE op SET id = -3 WHERE id = 3",
            "UPDATE op SET id = 3 WHERE id = 4",
            "UPDATE op SET id = 4 WHERE id = -3",
        ),
        "history",
        "Step 3",
    ),
    "a change altered": (
        by_hand("UPDATE journal SET key = 'p9' WHERE tbl = 'person' AND act = 'U'"),
        "history",
        "Step 4 (Rename) was changed",
    ),
    "a change removed": (by_hand("DELETE FROM journal WHERE tbl = 'person' AND act = 'U'"), "history", "changes"),
    "a change added": (
        by_hand("INSERT INTO journal(op, tbl, act, key) VALUES (2, 'deal', 'I', 'x')"),
        "history",
        "The history lists",
    ),
    "a personal value altered": (
        by_hand("""UPDATE personal SET before = '{"name":"Eve"}' WHERE salt IS NOT NULL"""),
        "history",
        "personal part",
    ),
    "the last step cut off": (by_hand(*_TAIL), "history", "later work is missing"),
    "all of it written anew": (_rewritten, "history", "another copy"),
    "an older file in its place": (_older_file, "history", "later work is missing"),
    "a step left open": (by_hand("INSERT INTO current_op VALUES (1, 99)"), "history", "left open"),
    "a book that others may read": (_readable("book"), "rights", "Book.partnerdesk"),
    "a backup that others may read": (_readable("backup"), "rights", ".partnerdesk"),
    "a manifest that others may read": (_readable("manifest"), "rights", ".json"),
    "a data folder that others may enter": (_readable("home"), "rights", "Others on this machine"),
    "a backup cut short": (_short_backup, "backups", "cut short"),
    "no backup": (_no_backup, "backups", "no verified backup"),
}
if os.name != "posix":
    DEFECTS = {name: defect for name, defect in DEFECTS.items() if defect[1] != "rights"}


def findings_of(path: Path) -> list[Any]:
    """What Check book says of a file, also of one that the store refuses to open."""
    from partnerdesk.store.check import findings

    raw = connection.connect(path, write=False)
    try:
        return findings(raw, path)
    finally:
        raw.close()
