"""A table for holds on deals, customers and partners; written out, so that it stays what was released."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TABLE = """
CREATE TABLE hold (
	id TEXT NOT NULL,
	attributes TEXT NOT NULL,
	known_on TEXT,
	partner TEXT NOT NULL,
	deal TEXT,
	customer TEXT,
	day TEXT,
	reason TEXT NOT NULL,
	placed_by TEXT NOT NULL,
	released TEXT,
	release_reason TEXT NOT NULL,
	released_by TEXT NOT NULL,
	system TEXT NOT NULL,
	"key" TEXT NOT NULL,
	batch INTEGER,
	source_row INTEGER,
	typed_by TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_hold PRIMARY KEY (id),
	CONSTRAINT uq_hold_system UNIQUE (system, "key"),
	CONSTRAINT fk_hold_batch FOREIGN KEY(batch) REFERENCES batch (id),
	CONSTRAINT fk_hold_source_row FOREIGN KEY(source_row) REFERENCES source_row (id)
)
 STRICT
"""
INDEXES = (
    "CREATE INDEX ix_hold_deal ON hold (deal)",
    "CREATE INDEX ix_hold_partner ON hold (partner)",
    "CREATE INDEX ix_hold_source_row ON hold (source_row)",
)


def upgrade() -> None:
    """Make the table."""
    for statement in (TABLE, *INDEXES):
        op.execute(statement)


def downgrade() -> None:
    """Holds would be lost."""
    raise NotImplementedError("restore the backup that was made before the migration")
