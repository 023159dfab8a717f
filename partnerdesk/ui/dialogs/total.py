"""A second confirmation: who prepared, who checked, and the total typed in again."""

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from partnerdesk.errors import Refused
from partnerdesk.ui.dialogs.signed import SignedDialog

if TYPE_CHECKING:
    from partnerdesk.reports.format import Formats

Confirmed = Callable[[str, str, Decimal], object]


class TotalDialog(SignedDialog):
    """Calls `then(maker, checker, total)` once both names are there and the total is the one expected.

    A wrong one is not told the right one: a total that is copied from here controls nothing.
    """

    def __init__(self, parent: QWidget, title: str, words: str, verb: str, expected: tuple[Decimal, str]) -> None:
        super().__init__(parent, title, words)
        self._expected, currency = expected
        self.ask_who()
        self.total = self.ask("Total again", f"The sum in {currency}")
        self.close_with(verb)
        self.checker.setFocus()

    def confirm(self, formats: "Formats", user: str, what: str, then: Confirmed) -> None:
        """Show it. `what` is confirmed: a close, a payment run."""
        self._formats, self._what, self._then = formats, what, then
        self.maker.setText(user)
        self.open()

    def accept(self) -> None:
        """Hand the entries over; a missing or wrong one is said under the fields, and the dialog stays."""
        named = (self.maker, "who prepared it"), (self.checker, "who checked it")
        if not self.is_whole((field, f"A {self._what} names {who}. Enter a name.") for field, who in named):
            return
        try:
            total = self._formats.parse_number(self.total.text())
        except Refused as refused:
            self.refuse(self.total, f"{refused.sentence} {refused.remedy}".strip())
            return
        if total != self._expected:
            words = f"The total typed in, {self._formats.accounting(total)}, is not the total of this run."
            self.refuse(self.total, f"{words} Compare the run with your figures and type it again.")
            return
        super().accept()
        self._then(self.maker.text(), self.checker.text(), total)
