"""A table for facts that an audit took out of the book, so that a second import does not bring them back."""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

WITHDRAWN = """
CREATE TABLE withdrawn_row (
	id INTEGER NOT NULL,
	kind TEXT NOT NULL,
	system TEXT NOT NULL,
	"key" TEXT NOT NULL,
	audit TEXT NOT NULL,
	CONSTRAINT pk_withdrawn_row PRIMARY KEY (id),
	CONSTRAINT uq_withdrawn_row_kind UNIQUE (kind, system, "key")
)
 STRICT
"""


def upgrade() -> None:
    """Make the table."""
    op.execute(WITHDRAWN)


def downgrade() -> None:
    """What was withdrawn would be forgotten."""
    raise NotImplementedError("restore the backup that was made before the migration")
