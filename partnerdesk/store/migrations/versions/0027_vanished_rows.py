"""Tables for rows that are gone from their source, and for what closed statements had posted of them."""

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

ROWS = """
CREATE TABLE vanished_row (
	id INTEGER NOT NULL,
	kind TEXT NOT NULL,
	fact TEXT NOT NULL,
	system TEXT NOT NULL,
	"key" TEXT NOT NULL,
	says TEXT NOT NULL,
	partners TEXT NOT NULL,
	source TEXT NOT NULL,
	missing TEXT NOT NULL,
	at TEXT NOT NULL,
	"by" TEXT NOT NULL,
	answer TEXT DEFAULT '' NOT NULL,
	evidence TEXT DEFAULT '' NOT NULL,
	answered_at TEXT DEFAULT '' NOT NULL,
	answered_by TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_vanished_row PRIMARY KEY (id),
	CONSTRAINT ck_vanished_row_answer_known CHECK (answer IN ('', 'keep', 'accept')),
	CONSTRAINT ck_vanished_row_partners_json CHECK (json_valid(partners))
)
 STRICT
"""
ENTRIES = """
CREATE TABLE vanished_entry (
	id INTEGER NOT NULL,
	vanished INTEGER NOT NULL,
	partner TEXT NOT NULL,
	closed_to TEXT NOT NULL,
	entry TEXT NOT NULL,
	CONSTRAINT pk_vanished_entry PRIMARY KEY (id),
	CONSTRAINT fk_vanished_entry_vanished FOREIGN KEY(vanished) REFERENCES vanished_row (id)
)
 STRICT
"""
INDEXES = (
    "CREATE INDEX ix_vanished_row_fact ON vanished_row (kind, fact)",
    "CREATE INDEX ix_vanished_entry_partner ON vanished_entry (partner, closed_to)",
)


def upgrade() -> None:
    """Make the tables."""
    for sql in (ROWS, ENTRIES, *INDEXES):
        op.execute(sql)


def downgrade() -> None:
    """What was answered would be forgotten."""
    raise NotImplementedError("restore the backup that was made before the migration")
