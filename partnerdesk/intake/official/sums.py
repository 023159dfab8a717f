"""Rows that are only the sum of rows above them: told by arithmetic, whatever language their label is in.

Such a row names neither a line nor a day, and its amount is exactly that of the rows since the last sum, or of all
rows so far; or it is how many rows there were. A row that names a partner, of the book or as other rows do, is none.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal

from partnerdesk.intake.official.row import OfficialRow


def without_sums(
    rows: Sequence[OfficialRow], is_partner: Callable[[str], bool] = lambda _text: False
) -> tuple[tuple[OfficialRow, ...], tuple[str, ...]]:
    """The rows that pay something, and the places of those that sum them up."""
    kept: list[OfficialRow] = []
    places: list[str] = []
    partners = {row.partner for row in rows if row.reference or row.day}
    since = whole = Decimal(0)
    for row in rows:
        is_bare = not row.reference and not row.also and not row.day and row.partner not in partners - {""}
        is_bare = is_bare and not is_partner(row.partner)
        if is_bare and kept and row.amount in (since, whole, Decimal(len(kept))):
            places.append(row.place)
            since = Decimal(0)
            continue
        kept.append(row)
        since += row.amount
        whole += row.amount
    return tuple(kept), tuple(places)
