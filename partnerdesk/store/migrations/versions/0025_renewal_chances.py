"""A contract says how likely it is renewed, where a person has said so."""

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column more."""
    op.execute("ALTER TABLE contract ADD COLUMN probability TEXT")


def downgrade() -> None:
    """What a person said would be lost."""
    raise NotImplementedError("restore the backup that was made before the migration")
