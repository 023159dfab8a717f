"""Payments say the bank's reference, the account, fees, the statements they cover and a self-billing invoice.

Written out as released.
"""

from alembic import op

revision = "0028"
down_revision = "0027"
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
	bank_reference TEXT NOT NULL,
	bank_account TEXT NOT NULL,
	fees INTEGER,
	statements TEXT NOT NULL,
	invoice TEXT NOT NULL,
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
COLUMNS = (
    "id, attributes, known_on, partner, day, amount, currency, remittance, method, tax, instruction, "
    'system, "key", batch, source_row, typed_by'
)
INDEXES = (
    "CREATE INDEX ix_payment_partner ON payment (partner)",
    "CREATE INDEX ix_payment_source_row ON payment (source_row)",
)


def upgrade() -> None:
    """Make payment anew with its columns; what is paid already says none of them."""
    op.execute("ALTER TABLE payment RENAME TO payment_before")
    op.execute(PAYMENT)
    op.execute(
        f"INSERT INTO payment ({COLUMNS}, bank_reference, bank_account, statements, invoice) "
        f"SELECT {COLUMNS}, '', '', '', '' FROM payment_before"
    )
    op.execute("DROP TABLE payment_before")
    for statement in INDEXES:
        op.execute(statement)


def downgrade() -> None:
    """What payments say would be lost."""
    raise NotImplementedError("restore the backup that was made before the migration")
