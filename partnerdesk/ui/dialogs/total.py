"""A second confirmation: who prepared, who checked, and the total typed in again."""

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from partnerdesk.errors import Refused
from partnerdesk.queries.statements.approvals import ALONE, NOT_A_LOCK, same_person
from partnerdesk.ui.dialogs.base import BaseDialog
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.form import Form
from partnerdesk.ui.widgets.status import Status
from partnerdesk.ui.widgets.text import Label

if TYPE_CHECKING:
    from partnerdesk.reports.format import Formats

Confirmed = Callable[[str, str, Decimal], object]


class TotalDialog(BaseDialog):
    """Calls `then(maker, checker, total)` once both names are there and the total is the one expected."""

    def __init__(self, parent: QWidget, title: str, words: str, verb: str, expected: tuple[Decimal, str]) -> None:
        super().__init__(parent, title)
        self._expected, currency = expected
        self.body.addWidget(Label(words, "body", wrap=True))
        self.body.addSpacing(theme().px(8))
        form = Form(label_width=110)
        self.maker, self.checker, self.total = QLineEdit(), QLineEdit(), QLineEdit()
        for field, name, hint in (
            (self.maker, "Prepared by", "Your name"),
            (self.checker, "Checked by", "Another person, where there is one"),
            (self.total, "Total again", f"The sum in {currency}"),
        ):
            field.setAccessibleName(name)
            field.setPlaceholderText(hint)
            field.setMinimumHeight(theme().measure("control"))
            form.add(name, field, width=260)
        self.body.addWidget(form)
        self.body.addWidget(Label(NOT_A_LOCK, "small", "muted", wrap=True))
        self.alone = Status("warn", f"It will be recorded as {ALONE}.", "small")
        self.body.addWidget(self.alone)
        self.alone.hide()
        for field in (self.maker, self.checker):
            field.textChanged.connect(lambda _text: self._warn())
        self.problem = Label("", "small", "bad", wrap=True)
        self.body.addWidget(self.problem)
        self.verb = self.offer(verb)
        self.checker.setFocus()

    def confirm(self, formats: "Formats", user: str, what: str, then: Confirmed) -> None:
        """Show it. `what` is confirmed: a close, a payment run."""
        self._formats, self._what, self._then = formats, what, then
        self.maker.setText(user)
        self._fit()
        self.open()

    def _fit(self) -> None:
        """As high as its wrapped texts need; Qt asks a dialog for its height before it knows the width."""
        layout = self.layout()
        assert layout is not None
        layout.activate()
        self.setMinimumHeight(layout.totalHeightForWidth(self.width()))

    def _warn(self) -> None:
        """One name in both fields is said before it is recorded."""
        names = self.maker.text(), self.checker.text()
        self.alone.setVisible(bool(names[1].strip()) and same_person(*names))
        self._fit()

    def accept(self) -> None:
        """Hand the entries over; a missing or wrong one is said under the fields, and the dialog stays."""
        for field, name in ((self.maker, "who prepared it"), (self.checker, "who checked it")):
            if not field.text().strip():
                self._refuse(field, f"A {self._what} names {name}. Enter a name.")
                return
        try:
            total = self._formats.parse_number(self.total.text())
        except Refused as refused:
            self._refuse(self.total, f"{refused.sentence} {refused.remedy}".strip())
            return
        if total != self._expected:
            money = self._formats.accounting
            words = f"The total typed in, {money(total)}, is not the total of this run, {money(self._expected)}."
            self._refuse(self.total, f"{words} Compare the run with your figures and type it again.")
            return
        super().accept()
        self._then(self.maker.text(), self.checker.text(), total)

    def _refuse(self, field: QLineEdit, words: str) -> None:
        self.problem.setText(words)
        self._fit()
        field.setAccessibleDescription(words)
        field.setFocus()
        field.selectAll()
