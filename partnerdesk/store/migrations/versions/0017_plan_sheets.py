"""Workbooks of plans that were sent get a table, and what came back in them; written out as released."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

BLOCKS = (
    "'plan', 'target', 'objective', 'account', 'cell', 'person', 'decision', 'risk', 'level', 'meeting', 'step', "
    "'promise'"
)
SHEET = """
CREATE TABLE plan_sheet (
	id INTEGER NOT NULL,
	partner TEXT NOT NULL,
	"plan" INTEGER NOT NULL,
	"key" TEXT NOT NULL,
	made TEXT NOT NULL,
	file TEXT NOT NULL,
	content BLOB NOT NULL,
	CONSTRAINT pk_plan_sheet PRIMARY KEY (id),
	CONSTRAINT uq_plan_sheet_key UNIQUE ("key")
)
 STRICT
"""
RETURN = """
CREATE TABLE plan_return (
	id INTEGER NOT NULL,
	partner TEXT NOT NULL,
	sheet INTEGER NOT NULL,
	file TEXT NOT NULL,
	sha256 TEXT NOT NULL,
	read_on TEXT NOT NULL,
	read_by TEXT NOT NULL,
	CONSTRAINT pk_plan_return PRIMARY KEY (id),
	CONSTRAINT fk_plan_return_sheet FOREIGN KEY(sheet) REFERENCES plan_sheet (id)
)
 STRICT
"""
PROPOSAL = f"""
CREATE TABLE plan_proposal (
	id INTEGER NOT NULL,
	returned INTEGER NOT NULL,
	block TEXT NOT NULL,
	"row" TEXT DEFAULT '' NOT NULL,
	field TEXT DEFAULT '' NOT NULL,
	label TEXT DEFAULT '' NOT NULL,
	base TEXT DEFAULT '' NOT NULL,
	theirs TEXT DEFAULT '' NOT NULL,
	place TEXT DEFAULT '' NOT NULL,
	status TEXT NOT NULL,
	decided_on TEXT,
	decided_by TEXT DEFAULT '' NOT NULL,
	reason TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_plan_proposal PRIMARY KEY (id),
	CONSTRAINT ck_plan_proposal_block_known CHECK ("block" IN ({BLOCKS})),
	CONSTRAINT ck_plan_proposal_status_known CHECK ("status" IN ('open', 'accepted', 'refused')),
	CONSTRAINT fk_plan_proposal_returned FOREIGN KEY(returned) REFERENCES plan_return (id)
)
 STRICT
"""
INDEX = "CREATE INDEX ix_plan_proposal_returned ON plan_proposal (returned)"


def upgrade() -> None:
    """Make the tables."""
    for statement in (SHEET, RETURN, PROPOSAL, INDEX):
        op.execute(statement)


def downgrade() -> None:
    """What partners proposed would be lost."""
    raise NotImplementedError("restore the backup that was made before the migration")
