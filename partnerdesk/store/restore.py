"""Putting a backup back in the place of a book: checked completely first, swapped in one step, undone if it fails.

The caller holds the writer lock and has closed every connection to the book.
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from partnerdesk.errors import Damaged, Refused
from partnerdesk.store import connection, header, journal, migrate
from partnerdesk.store.backup import Backup, digest_of, faults_of, listed
from partnerdesk.store.chain import last_seen
from partnerdesk.store.create import sync_folder
from partnerdesk.store.faults import told, told_by_system

_OTHER = "Choose another backup."


def verify(backup: Backup, book: str | None) -> None:
    """Raise Refused or Damaged unless the file is exactly what its manifest says, and a sound backup of `book`."""
    if book is not None and backup.book != book:
        raise Refused(f"This backup is of another book, “{backup.name}”.", "Choose a backup of this book.")
    with told_by_system("The backup"):
        if not backup.path.exists() or digest_of(backup.path) != backup.sha256:
            raise Damaged("This backup was changed or cut short after it was made.", _OTHER)
        version = header.version_of(backup.path)
        if version != backup.version:
            raise Damaged("This backup is not the one that its manifest describes.", _OTHER)
        _same_book(backup)
        if faults_of(backup.path):
            raise Damaged("This backup is damaged.", _OTHER)


def _same_book(backup: Backup) -> None:
    raw = connection.connect(backup.path, write=False)
    try:
        (number,) = raw.execute("SELECT id FROM book").fetchone()
        last = journal.last_step(raw)
    finally:
        raw.close()
    if number != backup.book or (last.id if last else 0, last.hash if last else "") != (backup.op, backup.head):
        raise Damaged("This backup is not the one that its manifest describes.", _OTHER)


def swap(backup: Backup, path: Path, user: str, after: int) -> int:
    """Replace the book at `path` by the backup, with a step that says so, numbered above `after`; returns its number.

    The old file is put back when anything fails.
    """
    with told_by_system(path.name):
        if header.has_journal(path):
            # The journal of the old file would be played into the new one at the next opening.
            raise Damaged(f"{path.name} has an unfinished write beside it.", "Open it once, then restore.")
        temp = path.with_name(f".{path.name}.{os.getpid()}.part")
        temp.unlink(missing_ok=True)
        try:
            connection.make_file(temp)
            shutil.copyfile(backup.path, temp)
            number = _sign(temp, backup, user, after)
            temp.replace(path)
            sync_folder(path.parent)
        finally:
            temp.unlink(missing_ok=True)
    return number


def _sign(temp: Path, backup: Backup, user: str, after: int) -> int:
    """Write the step that records the restore; its number lies above every step that was ever seen in this book."""
    raw = connection.connect(temp, write=True)
    try:
        if backup.version != header.SCHEMA_VERSION:
            migrate.migrate(raw, user, migrate.current())
        with told(temp.name):
            raw.execute("BEGIN IMMEDIATE")
            before, number = journal.begin(raw, at_least=after)
            journal.seal(raw, before, number, user, moment(backup), "restore", before)
            raw.execute("COMMIT")
    finally:
        raw.close()
    return number


def moment(backup: Backup) -> str:
    """What the history calls this restore."""
    return f"Restore the backup of {backup.at:%Y-%m-%d %H:%M} UTC"


def save_present(make: Callable[[str], object], path: Path) -> None:
    """Back up the book as it is by `make`, or, where damage forbids that, keep a plain copy of the file beside it."""
    try:
        make("before a restore")
    except Damaged:
        keep_aside(path)


def recover(path: Path, backup: Backup, user: str) -> None:
    """Replace a book that cannot be opened; it is kept, with its journal, under a name that says so."""
    verify(backup, None)
    if path.exists():
        aside = keep_aside(path)
        if header.has_journal(path):
            header.journal_of(path).rename(header.journal_of(aside))
    seen = last_seen(backup.book)
    swap(backup, path, user, max([seen.op if seen else 0, *(b.op for b in listed(backup.book))]))


def keep_aside(path: Path) -> Path:
    """A copy of a damaged book, under a name that says so."""
    stamp = journal.now()[:19].replace(":", "").replace("-", "")
    aside = path.with_name(f"{path.stem} damaged {stamp}{path.suffix}")
    connection.make_file(aside)
    shutil.copyfile(path, aside)
    return aside


def tables_of(raw: Any) -> frozenset[str]:
    """All tables of a book: what a restore may have changed."""
    rows = raw.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").fetchall()
    return frozenset(name for (name,) in rows)
