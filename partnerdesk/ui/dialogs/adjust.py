"""A manual adjustment: amount, day, reason, who approved it, and what it counts for beside its money."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLineEdit, QWidget

from partnerdesk.errors import Refused
from partnerdesk.ui.dialogs.base import BaseDialog
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.form import Choice, Form
from partnerdesk.ui.widgets.text import Label

if TYPE_CHECKING:
    from partnerdesk.reports.format import Formats

REASONS = (
    ("Correction", "CORRECTION"),
    ("Goodwill", "GOODWILL"),
    ("Outcome of a dispute", "DISPUTE"),
    ("Agreed in the contract", "CONTRACT"),
    ("Other", "OTHER"),
)
COUNTS = (
    ("counts_for_tier", "Counts for the tier"),
    ("counts_for_attainment", "For attainment"),
    ("counts_for_cap", "For the cap"),
)
NO_YES = (("No", False), ("Yes", True))


class AdjustDialog(BaseDialog):
    """Calls `then(fields)` with the keyword arguments of `ops.statements.adjustments.add_adjustment`."""

    def __init__(
        self, parent: QWidget, currency: str, day: date, formats: "Formats", then: Callable[[dict[str, Any]], object]
    ) -> None:
        super().__init__(parent, "New adjustment", width=480)
        self._formats, self._currency, self._then = formats, currency, then
        form = Form(label_width=140)
        self.amount, self.day = QLineEdit(), QLineEdit(formats.day(day))
        self.reason, self.approver, self.line = QLineEdit(), QLineEdit(), QLineEdit()
        self.code = Choice("Reason code", REASONS, lambda _value: None, "CORRECTION")
        for field, name, hint in (
            (self.amount, f"Amount, {currency}", "Below zero to take back"),
            (self.day, "Day", "A day after the last closed statement"),
            (self.code, "Reason code", ""),
            (self.reason, "Reason", "In a sentence; the partner reads it"),
            (self.approver, "Approved by", "A person's name"),
            (self.line, "Corrects line", "The line's id, if it corrects one"),
        ):
            if isinstance(field, QLineEdit):
                field.setPlaceholderText(hint)
                field.setMinimumHeight(theme().measure("control"))
            form.add(name, field, width=260)
        self.counts = {key: Choice(words, NO_YES, lambda _value: None, False) for key, words in COUNTS}
        for key, words in COUNTS:
            form.add(words, self.counts[key], width=260)
        self.body.addWidget(form)
        self.problem = Label("", "small", "bad", wrap=True)
        self.body.addWidget(self.problem)
        self.verb = self.offer("Add adjustment")
        self.amount.setFocus()

    def accept(self) -> None:
        """Hand the entries over; a missing or wrong one is said under the fields, and the dialog stays."""
        if not self.amount.text().strip():
            self._refuse(self.amount, "An adjustment needs an amount.")
            return
        try:
            amount = self._formats.parse_number(self.amount.text())
        except Refused as refused:
            self._refuse(self.amount, f"{refused.sentence} {refused.remedy}".strip())
            return
        try:
            day = self._formats.parse_day(self.day.text())
        except Refused as refused:
            self._refuse(self.day, f"{refused.sentence} {refused.remedy}".strip())
            return
        for field, what in ((self.reason, "a reason in words"), (self.approver, "who approved it")):
            if not field.text().strip():
                self._refuse(field, f"An adjustment needs {what}.")
                return
        fields = {"amount": amount, "day": day, "currency": self._currency, "reason_code": str(self.code.value())}
        texts = {"reason": self.reason.text(), "approver": self.approver.text(), "line": self.line.text()}
        super().accept()
        self._then(fields | texts | {key: field.value() for key, field in self.counts.items()})

    def _refuse(self, field: QLineEdit, words: str) -> None:
        self.problem.setText(words)
        field.setAccessibleDescription(words)
        field.setFocus()
        field.selectAll()
        self.reveal(self.problem)
