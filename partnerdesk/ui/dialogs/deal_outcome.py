"""How a deal went: won for how much, lost or slipped for which reason, and on which day."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from partnerdesk.ui.dialogs.dated import Dated
from partnerdesk.ui.dialogs.ended import EndedDialog

if TYPE_CHECKING:
    from partnerdesk.queries.pipeline.deal_list import ListedDeal
    from partnerdesk.reports.format import Formats


class WonDialog(Dated):
    """Calls `then(day, amount)`."""

    def __init__(
        self, parent: QWidget, row: "ListedDeal", formats: "Formats", then: Callable[[date, Decimal], object]
    ) -> None:
        deal = row.deal
        words = f"{deal.partner_name or 'The partner'} earns for it from that day on, as the program says."
        super().__init__(parent, f"{deal.name or deal.id} was won?", words, formats)
        self._today, self._then = row.as_of, then
        amount = formats.amount(deal.amount, deal.currency) if deal.amount is not None else ""
        self.signed = self.ask(f"Amount, {deal.currency}", "What was signed", amount)
        self.day = self.ask("Won on", "", formats.day(row.as_of))
        self.verb = self.offer("Mark as won")
        self.signed.setFocus()
        self.signed.selectAll()

    def accept(self) -> None:
        """Hand both over; what is missing or wrong is said."""
        if self.missing(self.signed, self.day):
            return
        is_read, amount = self.amount(self.signed)
        day = self.past_day_of(self.day, self._today) if is_read else None
        if day is not None and amount is not None:
            super().accept()
            self._then(day, amount)


class LostDialog(EndedDialog):
    ASKS, DAY, VERB = "lost?", "Lost on", "Mark as lost"
    WORDS = "The reason stands beside the deal, and pays off in the next review."


class SlipDialog(Dated):
    """Calls `then(day, reason)`."""

    def __init__(
        self,
        parent: QWidget,
        rows: "Sequence[ListedDeal]",
        today: date,
        formats: "Formats",
        then: Callable[[date, str], object],
    ) -> None:
        expected = [r.deal.expected_close for r in rows if r.deal.expected_close is not None]
        self._last = max([today, *expected])
        one = rows[0].deal.name or rows[0].id
        what = one if len(rows) == 1 else f"{len(rows)} deals"
        was = f"Expected by {formats.day(self._last)} so far. " if expected else ""
        words = f"{was}The reason and both days stay on the deal's way through the stages."
        super().__init__(parent, f"{what} slipped?", words, formats)
        self._today, self._then = today, then
        self.day = self.ask("Closes now", "12 dec, +2w or a day in full")
        self.reason = self.ask("Reason", "In a sentence")
        self.verb = self.offer("Move")
        self.day.setFocus()

    def accept(self) -> None:
        """Hand both over; what is missing or wrong is said."""
        if self.missing(self.day, self.reason):
            return
        day = self.day_of(self.day, self._today)
        if day is not None and day <= self._last:
            self.refuse(self.day, f"A deal slips to a day after {self._formats.day(self._last)}.")
        elif day is not None:
            super().accept()
            self._then(day, self.reason.text().strip())
