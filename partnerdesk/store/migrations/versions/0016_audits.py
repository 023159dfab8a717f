"""Tables for metric audits and their samples; written out, so that they stay what was released."""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

AUDIT = """
CREATE TABLE metric_audit (
	id TEXT NOT NULL,
	partner TEXT NOT NULL,
	metric TEXT NOT NULL,
	title TEXT NOT NULL,
	period TEXT NOT NULL,
	version TEXT NOT NULL,
	value TEXT NOT NULL,
	unit TEXT NOT NULL,
	counted INTEGER NOT NULL,
	seed INTEGER NOT NULL,
	day TEXT NOT NULL,
	"by" TEXT NOT NULL,
	at TEXT NOT NULL,
	finished TEXT,
	finished_by TEXT DEFAULT '' NOT NULL,
	conclusion TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_metric_audit PRIMARY KEY (id)
)
 STRICT

"""
ROW = """
CREATE TABLE metric_audit_row (
	id INTEGER NOT NULL,
	audit TEXT NOT NULL,
	number INTEGER NOT NULL,
	stratum INTEGER NOT NULL,
	kind TEXT NOT NULL,
	fact TEXT NOT NULL,
	says TEXT NOT NULL,
	amount TEXT NOT NULL,
	source TEXT NOT NULL,
	finding TEXT DEFAULT '' NOT NULL,
	evidence TEXT DEFAULT '' NOT NULL,
	note TEXT DEFAULT '' NOT NULL,
	changed TEXT DEFAULT '' NOT NULL,
	day TEXT,
	"by" TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_metric_audit_row PRIMARY KEY (id),
	CONSTRAINT uq_metric_audit_row_audit UNIQUE (audit, number),
	CONSTRAINT ck_metric_audit_row_finding_known CHECK (finding IN ('', 'right', 'wrong', 'unverifiable')),
	CONSTRAINT fk_metric_audit_row_audit FOREIGN KEY(audit) REFERENCES metric_audit (id)
)
 STRICT

"""
INDEXES = (
    "CREATE INDEX ix_metric_audit_partner ON metric_audit (partner, metric)",
    "CREATE INDEX ix_metric_audit_row_audit ON metric_audit_row (audit)",
)


def upgrade() -> None:
    """Make the tables."""
    for statement in (AUDIT, ROW, *INDEXES):
        op.execute(statement)


def downgrade() -> None:
    """Audits would be lost."""
    raise NotImplementedError("restore the backup that was made before the migration")
