"""What is scheduled and what is possible, beside the range on page 7: two runs of the same rules without chances."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from partnerdesk.reports.format import Formats
from partnerdesk.reports.look import CELL, CELL_BOLD, CELL_MUTED
from partnerdesk.reports.pack.data import MonthAhead, OutlookView, PackData
from partnerdesk.reports.page import MM, Paper, Span
from partnerdesk.reports.page.blocks import Item, Listing

_ABOVE = 6 * MM
ZERO = Decimal(0)


def draw_possible(paper: Paper, x: float, top: float, width: float, data: PackData, formats: Formats) -> float:
    """What contracts in force bring, and what all that is open would bring; returns the bottom.

    Nothing where no month lies ahead. The range says what is likely between the two.
    """
    view = data.outlook
    ahead = [month for month in view.months if not month.closed] if view else []
    if view is None or not ahead:
        return top
    since = formats.short_day(data.as_of + timedelta(days=1))
    title = f"Scheduled and possible, {since} to {formats.short_month(ahead[-1].month)}, {data.currency}"
    items = (
        _item("Scheduled", "contracts in force and releases only", _sums(ahead, "earned", "payable", formats)),
        _item("If all closes", _open(view), _sums(ahead, "earned_if_all", "payable_if_all", formats)),
    )
    return Listing(title, items, width, CELL, tail_role=CELL, pad=1.25).draw(paper, x, top + _ABOVE)


def _open(view: OutlookView) -> str:
    """What the second run adds, and the tier that it ends in where that is another one."""
    tier = f"; {view.tier_if_all} at the end" if view.tier_if_all and view.tier_if_all != view.tier else ""
    return f"every dated open deal and renewal{tier}"


def _item(name: str, note: str, tail: str) -> Item:
    return Item((Span(name, CELL_BOLD), Span(f"  {note}", CELL_MUTED)), tail=tail)


def _sums(months: Sequence[MonthAhead], earned: str, payable: str, formats: Formats) -> str:
    sums = [sum((getattr(month, name) for month in months), ZERO) for name in (earned, payable)]
    return f"{formats.number(sums[0])} earned, {formats.number(sums[1])} payable"
