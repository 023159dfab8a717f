"""No table changes: the triggers, made anew after the steps, also refuse what would replace a part of a payment run."""

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing to rewrite."""
