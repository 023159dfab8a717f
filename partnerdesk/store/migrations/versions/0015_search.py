"""The full-text search with its index; an action names the dispute or need it came from, and what it waits for.

Written out, so that it stays what was released. The store fills the index when the step is sealed.
"""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

DOC = """
CREATE TABLE search_doc (
	id INTEGER NOT NULL,
	tbl TEXT NOT NULL,
	"key" TEXT NOT NULL,
	digest INTEGER NOT NULL,
	CONSTRAINT pk_search_doc PRIMARY KEY (id),
	CONSTRAINT uq_search_doc_tbl UNIQUE (tbl, "key")
)
 STRICT
"""
STATE = """
CREATE TABLE search_state (
	one INTEGER NOT NULL,
	op INTEGER NOT NULL,
	shape TEXT NOT NULL,
	CONSTRAINT pk_search_state PRIMARY KEY (one),
	CONSTRAINT ck_search_state_one_row CHECK (one = 1)
)
 STRICT
"""
INDEX = (
    'CREATE VIRTUAL TABLE search_text USING fts5(kind, about, title, body, tokenize="unicode61 remove_diacritics 2")'
)


def upgrade() -> None:
    """Three columns of the action, and the tables of the search."""
    op.execute("ALTER TABLE action ADD COLUMN dispute TEXT")
    for column in ("need", "waiting"):
        op.execute(f"ALTER TABLE action ADD COLUMN {column} TEXT DEFAULT '' NOT NULL")
    for statement in (DOC, STATE, INDEX):
        op.execute(statement)


def downgrade() -> None:
    """What was written in the columns would be lost."""
    raise NotImplementedError("restore the backup that was made before the migration")
