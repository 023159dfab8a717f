"""A dialog that asks for a few texts: fields with their names, and what is wrong with one of them."""

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from partnerdesk.errors import Refused
from partnerdesk.ui.dialogs.base import BaseDialog
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.form import Form
from partnerdesk.ui.widgets.text import Label

if TYPE_CHECKING:
    from partnerdesk.reports.format import Formats

WIDTH = 520


class Asking(BaseDialog):
    """A dialog of text fields: what is wrong stands under them, and it stays open."""

    def __init__(self, parent: QWidget, title: str, words: str, formats: "Formats") -> None:
        super().__init__(parent, title, WIDTH)
        self._formats = formats
        self.body.addWidget(Label(words, "body", wrap=True))
        self.body.addSpacing(theme().px(8))
        self.form = Form(label_width=130)
        self.body.addWidget(self.form)
        self.problem = Label("", "small", "bad", wrap=True)
        self.body.addWidget(self.problem)

    def ask(self, name: str, hint: str, text: str = "") -> QLineEdit:
        """A field of the form."""
        field = QLineEdit(text)
        field.setAccessibleName(name)
        field.setPlaceholderText(hint)
        field.setMinimumHeight(theme().measure("control"))
        self.form.add(name, field, width=310)
        return field

    def refuse(self, field: QWidget, words: str) -> None:
        """Say what is wrong and go to its field."""
        self.problem.setText(words)
        field.setAccessibleDescription(words)
        field.setFocus()
        self.reveal(self.problem)

    def missing(self, *fields: QLineEdit) -> bool:
        """Whether one of these is empty; it is then named."""
        for field in fields:
            if not field.text().strip():
                self.refuse(field, f"“{field.accessibleName()}” is needed.")
                return True
        return False

    def amount(self, field: QLineEdit) -> tuple[bool, Decimal | None]:
        """Whether a field can be read, and its amount; None where it is empty."""
        if not field.text().strip():
            return True, None
        try:
            return True, self._formats.parse_number(field.text())
        except Refused as refused:
            self.refuse(field, f"{refused.sentence} {refused.remedy}".strip())
            return False, None
