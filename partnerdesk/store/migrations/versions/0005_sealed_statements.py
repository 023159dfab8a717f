"""No table changes: the triggers, made anew after the steps, also refuse what is added to a closed statement."""

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing to rewrite."""
