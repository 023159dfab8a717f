"""A table for drafts of program versions; written out, so that it stays what was released when the models go on."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLE = """
CREATE TABLE program_draft (
	id INTEGER NOT NULL,
	name TEXT NOT NULL,
	text TEXT DEFAULT '' NOT NULL,
	based_on TEXT DEFAULT '' NOT NULL,
	changed TEXT NOT NULL,
	CONSTRAINT pk_program_draft PRIMARY KEY (id)
)
 STRICT
"""


def upgrade() -> None:
    """Make the table."""
    op.execute(TABLE)


def downgrade() -> None:
    """A draft would be lost."""
    raise NotImplementedError("restore the backup that was made before the migration")
