"""The first schema of a book.

Until it is released it follows the models; with the first release its tables are written out here and never change.
"""

from alembic import op

from partnerdesk.models import metadata
from partnerdesk.store import schema

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table."""
    schema.create_tables(op.get_bind().connection.dbapi_connection, metadata)


def downgrade() -> None:
    """There is nothing before the first schema."""
    raise NotImplementedError("restore the backup that was made before the migration")
