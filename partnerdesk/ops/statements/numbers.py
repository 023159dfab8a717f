"""The number of a statement, from its period."""

from partnerdesk.engine.period import Period


def statement_number(period: Period) -> str:
    """ST-2026-09."""
    return f"ST-{period.label}"
