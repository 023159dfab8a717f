"""Connections to a book: the one driver, the settings that keep work safe, and SQLAlchemy on top of them.

A live book is opened through sqlcipher3 alone: a second SQLite library on the same file would drop the locks of the
first. Every setting is read back, because SQLite answers an unknown or refused PRAGMA with silence.
"""

import os
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import StaticPool

from partnerdesk.errors import Damaged

OLDEST_LIBRARY = (3, 51, 3)  # earlier ones can corrupt a file that two connections use
BUSY_MS = 5000
EVERY_CONNECTION: dict[str, int | str] = {
    "busy_timeout": BUSY_MS,
    "journal_mode": "delete",
    "synchronous": 3,  # EXTRA: the folder is synced too, so a power cut cannot bring back a finished journal
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "secure_delete": 1,
    "mmap_size": 0,
    "temp_store": 2,
    "cache_size": -65536,
}
WRITER: dict[str, int | str] = {"cache_spill": 0, "query_only": 0}  # a spill would lock readers out before commit
READER: dict[str, int | str] = {"query_only": 1}


def check_library(version: tuple[int, ...] = driver.sqlite_version_info) -> None:
    """Refuse to work on an SQLite library that can lose data."""
    if version < OLDEST_LIBRARY:
        have, need = (".".join(map(str, v)) for v in (version, OLDEST_LIBRARY))
        raise Damaged(
            f"The database library on this machine is SQLite {have}, which can damage a book.",
            f"Install sqlcipher3 0.6.4 or newer, which brings SQLite {need} or newer.",
        )


def connect(path: Path, *, write: bool) -> Any:
    """A DBAPI connection in autocommit mode (transactions are begun explicitly) with all settings asserted."""
    check_library()
    mode = "rw" if write else "ro"
    raw = driver.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False, timeout=0
    )
    try:
        _set(raw, EVERY_CONNECTION | (WRITER if write else READER), write)
    except BaseException:
        raw.close()
        raise
    return raw


def _set(raw: Any, settings: dict[str, int | str], write: bool) -> None:
    cursor = raw.cursor()
    for name, value in settings.items():
        if name == "journal_mode" and not write:
            continue  # a reader cannot change it; the file carries it
        cursor.execute(f"PRAGMA {name}={value}")
        cursor.fetchall()
        got = cursor.execute(f"PRAGMA {name}").fetchone()
        # mmap_size answers nothing where memory mapping is compiled out, which is what is asked for.
        if got is not None and got[0] != value:
            raise Damaged(f"This book cannot be opened safely: {name} is {got[0]} instead of {value}.")
    cursor.close()


def copy_in_memory(raw: Any, *, write: bool = True) -> Any:
    """A connection to a copy of a book that lives in memory alone, with the settings of a writer or of a reader."""
    copy = driver.connect(":memory:", isolation_level=None, check_same_thread=False)
    try:
        raw.backup(copy)
        settings = EVERY_CONNECTION | (WRITER if write else READER)
        _set(copy, {name: value for name, value in settings.items() if name != "journal_mode"}, write)
    except BaseException:
        copy.close()
        raise
    return copy


def engine(raw: Any, begin: str) -> Engine:
    """SQLAlchemy on exactly this connection; `begin` is the statement that opens each transaction."""
    made = create_engine(
        "sqlite+pysqlite://",
        module=driver,
        creator=lambda: raw,
        poolclass=StaticPool,
        hide_parameters=True,
        pool_reset_on_return="rollback",
    )

    @event.listens_for(made, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    @event.listens_for(made, "commit")
    @event.listens_for(made, "rollback")
    def _ended(connection: Any) -> None:
        # What was kept of the book as it was then (`Connection.info`) may hold what is no more; the next step writes
        # before it reads, so that nothing of it would be asked for again.
        if raw.total_changes:
            connection.info.clear()

    return made


def make_file(path: Path) -> None:
    """An empty file that only its owner reads, made before any content; refuses to replace one."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def recover(path: Path) -> None:
    """Roll back what a killed writer left half written; a book in order is not changed."""
    raw = driver.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=BUSY_MS / 1000)
    try:
        raw.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    finally:
        raw.close()
