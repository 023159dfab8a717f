"""Tables for named what-ifs, written out, so that they stay what was released."""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
CREATE TABLE scenario (
	id INTEGER NOT NULL,
	partner TEXT NOT NULL,
	name TEXT NOT NULL,
	reason TEXT DEFAULT '' NOT NULL,
	owner TEXT DEFAULT '' NOT NULL,
	created TEXT NOT NULL,
	changed TEXT NOT NULL,
	day TEXT,
	CONSTRAINT pk_scenario PRIMARY KEY (id),
	CONSTRAINT uq_scenario_partner UNIQUE (partner, name)
)
 STRICT
""",
    """
CREATE TABLE scenario_change (
	id INTEGER NOT NULL,
	scenario INTEGER NOT NULL,
	position INTEGER NOT NULL,
	action TEXT NOT NULL,
	"of" TEXT NOT NULL,
	item TEXT DEFAULT '' NOT NULL,
	field TEXT DEFAULT '' NOT NULL,
	value TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_scenario_change PRIMARY KEY (id),
	CONSTRAINT ck_scenario_change_action_known CHECK ("action" IN ('set', 'add', 'remove', 'rule', 'metric')),
	CONSTRAINT fk_scenario_change_scenario FOREIGN KEY(scenario) REFERENCES scenario (id)
)
 STRICT
""",
    "CREATE INDEX ix_scenario_change_scenario ON scenario_change (scenario, position)",
)


def upgrade() -> None:
    """Make the tables."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """The scenarios would be lost."""
    raise NotImplementedError("restore the backup that was made before the migration")
