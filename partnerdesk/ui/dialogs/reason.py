"""Asks for one sentence that is kept with a decision: its reason, what came of it, or who agreed."""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from partnerdesk.ui.dialogs.base import BaseDialog
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.text import Label


class ReasonDialog(BaseDialog):
    """`then(reason)` runs once one was typed; `what` names another thing than a reason, `says` stands there first."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        text: str,
        verb: str,
        then: Callable[[str], object],
        *,
        what: str = "Reason",
        says: str = "",
    ) -> None:
        super().__init__(parent, title)
        self._then, self._what = then, what
        self.body.addWidget(Label(text, "body", wrap=True))
        self.reason = QLineEdit(says)
        self.reason.setAccessibleName(what)
        self.reason.setPlaceholderText(f"{what}, in a sentence")
        self.reason.setMinimumHeight(theme().measure("control"))
        self.body.addWidget(self.reason)
        self.problem = Label("", "small", "bad")
        self.body.addWidget(self.problem)
        self.verb = self.offer(verb)
        self.reason.setFocus()

    def accept(self) -> None:
        """Hand the reason over; without one the dialog says so and stays."""
        if not self.reason.text().strip():
            self.problem.setText("A reason is needed." if self._what == "Reason" else f"{self._what}: write it down.")
            self.reason.setFocus()
            return
        super().accept()
        self._then(self.reason.text())
