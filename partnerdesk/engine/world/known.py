"""What was known of a book on a day of its past: rows as they stood then by their own days, not as they ended up.

A deal that was won in May was an open one in April; a contract that was lost had no outcome before. A comparison with
a past day rests on this, and statements of the sample's past are closed on it, as a person would have closed them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from partnerdesk.engine.facts import Fact, Facts, Payment
from partnerdesk.engine.world.days import happened

Version = tuple[date, Any]

# Days of a row that came after the row itself, and what only they tell, with the value that stood before.
_CAME_LATER: Mapping[str, tuple[tuple[str, Mapping[str, Any]], ...]] = {
    "deal": (("registered", {}), ("closed", {"status": "open", "stage": "", "lost_reason": ""})),
    "contract": (("outcome_on", {"outcome": "open", "outcome_amount": None, "reason": ""}),),
    "deployment": (("kickoff", {}), ("live", {}), ("first_value", {"outcome": ""})),
    "case": (("closed", {"in_time": None}),),
    "hold": (("released", {"release_reason": "", "released_by": ""}),),
    "partner": tuple((name, {}) for name in ("compliance_attested", "data_sharing_attested", "left")),
}
_ALWAYS = ("partner",)  # a partner is in the book before its first deal


class Known:
    """The facts of a book by the day on which each became what it is; payments join as they are made."""

    def __init__(self, everything: Facts) -> None:
        self._first = _first_days(everything)
        self._versions = {kind: [[*self._told(kind, row)] for row in rows] for kind, rows in everything.rows.items()}

    def pay(self, payments: list[Payment]) -> None:
        """Takes payments in, known since their own day."""
        self._versions.setdefault("payment", []).extend([(p.day or date.min, p)] for p in payments)

    def at(self, day: date) -> Facts:
        """The facts as they stood at the end of a day. Unchanged rows are the same objects every time."""
        found = {kind: tuple(_standing(rows, day)) for kind, rows in self._versions.items()}
        return Facts({kind: rows for kind, rows in found.items() if rows})

    def _told(self, kind: str, row: Fact) -> Iterator[Version]:
        """The states of a row, the latest first, each with the day since which it stood."""
        first = self._first_day(kind, row)
        turns = [turn for turn in _CAME_LATER.get(kind, ()) if getattr(row, turn[0]) is not None]
        for name, told in sorted(turns, key=lambda turn: getattr(row, turn[0]), reverse=True):
            day = getattr(row, name)
            if day > first:
                yield day, row
                row = replace(row, **{name: None, **told})
        yield first, row

    def _first_day(self, kind: str, row: Any) -> date:
        if kind in _ALWAYS:
            return date.min
        if kind in ("credit", "deployment") and row.deal:  # agreed with the deal; planned once it was won
            return self._first[kind].get(row.deal, date.min)
        if kind == "deal":
            return row.created or date.min
        return happened(kind, row) or date.min if kind in _DATED or hasattr(row, "day") else date.min


_DATED = ("contract", "certification", "case", "target")


def _first_days(everything: Facts) -> dict[str, dict[str, date]]:
    deals = everything.of("deal")
    return {
        "credit": {deal.id: deal.created for deal in deals if deal.created},
        "deployment": {deal.id: deal.closed for deal in deals if deal.closed},
    }


def _standing(rows: list[list[Version]], day: date) -> Iterator[Any]:
    for versions in rows:
        for since, row in versions:
            if since <= day:
                yield row
                break
