"""The column of chances of deals and of renewals: the book's record, until somebody types another one over it."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from partnerdesk.ui.screens.deal_pages.typed import share_reader
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column, Edit

if TYPE_CHECKING:
    from partnerdesk.queries.pipeline.deal_list import Likely
    from partnerdesk.reports.format import Formats

LEARNED = "~"  # before a chance that nobody set
SAYS = "; ~ learned from the book's record, the others set by a person"


def chance_column(
    chances: "Mapping[str, Likely]",
    formats: "Formats",
    of: str,
    own: Callable[[Any], Decimal | None],
    change: Callable[[Any, Decimal | None], object],
) -> Column:
    """A column `of` something, as "How likely it is won"; `own` is what a person set on a row, `change` sets it."""

    def chance(row: Any) -> "Likely | None":
        return chances.get(row.id)

    def said(found: "Likely") -> str:
        return f"{'' if found.is_own else LEARNED}{formats.percent(found.value, 0)}"

    def order(row: Any) -> Decimal | None:
        found = chance(row)
        return found.value if found else None

    def text(row: Any) -> str:
        value = own(row)
        return formats.percent(value, 0) if value is not None else ""

    edit = Edit(text, share_reader(formats), change)
    return Column("chance", "Chance", chance, said, kinds.NUMBER, 58, sort=order, edit=edit, says=of + SAYS)
