"""A made-up next version of the file, for tests of the migration that a real one can not fail.

It gives `setting` a column with a default and a check, through a rebuild of the table as Alembic does it (which
drops its triggers), and rewrites a few rows.
"""

import shutil
from pathlib import Path

from sqlalchemy import CheckConstraint, Column, MetaData, Text

from partnerdesk.models import metadata
from partnerdesk.store import connection, header, migrate, schema
from partnerdesk.store.lock import WriterLock

NEXT = header.SCHEMA_VERSION + 1  # read once: a test makes it this program's version
STEP = """
from alembic import op
import sqlalchemy as sa

revision, down_revision, branch_labels, depends_on = "{next}", "{last}", None, None


def upgrade():
    op.execute("INSERT INTO setting VALUES ('migrated', '1')")
    with op.batch_alter_table("setting") as batch:
        batch.add_column(sa.Column("room", sa.Text(), nullable=False, server_default="all"))
        batch.create_check_constraint("room_known", "room IN ('all', 'mine')")
    {more}
"""


def next_version(folder: Path, more: str = "") -> migrate.Target:
    """The next version, its step in a folder of its own, made there if it is not there yet."""
    steps = folder / "steps"
    if not steps.exists():
        shutil.copytree(migrate.STEPS, steps, ignore=shutil.ignore_patterns("__pycache__"))
        step = STEP.format(more=more, next=schema.revision(NEXT), last=schema.revision(NEXT - 1))
        (steps / "versions" / "next_rooms.py").write_text(step, encoding="utf-8")
    return migrate.Target(NEXT, steps, _next_metadata())


def _next_metadata() -> MetaData:
    made = MetaData(naming_convention=metadata.naming_convention)
    for table in metadata.sorted_tables:
        copied = table.to_metadata(made)
        copied.info = dict(table.info)
    setting = made.tables["setting"]
    setting.append_column(Column("room", Text, nullable=False, server_default="all"))
    setting.append_constraint(CheckConstraint("room IN ('all', 'mine')", name="room_known"))
    return made


def upgrade(path: Path, target: migrate.Target) -> None:
    """As the store does it on opening."""
    lock = WriterLock(path)
    try:
        connection.recover(path)
        migrate.upgrade(path, "Ann", target)
    finally:
        lock.release()
