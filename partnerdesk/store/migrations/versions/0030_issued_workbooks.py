"""A table for the cells of issued workbooks, written out, so that it stays what was released."""

from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

ISSUED = """
CREATE TABLE issued_workbook (
	id INTEGER NOT NULL,
	statement INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	sha256 TEXT NOT NULL,
	cells BLOB NOT NULL,
	at TEXT NOT NULL,
	CONSTRAINT pk_issued_workbook PRIMARY KEY (id),
	CONSTRAINT uq_issued_workbook_statement UNIQUE (statement, revision, sha256),
	CONSTRAINT fk_issued_workbook_statement FOREIGN KEY(statement) REFERENCES statement (id)
)
 STRICT
"""


def upgrade() -> None:
    """Make the table; what was issued before is drawn anew where it comes back."""
    op.execute(ISSUED)


def downgrade() -> None:
    """What was issued would be lost."""
    raise NotImplementedError("restore the backup that was made before the migration")
