"""Which part each column of an official payout plays; the first cell of each stands beside it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from partnerdesk.ui.dialogs.base import BaseDialog
from partnerdesk.ui.widgets.form import Choice, Form
from partnerdesk.ui.widgets.text import Label

if TYPE_CHECKING:
    from partnerdesk.intake.official.reading import Official

PARTS = (
    ("Left out", ""),
    ("Partner", "partner"),
    ("Reference", "reference"),
    ("Day", "day"),
    ("Amount paid", "amount"),
    ("Base", "base"),
    ("Rate", "rate"),
    ("Currency", "currency"),
)


class PayoutColumnsDialog(BaseDialog):
    """Calls `then(choices)` with `column:HEADER` and its part for each column."""

    def __init__(self, parent: QWidget, found: "Official", then: Callable[[dict[str, str]], object]) -> None:
        super().__init__(parent, f"Columns of {found.file}", width=560)
        self._then = then
        says = "A reference names the line, deal, contract or invoice. It is kept for files of this layout."
        self.body.addWidget(Label(says, "body", wrap=True))
        form = Form(label_width=180)
        self.choices: dict[str, Choice] = {}
        for header, part in found.parts.items():
            choice = self.choices[header] = Choice(header, PARTS, lambda _value: None, part)
            form.add(f"{header} ({found.first.get(header, '')[:18]})", choice, width=200)
        self.body.addWidget(form)
        self.problem = Label("", "small", "bad", wrap=True)
        self.body.addWidget(self.problem)
        self.verb = self.offer("Compare")

    def accept(self) -> None:
        """Hand the parts over; the amount is needed, and each part is played once."""
        parts = {header: str(choice.value()) for header, choice in self.choices.items()}
        played = [part for part in parts.values() if part]
        if "amount" not in played or len(set(played)) != len(played):
            self.problem.setText("One column is the amount paid, and each part is played by one column.")
            return
        super().accept()
        self._then({f"column:{header}": part for header, part in parts.items()})
