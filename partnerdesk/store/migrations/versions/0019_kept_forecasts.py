"""A table for forecasts that were shown, written out, so that it stays what was released."""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

KEPT = """
CREATE TABLE kept_forecast (
	id INTEGER NOT NULL,
	partner TEXT NOT NULL,
	as_of TEXT NOT NULL,
	horizon TEXT NOT NULL,
	shown TEXT NOT NULL,
	at TEXT NOT NULL,
	content TEXT NOT NULL,
	sha256 TEXT NOT NULL,
	CONSTRAINT pk_kept_forecast PRIMARY KEY (id),
	CONSTRAINT uq_kept_forecast_partner UNIQUE (partner, sha256)
)
 STRICT
"""
INDEX = "CREATE INDEX ix_kept_forecast_partner ON kept_forecast (partner, as_of)"


def upgrade() -> None:
    """Make the table."""
    op.execute(KEPT)
    op.execute(INDEX)


def downgrade() -> None:
    """The record of forecasts would be lost."""
    raise NotImplementedError("restore the backup that was made before the migration")
