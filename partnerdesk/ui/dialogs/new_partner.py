"""A new partner: its name, and what can be said at once; everything else is edited on its page."""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from partnerdesk.ui.dialogs.base import BaseDialog
from partnerdesk.ui.screens.partner_words import TYPES
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.form import Choice, Form
from partnerdesk.ui.widgets.text import Label


class NewPartnerDialog(BaseDialog):
    """Calls `then(name, type, country)`."""

    def __init__(self, parent: QWidget, then: Callable[[str, str, str], object]) -> None:
        super().__init__(parent, "New partner")
        self._then = then
        form = Form(label_width=96)
        self.name, self.country = QLineEdit(), QLineEdit()
        self.name.setAccessibleName("Name")
        self.country.setAccessibleName("Country")
        self.type = Choice("Type", TYPES, lambda _value: None, "reseller")
        for name, field in (("Name", self.name), ("Type", self.type), ("Country", self.country)):
            field.setMinimumHeight(theme().measure("control"))
            form.add(name, field)
        self.body.addWidget(form)
        self.problem = Label("", "small", "bad", wrap=True)
        self.body.addWidget(self.problem)
        self.verb = self.offer("Add partner")
        self.name.setFocus()

    def accept(self) -> None:
        """Hand the entries over; without a name the dialog says so and stays."""
        if not self.name.text().strip():
            self.problem.setText("A partner needs a name.")
            self.name.setFocus()
            return
        super().accept()
        self._then(self.name.text().strip(), str(self.type.value()), self.country.text().strip())
