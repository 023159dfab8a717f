"""Making the tables and triggers of a book, and telling whether a file has those of this version.

The tables come from `partnerdesk.models`; how an older file reaches this schema is in `partnerdesk.store.migrate`.
"""

import re
from typing import TYPE_CHECKING, Any

import sqlcipher3.dbapi2 as driver

from partnerdesk.errors import Damaged
from partnerdesk.store import header, search_index
from partnerdesk.store.faults import RESTORE
from partnerdesk.store.triggers import digest, triggers

if TYPE_CHECKING:
    from sqlalchemy import MetaData

# digest(triggers(metadata)) of this version: with it, opening a book need not build the metadata of all tables.
# tests/store/test_schema.py says what it must be.
TRIGGERS = "3de6f4e97d5ce77af9fbd415cc2afd68febd27c5ae207f2a0118eeaa4f2e1691"
_VERSIONS = "alembic_version"  # the migration tool's own table


def revision(version: int = header.SCHEMA_VERSION) -> str:
    """The migration that leads to a schema version."""
    return f"{version:04d}"


def create(raw: Any) -> None:
    """All tables, indexes and triggers, and the version, inside the caller's transaction."""
    from partnerdesk.models import metadata

    create_tables(raw, metadata)
    search_index.make(raw)
    put_triggers(raw, metadata)
    raw.execute(f"PRAGMA application_id = {header.APPLICATION_ID}")
    put_version(raw, header.SCHEMA_VERSION)


def create_tables(raw: Any, metadata: "MetaData") -> None:
    """All tables and indexes."""
    from sqlalchemy.dialects import sqlite
    from sqlalchemy.schema import CreateIndex, CreateTable

    dialect = sqlite.dialect()
    for table in metadata.sorted_tables:
        raw.execute(str(CreateTable(table).compile(dialect=dialect)))
        for index in sorted(table.indexes, key=lambda i: str(i.name)):
            raw.execute(str(CreateIndex(index).compile(dialect=dialect)))


def put_version(raw: Any, version: int) -> None:
    """State the version, for us and for the migration tool."""
    raw.execute(f"PRAGMA user_version = {version}")
    raw.execute(f"CREATE TABLE IF NOT EXISTS {_VERSIONS} (version_num TEXT NOT NULL PRIMARY KEY) STRICT")
    raw.execute(f"DELETE FROM {_VERSIONS}")
    raw.execute(f"INSERT INTO {_VERSIONS} VALUES (?)", (revision(version),))


def put_triggers(raw: Any, metadata: "MetaData") -> None:
    """Replace whatever triggers the file has by the generated set."""
    drop_triggers(raw)
    for sql in triggers(metadata).values():
        raw.execute(sql)


def drop_triggers(raw: Any) -> None:
    """Remove every trigger, so that a migration works on rows alone."""
    for name in _triggers_of(raw):
        raw.execute(f'DROP TRIGGER "{name}"')


def has_triggers(raw: Any) -> bool:
    """Whether the file's triggers are exactly those of this version."""
    found = digest(_triggers_of(raw))
    if found == TRIGGERS:
        return True
    from partnerdesk.models import metadata

    return found == digest(triggers(metadata))


def check_triggers(raw: Any, name: str) -> None:
    """Raise Damaged where a trigger is missing or another: without them undo would lose work."""
    if not has_triggers(raw):
        raise Damaged(f"{name} has lost parts of its history keeping; another program altered it.", RESTORE)


def _triggers_of(raw: Any) -> dict[str, str]:
    return dict(raw.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall())


def differences(raw: Any, metadata: "MetaData") -> list[str]:
    """In which tables the file differs from this version: columns, keys, indexes, names of constraints."""
    fresh = driver.connect(":memory:", isolation_level=None)
    try:
        create_tables(fresh, metadata)
        wanted, found = _shape(fresh), _shape(raw)
    finally:
        fresh.close()
    return sorted(name for name in (wanted.keys() | found.keys()) - {_VERSIONS} if wanted.get(name) != found.get(name))


def _shape(raw: Any) -> dict[str, list[Any]]:
    """What a table is, in terms that do not depend on how its SQL was written."""
    shapes: dict[str, list[Any]] = {}
    tables = raw.execute(
        "SELECT l.name, l.strict, s.sql FROM pragma_table_list l JOIN sqlite_schema s ON s.name = l.name "
        "WHERE l.type = 'table' AND l.schema = 'main' AND l.name NOT LIKE 'sqlite_%'"
    ).fetchall()
    for name, strict, sql in tables:
        columns = raw.execute('SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_info(?)', (name,))
        keys = raw.execute(
            'SELECT "table", "from", "to", on_update, on_delete FROM pragma_foreign_key_list(?)', (name,)
        )
        constraints = sorted(re.findall(r'CONSTRAINT "?(\w+)"?', sql))
        indexes = raw.execute(
            "SELECT sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql > ''", (name,)
        )
        shapes[name] = [strict, *(sorted(rows.fetchall()) for rows in (columns, keys, indexes)), constraints]
    return shapes
