"""An action says which deal it is about."""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column more."""
    op.execute("ALTER TABLE action ADD COLUMN deal TEXT")


def downgrade() -> None:
    """What was written in it would be lost."""
    raise NotImplementedError("restore the backup that was made before the migration")
