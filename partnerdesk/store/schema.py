"""Making the tables and triggers of a new book, and telling whether a file's triggers are the ones of this version.

The tables come from `partnerdesk.models`; how an older file reaches this schema is in `partnerdesk.store.migrate`.
"""

from typing import Any

from partnerdesk.errors import Damaged
from partnerdesk.store import header
from partnerdesk.store.triggers import digest, triggers

REVISION = "0001"  # the newest migration, in step with header.SCHEMA_VERSION


def create(raw: Any) -> None:
    """All tables, indexes and triggers, and the version, inside the caller's transaction."""
    from sqlalchemy.dialects import sqlite
    from sqlalchemy.schema import CreateIndex, CreateTable

    from partnerdesk.models import metadata

    dialect = sqlite.dialect()
    for table in metadata.sorted_tables:
        raw.execute(str(CreateTable(table).compile(dialect=dialect)))
        for index in sorted(table.indexes, key=lambda i: str(i.name)):
            raw.execute(str(CreateIndex(index).compile(dialect=dialect)))
    raw.execute("CREATE TABLE alembic_version (version_num TEXT NOT NULL PRIMARY KEY) STRICT")
    raw.execute("INSERT INTO alembic_version VALUES (?)", (REVISION,))
    put_triggers(raw)
    raw.execute(f"PRAGMA application_id = {header.APPLICATION_ID}")
    raw.execute(f"PRAGMA user_version = {header.SCHEMA_VERSION}")


def put_triggers(raw: Any) -> None:
    """Replace whatever triggers the file has by the generated set."""
    from partnerdesk.models import metadata

    for name in _found(raw):
        raw.execute(f'DROP TRIGGER "{name}"')
    for sql in triggers(metadata).values():
        raw.execute(sql)


def check_triggers(raw: Any, name: str) -> None:
    """Raise Damaged where the file's triggers are not exactly those of this version: its undo would lose work."""
    found = _found(raw)
    from partnerdesk.models import metadata

    if digest(found) != digest(triggers(metadata)):
        raise Damaged(
            f"{name} has lost or changed parts of its history keeping; another program altered it.",
            "Restore a verified backup.",
        )


def _found(raw: Any) -> dict[str, str]:
    return dict(raw.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall())
