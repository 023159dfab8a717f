"""A note says where a file or page lies that it is about."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column more."""
    op.execute("ALTER TABLE note ADD COLUMN place TEXT DEFAULT '' NOT NULL")


def downgrade() -> None:
    """What was written in it would be lost."""
    raise NotImplementedError("restore the backup that was made before the migration")
