"""No table changes: the triggers, made anew, also refuse what would replace a closed statement unseen."""

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing to rewrite."""


def downgrade() -> None:
    """Nothing to rewrite."""
