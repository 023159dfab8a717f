"""Reviews have a length, their lines say what they became, pages a place; records and feedback join them.

Written out, so that it stays what was released.
"""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

KINDS = "'agenda', 'win', 'learning', 'ask', 'decision', 'issue', 'feedback', 'recalibrate'"
ITEM = f"""
CREATE TABLE review_item (
	id INTEGER NOT NULL,
	review INTEGER NOT NULL,
	kind TEXT NOT NULL,
	position INTEGER NOT NULL,
	text TEXT NOT NULL,
	detail TEXT DEFAULT '' NOT NULL,
	owner TEXT DEFAULT '' NOT NULL,
	due TEXT,
	minutes INTEGER,
	level INTEGER,
	page TEXT DEFAULT '' NOT NULL,
	became TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_review_item PRIMARY KEY (id),
	CONSTRAINT ck_review_item_kind_known CHECK ("kind" IN ({KINDS})),
	CONSTRAINT ck_review_item_minutes_positive CHECK (minutes > 0),
	CONSTRAINT fk_review_item_review FOREIGN KEY(review) REFERENCES review (id)
)
 STRICT
"""
RECORD = """
CREATE TABLE review_record (
	id INTEGER NOT NULL,
	review INTEGER NOT NULL,
	canonical BLOB NOT NULL,
	sha256 TEXT NOT NULL,
	locale TEXT NOT NULL,
	file TEXT NOT NULL,
	engine TEXT NOT NULL,
	CONSTRAINT pk_review_record PRIMARY KEY (id),
	CONSTRAINT uq_review_record_review UNIQUE (review),
	CONSTRAINT fk_review_record_review FOREIGN KEY(review) REFERENCES review (id)
)
 STRICT
"""
FEEDBACK = """
CREATE TABLE feedback (
	id INTEGER NOT NULL,
	partner TEXT NOT NULL,
	day TEXT NOT NULL,
	voice TEXT NOT NULL,
	said_by TEXT DEFAULT '' NOT NULL,
	metric TEXT DEFAULT '' NOT NULL,
	text TEXT NOT NULL,
	customer TEXT DEFAULT '' NOT NULL,
	shareable INTEGER DEFAULT '0' NOT NULL,
	review INTEGER,
	CONSTRAINT pk_feedback PRIMARY KEY (id),
	CONSTRAINT ck_feedback_voice_known CHECK ("voice" IN ('customer', 'field team', 'partner')),
	CONSTRAINT fk_feedback_review FOREIGN KEY(review) REFERENCES review (id)
)
 STRICT
"""
BEFORE = "id, review, kind, position, text, detail, owner, due, minutes, level, page"
STEPS = (
    "ALTER TABLE review ADD COLUMN minutes INTEGER CONSTRAINT ck_review_minutes_positive CHECK (minutes > 0)",
    "ALTER TABLE review_page ADD COLUMN position INTEGER",
    "ALTER TABLE review_item RENAME TO review_item_before",
    "DROP INDEX ix_review_item_review",
    ITEM,
    f"INSERT INTO review_item ({BEFORE}) SELECT {BEFORE} FROM review_item_before",
    "DROP TABLE review_item_before",
    "CREATE INDEX ix_review_item_review ON review_item (review)",
    RECORD,
    "CREATE INDEX ix_review_record_review ON review_record (review)",
    FEEDBACK,
    "CREATE INDEX ix_feedback_partner ON feedback (partner, day)",
)


def upgrade() -> None:
    """Add what is new; the lines of reviews are made anew, because their kinds are a part of the table."""
    for statement in STEPS:
        op.execute(statement)


def downgrade() -> None:
    """What was written into the new columns and tables would be lost."""
    raise NotImplementedError("restore the backup that was made before the migration")
