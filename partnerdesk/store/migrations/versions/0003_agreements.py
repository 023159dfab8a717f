"""Tables for partners' agreements; written out, so that they stay what was released when the models go on."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TEMPLATE = """
CREATE TABLE agreement_template (
	id INTEGER NOT NULL,
	name TEXT NOT NULL,
	text TEXT DEFAULT '' NOT NULL,
	changed TEXT NOT NULL,
	CONSTRAINT pk_agreement_template PRIMARY KEY (id),
	CONSTRAINT uq_agreement_template_name UNIQUE (name)
)
 STRICT
"""
AGREEMENT = """
CREATE TABLE agreement (
	id INTEGER NOT NULL,
	number TEXT NOT NULL,
	partner TEXT NOT NULL,
	version INTEGER NOT NULL,
	issued_on TEXT NOT NULL,
	holds_from TEXT NOT NULL,
	template TEXT NOT NULL,
	program TEXT NOT NULL,
	program_version TEXT NOT NULL,
	content BLOB NOT NULL,
	content_sha256 TEXT NOT NULL,
	document BLOB NOT NULL,
	document_sha256 TEXT NOT NULL,
	file TEXT NOT NULL,
	pages INTEGER NOT NULL,
	issued_by TEXT NOT NULL,
	at TEXT NOT NULL,
	CONSTRAINT pk_agreement PRIMARY KEY (id),
	CONSTRAINT uq_agreement_partner UNIQUE (partner, version)
)
 STRICT
"""
SIGNATURE = """
CREATE TABLE signature (
	id INTEGER NOT NULL,
	agreement INTEGER NOT NULL,
	signed_on TEXT NOT NULL,
	for_partner TEXT NOT NULL,
	for_vendor TEXT NOT NULL,
	sha256 TEXT NOT NULL,
	size INTEGER NOT NULL,
	file TEXT DEFAULT '' NOT NULL,
	recorded_by TEXT NOT NULL,
	at TEXT NOT NULL,
	CONSTRAINT pk_signature PRIMARY KEY (id),
	CONSTRAINT fk_signature_agreement FOREIGN KEY(agreement) REFERENCES agreement (id)
)
 STRICT
"""


def upgrade() -> None:
    """Make the tables."""
    for statement in (TEMPLATE, AGREEMENT, SIGNATURE, "CREATE INDEX ix_signature_agreement ON signature (agreement)"):
        op.execute(statement)


def downgrade() -> None:
    """An agreement would be lost."""
    raise NotImplementedError("restore the backup that was made before the migration")
