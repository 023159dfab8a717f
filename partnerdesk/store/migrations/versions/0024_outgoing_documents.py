"""A table for documents that left, written out, so that it stays what was released."""

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

OUTGOING = """
CREATE TABLE outgoing_document (
	id INTEGER NOT NULL,
	at TEXT NOT NULL,
	day TEXT NOT NULL,
	"by" TEXT NOT NULL,
	kind TEXT NOT NULL,
	partner TEXT NOT NULL,
	about TEXT NOT NULL,
	file TEXT NOT NULL,
	sha256 TEXT NOT NULL,
	recipients TEXT NOT NULL,
	total TEXT,
	currency TEXT NOT NULL,
	CONSTRAINT pk_outgoing_document PRIMARY KEY (id)
)
 STRICT
"""
INDEX = "CREATE INDEX ix_outgoing_document_partner ON outgoing_document (partner, id)"


def upgrade() -> None:
    """Make the table."""
    op.execute(OUTGOING)
    op.execute(INDEX)


def downgrade() -> None:
    """The record of what left would be lost."""
    raise NotImplementedError("restore the backup that was made before the migration")
