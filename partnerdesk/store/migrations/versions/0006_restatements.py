"""A table for restatements of closed statements; written out, so that it stays what was released."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLE = """
CREATE TABLE restatement (
	id INTEGER NOT NULL,
	statement INTEGER NOT NULL,
	partner TEXT NOT NULL,
	issued TEXT NOT NULL,
	revision INTEGER NOT NULL,
	reason TEXT NOT NULL,
	canonical BLOB NOT NULL,
	sha256 TEXT NOT NULL,
	engine TEXT NOT NULL,
	maker TEXT NOT NULL,
	checker TEXT NOT NULL,
	at TEXT NOT NULL,
	CONSTRAINT pk_restatement PRIMARY KEY (id),
	CONSTRAINT uq_restatement_statement UNIQUE (statement, revision),
	CONSTRAINT ck_restatement_later CHECK (revision > 1),
	CONSTRAINT fk_restatement_statement FOREIGN KEY(statement) REFERENCES statement (id)
)
 STRICT
"""


def upgrade() -> None:
    """Make the table."""
    op.execute(TABLE)


def downgrade() -> None:
    """A restatement would be lost."""
    raise NotImplementedError("restore the backup that was made before the migration")
