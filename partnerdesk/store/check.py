"""Check book: what is wrong with a file, by category, in sentences. It repairs nothing and changes no amount.

Categories: file, references, schema, search, history, rights, backups, names.
"""

import os
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from partnerdesk import paths
from partnerdesk.store import backup, chain, header, journal, schema, search_index
from partnerdesk.store.faults import RESTORE

OLD = timedelta(days=7)
SHOWN = 5  # names listed in a sentence


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, in a sentence, and what to do about it."""

    category: str
    sentence: str
    remedy: str = ""


def findings(raw: Any, path: Path, now: datetime | None = None) -> list[Finding]:
    """All findings of a book; none in a book that is in order. `raw` is a connection without a transaction."""
    found = list(_file(raw))
    if found:
        return found + list(_rights(path))  # nothing read from a damaged file is worth a sentence
    (book,) = raw.execute("SELECT id FROM book").fetchone()
    backups = backup.listed(book)
    found += _references(raw)
    found += _schema(raw)
    found += _search(raw)
    found += _history(raw, book, backups)
    found += _rights(path)
    found += _backups(raw, backups, now or datetime.now(UTC))
    found += _names(raw)
    return found


def _file(raw: Any) -> Iterator[Finding]:
    try:
        wrong = [str(row[0]) for row in raw.execute("PRAGMA integrity_check(20)").fetchall()]
    except driver.DatabaseError as error:
        wrong = [str(error)]
    for message in wrong:
        if message != "ok":
            yield Finding("file", f"The file is damaged: {message}.", RESTORE)


def _references(raw: Any) -> Iterator[Finding]:
    for table, row, to, _ in raw.execute("PRAGMA foreign_key_check").fetchall()[:20]:
        yield Finding("references", f"Row {row} of {table} refers to a row of {to} that is not there.", RESTORE)


def _schema(raw: Any) -> Iterator[Finding]:
    from partnerdesk.models import metadata

    for table in schema.differences(raw, metadata):
        yield Finding("schema", f"The table {table} is not as this version makes it.", RESTORE)
    if not schema.has_triggers(raw):
        yield Finding("schema", "Parts of the history keeping are missing or were changed.", RESTORE)
    versions = raw.execute("SELECT group_concat(version_num) FROM alembic_version").fetchone()
    (version,) = raw.execute("PRAGMA user_version").fetchone()
    if versions != (schema.revision(version),):
        yield Finding("schema", f"The file states version {version} and {versions[0]} at once.", RESTORE)


def _search(raw: Any) -> Iterator[Finding]:
    last = journal.last_step(raw)
    if not search_index.is_right(raw, last.id if last else 0):
        yield Finding("search", "The search would not find all that is in this book.", "Its index is made anew.")


def _history(raw: Any, book: str, backups: list[backup.Backup]) -> Iterator[Finding]:
    for sentence in list(chain.broken(raw))[:20]:
        yield Finding("history", sentence, RESTORE)
    seen = chain.last_seen(book)
    heads = [chain.Head(b.op, b.head, f"The backup of {b.at:%Y-%m-%d %H:%M} UTC") for b in backups]
    for sentence in chain.missing(raw, [*([seen] if seen else []), *heads]):
        yield Finding("history", sentence, "Look for the other file, or restore the newest backup.")


def _rights(path: Path) -> Iterator[Finding]:
    if os.name != "posix":
        return
    ours = (paths.home(), paths.folder("backups"), *_inside(paths.folder("backups")))
    for place in (path, header.journal_of(path), *ours):
        if place.exists() and place.stat().st_mode & 0o077:
            yield Finding(
                "rights", f"Others on this machine may read {place.name}.", f"chmod go-rwx {shlex.quote(str(place))}"
            )


def _inside(folder: Path) -> Iterable[Path]:
    return sorted(folder.rglob("*"))


def _backups(raw: Any, backups: list[backup.Backup], now: datetime) -> Iterator[Finding]:
    last = journal.last_step(raw)
    newest = next((b for b in backups if b.at <= now), None)
    remedy = "Make a backup (Data, Backups)."
    if last is None or last.kind == "create":
        return
    if newest is None:
        yield Finding("backups", "There is no verified backup of this book.", remedy)
    elif newest.op < last.id and now - newest.at > OLD:
        days = (now - newest.at).days
        yield Finding("backups", f"The last verified backup is {days} days old, and the book changed since.", remedy)
    for copy in backups:
        if copy.path.stat().st_size != copy.size:
            yield Finding("backups", f"The backup of {copy.at:%Y-%m-%d %H:%M} UTC was cut short.", remedy)


def _names(raw: Any) -> Iterator[Finding]:
    """References between facts that nothing describes: a file may still be missing."""
    from partnerdesk.engine.facts import KINDS, REF, attributes

    for kind in KINDS:
        for name, to in [(a.name, a.to) for a in attributes(kind) if a.kind == REF]:
            missing = raw.execute(
                f'SELECT DISTINCT "{name}" FROM "{kind}" WHERE "{name}" IS NOT NULL AND "{name}" != \'\' '
                f'AND "{name}" NOT IN (SELECT id FROM "{to}") ORDER BY 1'
            ).fetchall()
            if missing:
                yield _undescribed(kind, to, [str(row[0]) for row in missing])
    unknown = [str(row[0]) for row in raw.execute("SELECT id FROM partner WHERE status = 'unknown' ORDER BY 1")]
    if unknown:
        remedy = "Import the file that describes them, or add their details."
        yield Finding("names", f"Known by name only, of kind partner: {_some(unknown)}.", remedy)


def _undescribed(kind: str, to: str, missing: list[str]) -> Finding:
    kind, to = kind.replace("_", " "), to.replace("_", " ")
    return Finding(
        "names",
        f"Rows of kind {kind} name {len(missing):,} of kind {to} that nothing describes: {_some(missing)}.",
        f"Import the file that describes kind {to}, or correct the name.",
    )


def _some(names: list[str]) -> str:
    return ", ".join(names[:SHOWN]) + (f" and {len(names) - SHOWN:,} more" if len(names) > SHOWN else "")
