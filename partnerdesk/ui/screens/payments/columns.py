"""The columns of what is due and of the items of payment runs."""

from collections.abc import Callable
from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column

if TYPE_CHECKING:
    from partnerdesk.queries.payments.due import DueRow
    from partnerdesk.queries.payments.runs import ItemRow
    from partnerdesk.reports.format import Formats

KINDS = {"pay": "Pay", "invoice": "Invoice"}
STATES = {
    "open": ("late", "Not paid yet"),
    "partly": ("warn", "Paid in part"),
    "settled": ("good", "Settled"),
    "withdrawn": ("", "Withdrawn"),
}


def due_columns(
    formats: "Formats", open_partner: Callable[[Any], object], open_close: Callable[[Any], object]
) -> list[Column]:
    """What is due to each partner, and what waits for a close, which a click leads to."""
    return [
        Column("name", "Partner", lambda r: r.name, kind=kinds.NAME, width=190, open_it=open_partner),
        Column("kind", "Kind", lambda r: KINDS[r.kind], kind=kinds.MUTED, width=80),
        Column("day", "Due", lambda r: r.day, formats.day, kinds.DATE, 100),
        _money("gross", "Gross", formats),
        _money("tax", "Tax withheld", formats),
        _money("net", "Net", formats, strong=True),
        Column("statements", "Statements", lambda r: r.statements, kind=kinds.MUTED, width=230),
        Column("status", "Status", _waits_in(formats), kind=kinds.STATUS, width=230, open_it=open_close),
    ]


def _waits_in(formats: "Formats") -> Callable[["DueRow"], tuple[str, str]]:
    """Whether a row can be released, or which period is to be closed before."""

    def waits(row: "DueRow") -> tuple[str, str]:
        return ("late", f"Close {formats.label(row.waits_for)} first") if row.waits_for else ("info", "Due")

    return waits


def item_columns(formats: "Formats", open_partner: Callable[[Any], object]) -> list[Column]:
    """Items of released runs, and what was paid of each."""
    return [
        Column("reference", "Item", lambda r: r.reference, kind=kinds.NAME, width=130),
        Column("name", "Partner", lambda r: r.name, kind=kinds.LINK, width=180, open_it=open_partner),
        Column("kind", "Kind", lambda r: KINDS[r.kind], kind=kinds.MUTED, width=80),
        Column("due", "Due", lambda r: r.due, formats.day, kinds.DATE, 100),
        _money("gross", "Gross", formats, hidden=True),
        _money("tax", "Tax withheld", formats, hidden=True),
        _money("net", "Net", formats, strong=True),
        _money("settled", "Paid, with tax", formats),
        Column("paid_on", "Value date", lambda r: r.paid_on, formats.day, kinds.DATE, 100),
        Column("remittance", "Remittance", lambda r: r.remittance, kind=kinds.MUTED, width=140),
        Column("state", "Status", _state_in(formats), kind=kinds.STATUS, width=170),
    ]


def _state_in(formats: "Formats") -> Callable[["ItemRow"], tuple[str, str]]:
    """Where an item stands; what was paid too much is said, since nothing else asks for it back."""

    def state(row: "ItemRow") -> tuple[str, str]:
        return ("warn", f"Settled, {formats.accounting(row.over)} too much") if row.over else STATES[row.state]

    return state


def _money(key: str, title: str, formats: "Formats", *, strong: bool = False, hidden: bool = False) -> Column:
    def amount(value: Decimal) -> str:
        return formats.accounting(value)

    return Column(key, title, attrgetter(key), amount, kinds.ACCOUNTING, 104, strong=strong, hidden=hidden, sums=True)
