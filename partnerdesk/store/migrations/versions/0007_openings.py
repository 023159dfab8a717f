"""A table for opening balances of partners taken over; written out, so that it stays what was released."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TABLE = """
CREATE TABLE opening (
	id TEXT NOT NULL,
	attributes TEXT NOT NULL,
	known_on TEXT,
	partner TEXT NOT NULL,
	day TEXT,
	kind TEXT NOT NULL,
	amount INTEGER,
	currency TEXT NOT NULL,
	line TEXT NOT NULL,
	earning TEXT NOT NULL,
	event TEXT,
	waits_for TEXT NOT NULL,
	due TEXT,
	if_active INTEGER,
	deal TEXT,
	contract TEXT,
	customer TEXT,
	product TEXT,
	evidence TEXT NOT NULL,
	system TEXT NOT NULL,
	"key" TEXT NOT NULL,
	batch INTEGER,
	source_row INTEGER,
	typed_by TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_opening PRIMARY KEY (id),
	CONSTRAINT ck_opening_kind_known CHECK ("kind" IN ('vesting', 'holdback', 'payable', 'receivable', 'paid')),
	CONSTRAINT ck_opening_waits_for_known CHECK ("waits_for" IN ('', 'customer live', 'first value', 'contract start')),
	CONSTRAINT uq_opening_system UNIQUE (system, "key"),
	CONSTRAINT fk_opening_batch FOREIGN KEY(batch) REFERENCES batch (id),
	CONSTRAINT fk_opening_source_row FOREIGN KEY(source_row) REFERENCES source_row (id)
)
 STRICT
"""
INDEXES = (
    "CREATE INDEX ix_opening_contract ON opening (contract)",
    "CREATE INDEX ix_opening_deal ON opening (deal)",
    "CREATE INDEX ix_opening_partner ON opening (partner)",
    "CREATE INDEX ix_opening_source_row ON opening (source_row)",
)


def upgrade() -> None:
    """Make the table."""
    for statement in (TABLE, *INDEXES):
        op.execute(statement)


def downgrade() -> None:
    """Opening balances would be lost."""
    raise NotImplementedError("restore the backup that was made before the migration")
