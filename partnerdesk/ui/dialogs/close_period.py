"""The second confirmation of a close: who prepared, who checked, and the total typed in again."""

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from partnerdesk.errors import Refused
from partnerdesk.ui.dialogs.base import BaseDialog
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.form import Form
from partnerdesk.ui.widgets.text import Label

if TYPE_CHECKING:
    from partnerdesk.queries.statements.closing import Run
    from partnerdesk.reports.format import Formats


class CloseDialog(BaseDialog):
    """Calls `then(maker, checker, total)`; the ops refuse a total that differs."""

    def __init__(
        self,
        parent: QWidget,
        run: "Run",
        formats: "Formats",
        user: str,
        then: Callable[[str, str, Decimal], object],
    ) -> None:
        count = len(run.ready)
        many = f"{count} statement{'s' if count > 1 else ''}"
        super().__init__(parent, f"Close {many} of {formats.month(run.start)}?")
        self._run, self._formats, self._then = run, formats, then
        total = f"{formats.accounting(run.total)} {run.currency}"
        words = (
            f"Their closing balances sum to {total}. Closed statements never change; what turns out later appears in "
            "the next period as an explained difference. Closing cannot be undone."
        )
        self.body.addWidget(Label(words, "body", wrap=True))
        self.body.addSpacing(theme().px(8))
        form = Form(label_width=110)
        self.maker, self.checker, self.total = QLineEdit(user), QLineEdit(), QLineEdit()
        for field, name, hint in (
            (self.maker, "Prepared by", "Your name"),
            (self.checker, "Checked by", "Another person, where there is one"),
            (self.total, "Total again", f"The sum in {run.currency}"),
        ):
            field.setAccessibleName(name)
            field.setPlaceholderText(hint)
            field.setMinimumHeight(theme().measure("control"))
            form.add(name, field, width=260)
        self.body.addWidget(form)
        self.problem = Label("", "small", "bad", wrap=True)
        self.body.addWidget(self.problem)
        self.verb = self.offer(f"Close {many}")
        self.checker.setFocus()

    def accept(self) -> None:
        """Hand the entries over; a missing or wrong one is said under the fields, and the dialog stays."""
        for field, name in ((self.maker, "who prepared it"), (self.checker, "who checked it")):
            if not field.text().strip():
                self._refuse(field, f"A close names {name}. Enter a name.")
                return
        try:
            total = self._formats.parse_number(self.total.text())
        except Refused as refused:
            self._refuse(self.total, f"{refused.sentence} {refused.remedy}".strip())
            return
        if total != self._run.total:
            money = self._formats.accounting
            words = f"The total typed in, {money(total)}, is not the total of this run, {money(self._run.total)}."
            self._refuse(self.total, f"{words} Compare the run with your figures and type it again.")
            return
        super().accept()
        self._then(self.maker.text(), self.checker.text(), total)

    def _refuse(self, field: QLineEdit, words: str) -> None:
        self.problem.setText(words)
        field.setAccessibleDescription(words)
        field.setFocus()
        field.selectAll()
