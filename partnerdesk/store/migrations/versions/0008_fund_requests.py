"""Fund entries name their request, cost, joint project, result, proof and who decided; written out as released."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TABLE = """
CREATE TABLE fund_entry (
	id TEXT NOT NULL,
	attributes TEXT NOT NULL,
	known_on TEXT,
	partner TEXT NOT NULL,
	fund TEXT NOT NULL,
	kind TEXT NOT NULL,
	day TEXT,
	amount INTEGER,
	currency TEXT NOT NULL,
	activity TEXT,
	due TEXT,
	request TEXT,
	cost INTEGER,
	project TEXT NOT NULL,
	result TEXT NOT NULL,
	evidence TEXT NOT NULL,
	approver TEXT NOT NULL,
	system TEXT NOT NULL,
	"key" TEXT NOT NULL,
	batch INTEGER,
	source_row INTEGER,
	typed_by TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_fund_entry PRIMARY KEY (id),
	CONSTRAINT uq_fund_entry_system UNIQUE (system, "key"),
	CONSTRAINT fk_fund_entry_batch FOREIGN KEY(batch) REFERENCES batch (id),
	CONSTRAINT fk_fund_entry_source_row FOREIGN KEY(source_row) REFERENCES source_row (id)
)
 STRICT
"""
BEFORE = 'id, attributes, known_on, partner, fund, kind, day, amount, currency, activity, due, system, "key", batch'
COPY = f"""
INSERT INTO fund_entry ({BEFORE}, source_row, typed_by, project, result, evidence, approver)
SELECT {BEFORE}, source_row, typed_by, '', '', '', '' FROM fund_entry_before
"""
STEPS = (
    "ALTER TABLE fund_entry RENAME TO fund_entry_before",
    "DROP INDEX ix_fund_entry_partner",
    "DROP INDEX ix_fund_entry_source_row",
    TABLE,
    COPY,
    "DROP TABLE fund_entry_before",
    "CREATE INDEX ix_fund_entry_partner ON fund_entry (partner)",
    "CREATE INDEX ix_fund_entry_source_row ON fund_entry (source_row)",
)


def upgrade() -> None:
    """Make the table anew with its new columns; what stood in it stays."""
    for statement in STEPS:
        op.execute(statement)


def downgrade() -> None:
    """What was written into the new columns would be lost."""
    raise NotImplementedError("restore the backup that was made before the migration")
