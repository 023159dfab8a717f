"""Bringing a book of an earlier version to this one: a verified backup, then one transaction, all of it or nothing.

The steps are Alembic migrations in `migrations/versions`. The generated triggers are dropped before them and made
again from the metadata after them, because rebuilding a table drops its triggers silently; what came out is compared
with the models before it is committed. Undo does not reach behind a migration.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partnerdesk.errors import Damaged
from partnerdesk.store import backup, connection, header, journal, schema
from partnerdesk.store.faults import told_by_system

if TYPE_CHECKING:
    from sqlalchemy import Connection, MetaData

STEPS = Path(__file__).parent / "migrations"


@dataclass(frozen=True, slots=True)
class Target:
    """Where migrations lead: the version, the folder with the steps, the tables that must come out."""

    version: int
    steps: Path
    metadata: "MetaData"


def current() -> Target:
    """The schema of this program."""
    from partnerdesk.models import metadata

    return Target(header.SCHEMA_VERSION, STEPS, metadata)


def upgrade(path: Path, user: str, target: Target | None = None) -> backup.Backup:
    """Back up the book and migrate it; the caller holds the writer lock. Returns the backup of the old book."""
    with told_by_system(path.name):
        raw = connection.connect(path, write=True)
        try:
            made = backup.make(raw, path, "before an update of the file")
            migrate(raw, user, target or current())
        finally:
            raw.close()
    return made


def migrate(raw: Any, user: str, target: Target) -> None:
    """Run the steps on a connection outside a transaction; raises Damaged, with nothing changed, if they fail."""
    (version,) = raw.execute("PRAGMA user_version").fetchone()
    raw.execute("PRAGMA foreign_keys = 0")  # rebuilding a table drops it; the references are checked below
    with connection.engine(raw, "BEGIN IMMEDIATE").connect() as on, on.begin():
        before, number = journal.begin(raw)
        schema.drop_triggers(raw)
        _run(on, target)
        schema.put_triggers(raw, target.metadata)
        schema.put_version(raw, target.version)
        journal.seal(raw, before, number, user, f"Update the file from version {version}", "migrate")
        _check(raw, target)
    raw.execute("PRAGMA foreign_keys = 1")


def _run(on: "Connection", target: Target) -> None:
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(str(target.steps))
    last = schema.revision(target.version)
    with EnvironmentContext(Config(), script, fn=lambda found, _: script._upgrade_revs(last, found)) as environment:
        environment.configure(connection=on, target_metadata=target.metadata, render_as_batch=True)
        environment.run_migrations()


def _check(raw: Any, target: Target) -> None:
    wrong = schema.differences(raw, target.metadata)
    if wrong:
        raise Damaged(f"The update of the file did not arrive at version {target.version} in: {', '.join(wrong)}.")
    if raw.execute("PRAGMA foreign_key_check").fetchone():
        raise Damaged("The update of the file would leave rows that refer to nothing.", "The file was not changed.")
