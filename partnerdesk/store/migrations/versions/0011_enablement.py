"""Tables for pathways, attendance, playbooks and the library; actions name team and run. Written out as released."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

PATHWAY = """
CREATE TABLE pathway (
	id INTEGER NOT NULL,
	name TEXT NOT NULL,
	product TEXT DEFAULT '' NOT NULL,
	says TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_pathway PRIMARY KEY (id),
	CONSTRAINT uq_pathway_name UNIQUE (name)
)
 STRICT
"""
PATHWAY_STEP = """
CREATE TABLE pathway_step (
	id INTEGER NOT NULL,
	pathway INTEGER NOT NULL,
	position INTEGER NOT NULL,
	form TEXT NOT NULL,
	title TEXT NOT NULL,
	level TEXT DEFAULT '' NOT NULL,
	months INTEGER,
	CONSTRAINT pk_pathway_step PRIMARY KEY (id),
	CONSTRAINT ck_pathway_step_form_known CHECK ("form" IN ('training', 'certificate')),
	CONSTRAINT ck_pathway_step_months_positive CHECK (months > 0),
	CONSTRAINT fk_pathway_step_pathway FOREIGN KEY(pathway) REFERENCES pathway (id)
)
 STRICT
"""
PATHWAY_NEED = """
CREATE TABLE pathway_need (
	id INTEGER NOT NULL,
	step INTEGER NOT NULL,
	needs INTEGER NOT NULL,
	CONSTRAINT pk_pathway_need PRIMARY KEY (id),
	CONSTRAINT ck_pathway_need_another_step CHECK (step <> needs),
	CONSTRAINT uq_pathway_need_step UNIQUE (step, needs),
	CONSTRAINT fk_pathway_need_step FOREIGN KEY(step) REFERENCES pathway_step (id),
	CONSTRAINT fk_pathway_need_needs FOREIGN KEY(needs) REFERENCES pathway_step (id)
)
 STRICT
"""
ATTENDANCE = """
CREATE TABLE attendance (
	id INTEGER NOT NULL,
	partner TEXT NOT NULL,
	activity TEXT NOT NULL,
	person TEXT NOT NULL,
	result TEXT NOT NULL,
	CONSTRAINT pk_attendance PRIMARY KEY (id),
	CONSTRAINT ck_attendance_result_known CHECK ("result" IN ('attended', 'passed', 'failed', 'absent')),
	CONSTRAINT uq_attendance_activity UNIQUE (activity, person)
)
 STRICT
"""
PLAYBOOK = """
CREATE TABLE playbook (
	id INTEGER NOT NULL,
	title TEXT NOT NULL,
	says TEXT DEFAULT '' NOT NULL,
	stages TEXT DEFAULT '' NOT NULL,
	types TEXT DEFAULT '' NOT NULL,
	goal TEXT DEFAULT '' NOT NULL,
	metric TEXT DEFAULT '' NOT NULL,
	workdays INTEGER DEFAULT '1' NOT NULL,
	CONSTRAINT pk_playbook PRIMARY KEY (id)
)
 STRICT
"""
PLAYBOOK_STEP = """
CREATE TABLE playbook_step (
	id INTEGER NOT NULL,
	playbook INTEGER NOT NULL,
	position INTEGER NOT NULL,
	text TEXT NOT NULL,
	side TEXT NOT NULL,
	team TEXT DEFAULT '' NOT NULL,
	role TEXT DEFAULT '' NOT NULL,
	days INTEGER NOT NULL,
	measure TEXT DEFAULT '' NOT NULL,
	internal INTEGER DEFAULT '0' NOT NULL,
	CONSTRAINT pk_playbook_step PRIMARY KEY (id),
	CONSTRAINT ck_playbook_step_side_known CHECK ("side" IN ('vendor', 'partner')),
	CONSTRAINT fk_playbook_step_playbook FOREIGN KEY(playbook) REFERENCES playbook (id)
)
 STRICT
"""
PLAYBOOK_RUN = """
CREATE TABLE playbook_run (
	id INTEGER NOT NULL,
	partner TEXT NOT NULL,
	playbook TEXT NOT NULL,
	title TEXT NOT NULL,
	goal TEXT DEFAULT '' NOT NULL,
	metric TEXT DEFAULT '' NOT NULL,
	start TEXT NOT NULL,
	created TEXT NOT NULL,
	started_by TEXT DEFAULT '' NOT NULL,
	status TEXT NOT NULL,
	ended_on TEXT,
	outcome TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_playbook_run PRIMARY KEY (id),
	CONSTRAINT ck_playbook_run_status_known CHECK ("status" IN ('running', 'done', 'stopped'))
)
 STRICT
"""
LIBRARY_ITEM = """
CREATE TABLE library_item (
	id INTEGER NOT NULL,
	form TEXT NOT NULL,
	title TEXT NOT NULL,
	text TEXT DEFAULT '' NOT NULL,
	tags TEXT DEFAULT '' NOT NULL,
	product TEXT DEFAULT '' NOT NULL,
	partner_type TEXT DEFAULT '' NOT NULL,
	place TEXT DEFAULT '' NOT NULL,
	author TEXT DEFAULT '' NOT NULL,
	created TEXT NOT NULL,
	shared_on TEXT,
	CONSTRAINT pk_library_item PRIMARY KEY (id),
	CONSTRAINT ck_library_item_form_known
	CHECK ("form" IN ('reference architecture', 'lesson learned', 'guide', 'template'))
)
 STRICT
"""
ITEM_USE = """
CREATE TABLE item_use (
	id INTEGER NOT NULL,
	item INTEGER NOT NULL,
	partner TEXT NOT NULL,
	day TEXT NOT NULL,
	used_by TEXT DEFAULT '' NOT NULL,
	result TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_item_use PRIMARY KEY (id),
	CONSTRAINT fk_item_use_item FOREIGN KEY(item) REFERENCES library_item (id)
)
 STRICT
"""
ACTION = (
    "ALTER TABLE action ADD COLUMN team TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE action ADD COLUMN playbook_run INTEGER CONSTRAINT fk_action_playbook_run REFERENCES playbook_run (id)",
)
INDEXES = (
    "CREATE INDEX ix_pathway_step_pathway ON pathway_step (pathway)",
    "CREATE INDEX ix_attendance_partner ON attendance (partner)",
    "CREATE INDEX ix_playbook_step_playbook ON playbook_step (playbook)",
    "CREATE INDEX ix_playbook_run_partner ON playbook_run (partner)",
    "CREATE INDEX ix_item_use_item ON item_use (item)",
    "CREATE INDEX ix_item_use_partner ON item_use (partner)",
    "CREATE INDEX ix_action_playbook_run ON action (playbook_run)",
)
TABLES = (
    PATHWAY,
    PATHWAY_STEP,
    PATHWAY_NEED,
    ATTENDANCE,
    PLAYBOOK,
    PLAYBOOK_STEP,
    PLAYBOOK_RUN,
    LIBRARY_ITEM,
    ITEM_USE,
)


def upgrade() -> None:
    """Make the tables and the two columns."""
    for statement in (*TABLES, *ACTION, *INDEXES):
        op.execute(statement)


def downgrade() -> None:
    """Playbooks and what the library holds would be lost."""
    raise NotImplementedError("restore the backup that was made before the migration")
