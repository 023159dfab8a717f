"""What names who prepared it and who checked it: the two fields, what they are worth, and what is said of them."""

from collections.abc import Iterable

from PySide6.QtWidgets import QLineEdit, QWidget

from partnerdesk.queries.statements.approvals import ALONE, NOT_A_LOCK, same_person
from partnerdesk.ui.dialogs.base import BaseDialog
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.form import Form
from partnerdesk.ui.widgets.status import Status
from partnerdesk.ui.widgets.text import Label


class SignedDialog(BaseDialog):
    """A dialog with `maker` and `checker`, and with fields of its own before and after them."""

    def __init__(self, parent: QWidget, title: str, words: str) -> None:
        super().__init__(parent, title)
        self.body.addWidget(Label(words, "body", wrap=True))
        self.body.addSpacing(theme().px(8))
        self.form = Form(label_width=110)
        self.body.addWidget(self.form)

    def ask_who(self) -> None:
        """Add the two fields."""
        self.maker = self.ask("Prepared by", "Your name")
        self.checker = self.ask("Checked by", "Another person, where there is one")
        for field in (self.maker, self.checker):
            field.textChanged.connect(lambda _text: self._warn())

    def ask(self, name: str, hint: str) -> QLineEdit:
        """Add a field."""
        field = QLineEdit()
        field.setAccessibleName(name)
        field.setPlaceholderText(hint)
        field.setMinimumHeight(theme().measure("control"))
        self.form.add(name, field, width=266)  # to the edge of the words above it
        return field

    def close_with(self, verb: str) -> None:
        """Add what the names are worth, the place for what is wrong, and the button."""
        self.body.addWidget(Label(NOT_A_LOCK, "small", "muted", wrap=True))
        self.alone = Status("warn", f"It will be recorded as {ALONE}.", "small")
        self.body.addWidget(self.alone)
        self.alone.hide()
        self.problem = Label("", "small", "bad", wrap=True)
        self.body.addWidget(self.problem)
        self.verb = self.offer(verb)

    def is_whole(self, fields: Iterable[tuple[QLineEdit, str]]) -> bool:
        """Whether all of these are filled in; what the first that is not would be for is said under the fields."""
        for field, words in fields:
            if not field.text().strip():
                self.refuse(field, words)
                return False
        return True

    def refuse(self, field: QLineEdit, words: str) -> None:
        """Say what is wrong with a field, and go to it."""
        self.problem.setText(words)
        field.setAccessibleDescription(words)
        field.setFocus()
        field.selectAll()
        self.reveal(self.problem)

    def _warn(self) -> None:
        """One name in both fields is said before it is recorded."""
        names = self.maker.text(), self.checker.text()
        self.alone.setVisible(bool(names[1].strip()) and same_person(*names))
        self.fit()
