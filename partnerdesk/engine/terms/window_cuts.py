"""Windows of several periods, by the days that cut time into the pieces that overlapping windows share."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple, TypeAlias

from partnerdesk.engine.terms.measured import NOTHING, Measured

_DAY = timedelta(days=1)
# A period's key in the tables of metrics, and the first and last day of its window; None means: ever.
Days: TypeAlias = tuple[object, date | None, date]


class Cuts(NamedTuple):
    """A span is a period's key with the places of the cut on its first day and of the one after its last.

    `nothing` is what each period measures where there is no fact.
    """

    days: list[date]
    spans: list[tuple[object, int, int]]
    nothing: dict[object, Measured[Any]]

    @classmethod
    def of(cls, windows: Sequence[Days]) -> "Cuts":
        """Those of some windows; one that begins at no day begins at the first there is."""
        found = [(key, start or date.min, min(end, date.max - _DAY) + _DAY) for key, start, end in windows]
        days = sorted({day for _, *both in found for day in both})
        at = {day: place for place, day in enumerate(days)}
        spans = [(key, at[start], at[after]) for key, start, after in found]
        return cls(days, spans, dict.fromkeys([key for key, _, _ in found], NOTHING))
