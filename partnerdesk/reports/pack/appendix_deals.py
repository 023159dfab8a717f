"""The full list of deals at the end of the appendix: open ones, and those closed in the period.

It stands below what the appendix ends with where it fits there, else on pages of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from partnerdesk.reports.format import HARD_SPACE, Formats
from partnerdesk.reports.look import Role
from partnerdesk.reports.pack import words
from partnerdesk.reports.pack.data import DealLine, PackData
from partnerdesk.reports.pack.frame import WIDTH
from partnerdesk.reports.page import Column, Row, Table, row
from partnerdesk.reports.page.blocks import Titled

_ROW = Role(8, 11)


@dataclass(frozen=True, slots=True)
class Deals:
    """The list under a heading of its own, and as it stands under the title of a page."""

    title: str
    below: Titled
    alone: Titled


def deals(data: PackData, formats: Formats) -> Deals | None:
    """The list over the whole width; None without a deal."""
    found = data.appendix.deals
    if not found:
        return None
    table = Table(_columns(found, data.currency), _rows(found, formats)).laid(WIDTH)
    title = f"All {words.counted(len(found), 'deal')} of this pack" if len(found) > 1 else "The deal of this pack"
    head = f"Open deals, and those closed in the {words.span(data.period)}"
    return Deals(title, Titled(title, table, head), Titled(head, table))


def _columns(found: Sequence[DealLine], currency: str) -> tuple[Column, ...]:
    return (
        Column("Deal", grow=0.6, least=18),
        Column("Customer", grow=2, least=40),
        Column("What", grow=2, least=40),
        Column("Stage", grow=1, least=24),
        *((Column("In the deal", right=True),) if _is_foreign(found) else ()),
        Column(f"Amount, {currency}", amount=True),
        Column("Closes or closed"),
    )


def _is_foreign(found: Sequence[DealLine]) -> bool:
    return any(deal.own is not None for deal in found)


def _rows(found: Sequence[DealLine], formats: Formats) -> tuple[Row, ...]:
    is_foreign = _is_foreign(found)
    return tuple(
        row(
            deal.deal,
            deal.customer,
            deal.what,
            deal.stage,
            *((_own(deal, formats),) if is_foreign else ()),
            "" if deal.amount is None else formats.accounting(deal.amount),
            formats.day(deal.day) if deal.day else "no date",
            role=_ROW,
        )
        for deal in found
    )


def _own(deal: DealLine, formats: Formats) -> str:
    """`27,800.00 GBP`, as the deal has it."""
    return "" if deal.own is None else f"{formats.accounting(deal.own)}{HARD_SPACE}{deal.currency}"
