"""Asks for one sentence, a reason that is kept with a decision."""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from partnerdesk.ui.dialogs.base import BaseDialog
from partnerdesk.ui.widgets.text import Label


class ReasonDialog(BaseDialog):
    """`then(reason)` runs once a reason was typed."""

    def __init__(self, parent: QWidget, title: str, text: str, verb: str, then: Callable[[str], object]) -> None:
        super().__init__(parent, title)
        self._then = then
        self.body.addWidget(Label(text, "body", wrap=True))
        self.reason = QLineEdit()
        self.reason.setAccessibleName("Reason")
        self.reason.setPlaceholderText("Reason, in a sentence")
        self.body.addWidget(self.reason)
        self.problem = Label("", "small", "bad")
        self.body.addWidget(self.problem)
        self.verb = self.offer(verb)
        self.reason.setFocus()

    def accept(self) -> None:
        """Hand the reason over; without one the dialog says so and stays."""
        if not self.reason.text().strip():
            self.problem.setText("A reason is needed.")
            self.reason.setFocus()
            return
        super().accept()
        self._then(self.reason.text())
