"""The first schema of a book, written out beside this file: it stays what was released when the models go on."""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = Path(__file__).with_suffix(".sql")


def upgrade() -> None:
    """Make every table and index."""
    raw = op.get_bind().connection.dbapi_connection
    assert raw is not None
    for statement in TABLES.read_text(encoding="utf-8").split(";\n\n"):
        raw.execute(statement)


def downgrade() -> None:
    """There is nothing before the first schema."""
    raise NotImplementedError("restore the backup that was made before the migration")
