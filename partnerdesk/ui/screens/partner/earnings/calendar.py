"""The calendar on Earnings: what vests when, what is at risk until when, and the worst case of each customer."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column
from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.widgets.empty import Empty

if TYPE_CHECKING:
    from partnerdesk.queries.partners.calendar import Calendar, CalendarRow
    from partnerdesk.reports.format import Formats
    from partnerdesk.ui.screens.partner.tab import PartnerTab

KINDS = {
    "vests": ("up", "Vests"),
    "released": ("up", "Released"),
    "risk": ("warn", "Can be clawed back until"),
    "leaving": ("bad", "If the customer leaves"),
}


class CalendarPane:
    """The table of the tab's partner; `say` is told what it comes to."""

    def __init__(self, tab: "PartnerTab", say: Callable[[str], object]) -> None:
        self._tab, self._say = tab, say
        self.table = _table(tab)
        self.table.summed.connect(tab.shell.status)
        self.table.asked.connect(tab.ask_why)

    def reload(self) -> None:
        """Read the partner's calendar."""
        from partnerdesk.queries.partners.calendar import calendar

        self._tab.read(calendar, self._tab.partner, self._tab.desk.today(), done=self._show, slot="calendar")

    def _show(self, found: "Calendar") -> None:
        self.table.set_rows(found.rows)
        self._say(calendar_note(found, self._tab.formats))


def _table(tab: "PartnerTab") -> DataTable:
    formats = tab.formats

    def figure(row: "CalendarRow") -> str:
        return row.figure

    columns = [
        Column("day", "Date", lambda r: r.day, formats.day, kinds.DATE, 104),
        Column("kind", "What", lambda r: KINDS[r.kind], kind=kinds.STATUS, width=206),
        Column("customer", "Customer", lambda r: r.customer, kind=kinds.NAME, width=190),
        Column(
            "amount",
            "Amount",
            lambda r: r.amount,
            formats.accounting,
            kinds.ACCOUNTING,
            104,
            strong=True,
            figure=figure,
        ),
        Column("note", "Condition", lambda r: r.note, width=300),
        Column("line", "Line", lambda r: r.line, kind=kinds.MUTED, width=170),
    ]
    table = DataTable(
        "earnings_calendar",
        columns,
        key=lambda row: row.id,
        state=tab.shell.state,
        says="Vesting and clawback",
        measure="figures_row",
    )
    table.set_empty(lambda: Empty("Nothing is held or at risk", "What was earned is safe, and paid or payable."))
    return table


def calendar_note(found: "Calendar", formats: "Formats") -> str:
    """What the table comes to, in half a sentence."""
    parts = [f"{formats.accounting(found.held)} {found.currency} held"]
    if found.at_risk:
        parts.append(f"at most {formats.accounting(found.at_risk)} can be clawed back from the next day on")
    if found.worst is not None:
        parts.append(
            f"worst case {formats.accounting(found.worst.amount)} if {found.worst.customer} leaves the next day"
        )
    return ", ".join(parts)
