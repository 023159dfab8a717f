"""A row that a person removed says whether a file that still holds it asks, or leaves it out."""

from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column more; what was removed by hand asks from now on."""
    op.execute("ALTER TABLE vanished_row ADD COLUMN stays_out TEXT DEFAULT '' NOT NULL")
    op.execute(
        "UPDATE vanished_row SET stays_out = 'ask' WHERE answer = 'accept' AND missing = 'the book, removed by hand'"
    )


def downgrade() -> None:
    """What was answered would be forgotten."""
    raise NotImplementedError("restore the backup that was made before the migration")
