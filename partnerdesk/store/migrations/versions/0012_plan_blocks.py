"""The blocks of a joint plan get tables, and rows of a plan say which row of the version before they go on."""

from pathlib import Path

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TABLES = Path(__file__).with_suffix(".sql")
FOLLOWING = ("plan_target", "objective", "decision_right", "risk")


def upgrade() -> None:
    """Add the columns and make the tables."""
    for name in ("wins", "friction", "template"):
        op.execute(f"ALTER TABLE \"plan\" ADD COLUMN {name} TEXT DEFAULT '' NOT NULL")
    for table in FOLLOWING:
        op.execute(f"ALTER TABLE {table} ADD COLUMN follows INTEGER")
    for statement in TABLES.read_text(encoding="utf-8").split(";"):
        if statement.strip():
            op.execute(statement)


def downgrade() -> None:
    """What was written into the blocks would be lost."""
    raise NotImplementedError("restore the backup that was made before the migration")
