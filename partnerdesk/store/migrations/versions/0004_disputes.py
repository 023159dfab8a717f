"""Tables for disputes and what happened to them; written out, so that they stay what was released."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

DISPUTE = """
CREATE TABLE dispute (
	id TEXT NOT NULL,
	attributes TEXT NOT NULL,
	known_on TEXT,
	partner TEXT NOT NULL,
	day TEXT,
	line TEXT NOT NULL,
	statement TEXT NOT NULL,
	amount INTEGER,
	unpaid INTEGER,
	claimed INTEGER,
	currency TEXT NOT NULL,
	reason TEXT NOT NULL,
	raised_by TEXT NOT NULL,
	answer_by TEXT,
	outcome TEXT NOT NULL,
	decided TEXT,
	decision TEXT NOT NULL,
	decided_by TEXT NOT NULL,
	system TEXT NOT NULL,
	"key" TEXT NOT NULL,
	batch INTEGER,
	source_row INTEGER,
	typed_by TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_dispute PRIMARY KEY (id),
	CONSTRAINT ck_dispute_outcome_known CHECK ("outcome" IN ('open', 'escalated', 'approved', 'partly', 'denied')),
	CONSTRAINT uq_dispute_system UNIQUE (system, "key"),
	CONSTRAINT fk_dispute_batch FOREIGN KEY(batch) REFERENCES batch (id),
	CONSTRAINT fk_dispute_source_row FOREIGN KEY(source_row) REFERENCES source_row (id)
)
 STRICT
"""
STEP = """
CREATE TABLE dispute_step (
	id INTEGER NOT NULL,
	dispute TEXT NOT NULL,
	day TEXT NOT NULL,
	kind TEXT NOT NULL,
	says TEXT NOT NULL,
	"by" TEXT NOT NULL,
	at TEXT NOT NULL,
	CONSTRAINT pk_dispute_step PRIMARY KEY (id),
	CONSTRAINT ck_dispute_step_kind_known CHECK (kind IN ('raised', 'noted', 'escalated', 'decided'))
)
 STRICT
"""
INDEXES = (
    "CREATE INDEX ix_dispute_source_row ON dispute (source_row)",
    "CREATE INDEX ix_dispute_partner ON dispute (partner)",
    "CREATE INDEX ix_dispute_step_dispute ON dispute_step (dispute)",
)


def upgrade() -> None:
    """Make the tables."""
    for statement in (DISPUTE, STEP, *INDEXES):
        op.execute(statement)


def downgrade() -> None:
    """A dispute would be lost."""
    raise NotImplementedError("restore the backup that was made before the migration")
