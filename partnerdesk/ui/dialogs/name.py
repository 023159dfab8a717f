"""Asks for a name."""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from partnerdesk.ui.dialogs.base import BaseDialog
from partnerdesk.ui.widgets.text import Label


class NameDialog(BaseDialog):
    """`then(name)` runs once a name was typed."""

    def __init__(
        self, parent: QWidget, title: str, text: str, verb: str, then: Callable[[str], object], name: str = ""
    ) -> None:
        super().__init__(parent, title)
        self._then = then
        self.body.addWidget(Label(text, "body", wrap=True))
        self.name = QLineEdit(name)
        self.name.setAccessibleName("Name")
        self.name.selectAll()
        self.body.addWidget(self.name)
        self.problem = Label("", "small", "bad")
        self.body.addWidget(self.problem)
        self.verb = self.offer(verb)
        self.name.setFocus()

    def accept(self) -> None:
        """Hand the name over; without one the dialog says so and stays."""
        if not self.name.text().strip():
            self.problem.setText("A name is needed.")
            self.name.setFocus()
            return
        super().accept()
        self._then(self.name.text().strip())
