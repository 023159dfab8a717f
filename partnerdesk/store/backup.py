"""Backups: a copy of the whole book, checked before it gets its name, with a manifest that says what it must be.

A backup is a file `<moment>.partnerdesk` beside `<moment>.json` in a folder per book; it exists when the manifest
does. How one is put back is in `partnerdesk.store.restore`, which are thrown away in `partnerdesk.store.prune`.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from partnerdesk import paths
from partnerdesk.errors import Damaged
from partnerdesk.store import connection, header, journal
from partnerdesk.store.create import sync_folder
from partnerdesk.store.faults import told_by_system

FORMAT = 1
NOT_COUNTED = ("cache", "current_op")  # derived or empty between steps


@dataclass(frozen=True, slots=True)
class Backup:
    """A verified backup and what its manifest says. `at` is UTC; `op` and `head` are the end of its history."""

    path: Path
    book: str
    name: str
    source: str
    at: datetime
    reason: str
    version: int
    op: int
    head: str
    size: int
    sha256: str
    totals: dict[str, list[int]]

    @property
    def manifest(self) -> Path:
        """The file that describes it."""
        return self.path.with_suffix(".json")


def make(raw: Any, source: Path, reason: str) -> Backup:
    """A verified backup of the book behind a connection on which no transaction is open."""
    number, name = raw.execute("SELECT id, name FROM book").fetchone()
    folder = paths.private(paths.folder("backups") / number)
    temp = folder / f"{os.getpid()}.part"
    with told_by_system("The backup"):
        _clear(folder)
        try:
            _copy(raw, temp)
            wrong = faults_of(temp)
            if wrong or totals(raw) != (counted := _totals_of(temp)):
                raise Damaged("The backup that was just made does not equal the book.", wrong or "Check the disk.")
            made = _describe(raw, temp, folder, (number, name, str(source.resolve()), reason), counted)
            temp.rename(made.path)
            _write(made)
        finally:
            temp.unlink(missing_ok=True)
    return made


def _copy(raw: Any, temp: Path) -> None:
    connection.make_file(temp)
    target = driver.connect(str(temp), isolation_level=None)
    try:
        target.execute("PRAGMA synchronous = 0")  # the whole file is synced once, below
        raw.backup(target)
    finally:
        target.close()
    with temp.open("rb+") as file:
        os.fsync(file.fileno())


def _describe(
    raw: Any, temp: Path, folder: Path, said: tuple[str, str, str, str], counted: dict[str, list[int]]
) -> Backup:
    last = journal.last_step(raw)
    at = journal.now()
    stem = at.replace(":", "").replace("-", "")
    number, name, source, reason = said
    return Backup(
        path=folder / f"{stem}.partnerdesk",
        book=number,
        name=name,
        source=source,
        at=datetime.fromisoformat(at),
        reason=reason,
        version=header.version_of(temp),
        op=last.id if last else 0,
        head=last.hash if last else "",
        size=temp.stat().st_size,
        sha256=digest_of(temp),
        totals=counted,
    )


def _write(made: Backup) -> None:
    values = {k: v for k, v in asdict(made).items() if k != "path"} | {"at": made.at.isoformat(), "format": FORMAT}
    temp = made.manifest.with_suffix(".json.part")
    connection.make_file(temp)
    with temp.open("w", encoding="utf-8") as file:
        json.dump(values, file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    temp.replace(made.manifest)
    sync_folder(made.path.parent)


def _clear(folder: Path) -> None:
    """Remove what a killed backup left: part files, and copies that never got a manifest."""
    for left in folder.glob("*.part"):
        left.unlink()
    for copy in folder.glob(f"*{paths.SUFFIX}"):
        if not copy.with_suffix(".json").exists():
            copy.unlink()


def listed(book: str) -> list[Backup]:
    """The backups of a book, newest first."""
    return _sorted(paths.folder("backups") / book)


def listed_for(path: Path) -> list[Backup]:
    """The backups of the book that lay at a path, newest first: for a file that cannot be opened any more."""
    source = str(path.resolve())
    return sorted(
        (b for folder in paths.folder("backups").iterdir() for b in _sorted(folder) if b.source == source),
        key=lambda b: b.at,
        reverse=True,
    )


def _sorted(folder: Path) -> list[Backup]:
    return sorted(_read(folder), key=lambda b: b.at, reverse=True)


def _read(folder: Path) -> Iterator[Backup]:
    for manifest in folder.glob("*.json"):
        copy = manifest.with_suffix(paths.SUFFIX)
        try:
            values = json.loads(manifest.read_text(encoding="utf-8"))
            values["at"] = datetime.fromisoformat(values["at"])
            named = {f.name: values[f.name] for f in fields(Backup) if f.name != "path"}
        except (ValueError, KeyError, TypeError):
            continue  # not one of our manifests, or cut short: no backup without a readable one
        if copy.exists():
            yield Backup(path=copy, **named)


def digest_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def faults_of(path: Path) -> str:
    """What the database library finds wrong in a file at rest, in its own words; empty where nothing is."""
    raw = connection.connect(path, write=False)
    try:
        found = [str(row[0]) for row in raw.execute("PRAGMA integrity_check(5)") if row[0] != "ok"]
        found += [f"{row[0]} row {row[1]} refers to nothing" for row in raw.execute("PRAGMA foreign_key_check")]
    except driver.DatabaseError as error:
        found = [str(error)]
    finally:
        raw.close()
    return "; ".join(found[:5])


def _totals_of(path: Path) -> dict[str, list[int]]:
    raw = connection.connect(path, write=False)
    try:
        return totals(raw)
    finally:
        raw.close()


def totals(raw: Any) -> dict[str, list[int]]:
    """Per table the number of rows and a checksum of its integers, money among them: equal in equal books."""
    found: dict[str, list[int]] = {}
    names = raw.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").fetchall()
    for (table,) in names:
        if table in NOT_COUNTED:
            continue
        columns = raw.execute("SELECT name FROM pragma_table_info(?) WHERE type = 'INTEGER'", (table,)).fetchall()
        # The low 32 bits of each value, because a sum of whole ones might not fit.
        sums = [f'coalesce(sum("{name}" & 4294967295), 0)' for (name,) in columns]
        found[table] = list(raw.execute(f'SELECT {", ".join(["count(*)", *sums])} FROM "{table}"').fetchone())
    return found
