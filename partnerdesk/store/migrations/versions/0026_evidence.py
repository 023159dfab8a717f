"""What shows that an action was done."""

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column more."""
    op.execute("ALTER TABLE action ADD COLUMN evidence TEXT DEFAULT '' NOT NULL")


def downgrade() -> None:
    """What was written in it would be lost."""
    raise NotImplementedError("restore the backup that was made before the migration")
