"""Restating a closed statement: why, who prepared it, who checked it; every figure stays."""

from collections.abc import Callable

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from partnerdesk.queries.statements.approvals import ALONE, NOT_A_LOCK, same_person
from partnerdesk.ui.dialogs.base import BaseDialog
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.form import Form
from partnerdesk.ui.widgets.status import Status
from partnerdesk.ui.widgets.text import Label

WORDS = (
    "The next revision has today's name, tax number, agreement and contact, and every figure of the one it replaces. "
    "Both stay readable. Figures change by a correction in the next period alone. This cannot be undone."
)


class RestateDialog(BaseDialog):
    """Calls `then(reason, maker, checker)` once all three are there."""

    def __init__(self, parent: QWidget, name: str, user: str, then: Callable[[str, str, str], object]) -> None:
        super().__init__(parent, f"Restate {name}?")
        self._then = then
        self.body.addWidget(Label(WORDS, "body", wrap=True))
        self.body.addSpacing(theme().px(8))
        form = Form(label_width=110)
        self.reason, self.maker, self.checker = QLineEdit(), QLineEdit(user), QLineEdit()
        for field, label, hint in (
            (self.reason, "Reason", "In a sentence; the partner reads it"),
            (self.maker, "Prepared by", "Your name"),
            (self.checker, "Checked by", "Another person, where there is one"),
        ):
            field.setPlaceholderText(hint)
            field.setMinimumHeight(theme().measure("control"))
            form.add(label, field, width=260)
        self.body.addWidget(form)
        self.body.addWidget(Label(NOT_A_LOCK, "small", "muted", wrap=True))
        self.alone = Status("warn", f"It will be recorded as {ALONE}.", "small")
        self.body.addWidget(self.alone)
        self.alone.hide()
        for field in (self.maker, self.checker):
            field.textChanged.connect(lambda _text: self._warn())
        self.problem = Label("", "small", "bad", wrap=True)
        self.body.addWidget(self.problem)
        self.verb = self.offer("Restate")
        self.reason.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """A dialog is first made as high as texts that do not wrap."""
        self._fit()
        super().showEvent(event)

    def _fit(self) -> None:
        if (layout := self.layout()) is not None:
            layout.activate()
            self.setMinimumHeight(layout.totalHeightForWidth(self.width()))

    def _warn(self) -> None:
        """One name in both fields is said before it is recorded."""
        names = self.maker.text(), self.checker.text()
        self.alone.setVisible(bool(names[1].strip()) and same_person(*names))
        self._fit()

    def accept(self) -> None:
        """Hand the entries over; a missing one is said under the fields, and the dialog stays."""
        for field, what in (
            (self.reason, "says why"),
            (self.maker, "names who prepared it"),
            (self.checker, "names who checked it"),
        ):
            if not field.text().strip():
                self._refuse(field, f"A restatement {what}.")
                return
        super().accept()
        self._then(self.reason.text(), self.maker.text(), self.checker.text())

    def _refuse(self, field: QLineEdit, words: str) -> None:
        self.problem.setText(words)
        self._fit()
        field.setAccessibleDescription(words)
        field.setFocus()
