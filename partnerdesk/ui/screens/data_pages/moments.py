"""When something happened, as this computer's clock shows it and the user writes days."""

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from partnerdesk.reports.format import Formats


def moment(at: datetime | str, formats: "Formats") -> str:
    """`19 Nov 2026, 07:30`: the book keeps universal time, a person reads the clock on the wall."""
    known = datetime.fromisoformat(at) if isinstance(at, str) else at
    local = known.astimezone() if known.tzinfo is not None else known
    return f"{formats.day(local.date())}, {local:%H:%M}"
