"""Days as people type them, the same in every field: 24 Nov 2026, `24 nov`, `fri`, `+2w`."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from partnerdesk.reports.format import Formats


def day_reader(today: Callable[[], date], formats: "Formats") -> Callable[[str], date | None]:
    """Reads a day; without a year it is the next one to come, and nothing typed is no day. Refused where it is none."""
    from partnerdesk.ops.joint.quick import day_of

    def read(typed: str) -> date | None:
        if not typed.strip():
            return None
        return day_of(typed, today()) or formats.parse_day(typed)

    return read
