"""What no row of a what-if may say: amounts below zero that cannot be, days beyond any calendar, a parent of itself.

A file may hold such rows and a book then does; whoever asks what would be has mistyped.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from partnerdesk.engine.facts import DAY, MONEY, WHOLE, attributes
from partnerdesk.errors import Refused
from partnerdesk.ops.rows.fact_checks import named

FIRST_YEAR, LAST_YEAR = 1900, 2199
NEVER_BELOW_ZERO = ("deal", "deal_line", "contract", "target")  # others have corrections and credit notes


def refuse_senseless(kind: str, row: Any, fields: Collection[str], partners: Mapping[str, Any]) -> None:
    """Raises Refused for the first of some fields of a row that makes no sense; `partners` are those by id."""
    for a in attributes(kind):
        value = getattr(row, a.name) if a.name in fields else None
        if value is None:
            continue
        is_number = a.kind == WHOLE or (a.kind == MONEY and kind in NEVER_BELOW_ZERO)
        if is_number and value < 0:
            like = "12500" if a.kind == MONEY else "12"
            raise Refused(f"“{a.says}” of a {named(kind)} is not below zero.", f"Write it like {like}.")
        if a.kind == DAY and isinstance(value, date) and not FIRST_YEAR <= value.year <= LAST_YEAR:
            raise Refused(
                f"“{a.says}”: {value} is no day from {FIRST_YEAR} to {LAST_YEAR}.", "Write it like 2026-12-31."
            )
    if kind == "partner" and "parent" in fields:
        _refuse_loop(row, partners)


def _refuse_loop(row: Any, partners: Mapping[str, Any]) -> None:
    above, way = row.parent, {row.id}
    while above is not None:
        if above in way:
            what = "its own parent" if row.parent == row.id else "above and below the same partner"
            raise Refused(f"{row.name} cannot be {what}.", "Name another parent partner, or none.")
        way.add(above)
        above = partners[above].parent if above in partners else None
