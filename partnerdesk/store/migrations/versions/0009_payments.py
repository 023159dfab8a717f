"""Payments say the tax withheld and the item they settle; tables for payment runs. Written out as released."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

PAYMENT = """
CREATE TABLE payment (
	id TEXT NOT NULL,
	attributes TEXT NOT NULL,
	known_on TEXT,
	partner TEXT NOT NULL,
	day TEXT,
	amount INTEGER,
	currency TEXT NOT NULL,
	remittance TEXT NOT NULL,
	method TEXT NOT NULL,
	tax INTEGER,
	instruction TEXT NOT NULL,
	system TEXT NOT NULL,
	"key" TEXT NOT NULL,
	batch INTEGER,
	source_row INTEGER,
	typed_by TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_payment PRIMARY KEY (id),
	CONSTRAINT uq_payment_system UNIQUE (system, "key"),
	CONSTRAINT fk_payment_batch FOREIGN KEY(batch) REFERENCES batch (id),
	CONSTRAINT fk_payment_source_row FOREIGN KEY(source_row) REFERENCES source_row (id)
)
 STRICT
"""
RUN = """
CREATE TABLE payment_run (
	id INTEGER NOT NULL,
	number TEXT NOT NULL,
	day TEXT NOT NULL,
	as_of TEXT NOT NULL,
	currency TEXT NOT NULL,
	total INTEGER NOT NULL,
	maker TEXT NOT NULL,
	checker TEXT NOT NULL,
	at TEXT NOT NULL,
	CONSTRAINT pk_payment_run PRIMARY KEY (id),
	CONSTRAINT uq_payment_run_number UNIQUE (number)
)
 STRICT
"""
ITEM = """
CREATE TABLE payment_item (
	id INTEGER NOT NULL,
	run INTEGER NOT NULL,
	reference TEXT NOT NULL,
	partner TEXT NOT NULL,
	kind TEXT NOT NULL,
	currency TEXT NOT NULL,
	gross INTEGER NOT NULL,
	tax INTEGER NOT NULL,
	net INTEGER NOT NULL,
	due TEXT NOT NULL,
	statements TEXT NOT NULL,
	CONSTRAINT pk_payment_item PRIMARY KEY (id),
	CONSTRAINT uq_payment_item_reference UNIQUE (reference),
	CONSTRAINT ck_payment_item_kind_known CHECK (kind IN ('pay', 'invoice')),
	CONSTRAINT ck_payment_item_amounts CHECK (gross > 0 AND tax >= 0 AND net = gross - tax),
	CONSTRAINT fk_payment_item_run FOREIGN KEY(run) REFERENCES payment_run (id)
)
 STRICT
"""
WITHDRAWAL = """
CREATE TABLE payment_withdrawal (
	id INTEGER NOT NULL,
	item INTEGER NOT NULL,
	day TEXT NOT NULL,
	reason TEXT NOT NULL,
	"by" TEXT NOT NULL,
	at TEXT NOT NULL,
	CONSTRAINT pk_payment_withdrawal PRIMARY KEY (id),
	CONSTRAINT uq_payment_withdrawal_item UNIQUE (item),
	CONSTRAINT fk_payment_withdrawal_item FOREIGN KEY(item) REFERENCES payment_item (id)
)
 STRICT
"""
COLUMNS = (
    "id, attributes, known_on, partner, day, amount, currency, "
    'remittance, method, system, "key", batch, source_row, typed_by'
)
INDEXES = (
    "CREATE INDEX ix_payment_partner ON payment (partner)",
    "CREATE INDEX ix_payment_source_row ON payment (source_row)",
    "CREATE INDEX ix_payment_item_partner ON payment_item (partner)",
)


def upgrade() -> None:
    """Make payment anew with its two columns, and the tables."""
    op.execute("ALTER TABLE payment RENAME TO payment_before")
    for statement in (PAYMENT, RUN, ITEM, WITHDRAWAL):
        op.execute(statement)
    op.execute(f"INSERT INTO payment ({COLUMNS}, instruction) SELECT {COLUMNS}, '' FROM payment_before")
    op.execute("DROP TABLE payment_before")
    for statement in INDEXES:
        op.execute(statement)


def downgrade() -> None:
    """A payment run would be lost."""
    raise NotImplementedError("restore the backup that was made before the migration")
