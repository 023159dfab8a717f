"""What became of a renewal: it goes on for as much, more or less, or the customer left."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from partnerdesk.errors import Refused
from partnerdesk.ui.dialogs.dated import Dated
from partnerdesk.ui.dialogs.ended import EndedDialog
from partnerdesk.ui.widgets.text import Label

if TYPE_CHECKING:
    from partnerdesk.queries.pipeline.renewal_calendar import ListedRenewal
    from partnerdesk.reports.format import Formats


class RenewedDialog(Dated):
    """Calls `then(day, amount, outcome)`; the amount says whether it was renewed, expanded or contracted."""

    def __init__(
        self,
        parent: QWidget,
        row: "ListedRenewal",
        formats: "Formats",
        then: Callable[[date, Decimal, str], object],
    ) -> None:
        contract = row.contract
        words = "The next term is as long as this one and begins on the day after it."
        super().__init__(parent, f"{contract.customer_name or contract.id} renews?", words, formats)
        self._today, self._then = row.as_of, then
        self._before, self._currency = contract.recurring, contract.currency
        now = formats.amount(contract.recurring, contract.currency) if contract.recurring is not None else ""
        self.yearly = self.ask(f"Per year, {contract.currency}", "The yearly amount of the next term", now)
        self.day = self.ask("Known on", "", formats.day(row.as_of))
        self.note = Label("", "small", "muted", wrap=True)
        self.body.insertWidget(self.body.indexOf(self.problem), self.note)
        self.verb = self.offer("Mark as renewed")
        self.yearly.textChanged.connect(lambda _text: self._tell())
        self._tell()
        self.yearly.setFocus()
        self.yearly.selectAll()

    def outcome(self, amount: Decimal) -> str:
        """What an amount makes of it."""
        before = self._before
        return "renewed" if before is None or amount == before else "expanded" if amount > before else "contracted"

    def _tell(self) -> None:
        """Name the verb for what the amount makes of it."""
        try:
            amount = self._formats.parse_number(self.yearly.text())
        except Refused:
            return
        self.verb.set_text(f"Mark as {self.outcome(amount)}")
        change = amount - (self._before or amount)
        said = (
            f"{self._formats.change(change, self._currency)} a year against now."
            if change
            else "For the same amount as now."
        )
        self.note.setText(said)

    def accept(self) -> None:
        """Hand both over; what is missing or wrong is said."""
        if self.missing(self.yearly, self.day):
            return
        is_read, amount = self.amount(self.yearly)
        if is_read and amount is not None and amount <= 0:
            self.refuse(self.yearly, "A contract that goes on has an amount above zero. Mark it as churned instead.")
            return
        day = self.past_day_of(self.day, self._today) if is_read else None
        if day is not None and amount is not None:
            super().accept()
            self._then(day, amount, self.outcome(amount))


class ChurnedDialog(EndedDialog):
    ASKS, DAY, VERB = "not renewed?", "Known on", "Mark as churned"
    WORDS = "What was paid for it may be clawed back, as the program says. The panel shows how much beforehand."
