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
    from partnerdesk.queries.closing import Run
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
        super().__init__(parent, f"Close {count} statements of {formats.month(run.start)}?")
        self._formats, self._then = formats, then
        total = f"{formats.accounting(run.total)} {run.currency}"
        words = (
            f"Their closing balances sum to {total}. Closed statements never change; what turns out later appears in "
            "the next period as an explained difference. Closing cannot be undone."
        )
        self.body.addWidget(Label(words, "body", wrap=True))
        self.body.addSpacing(theme().px(8))
        form = Form()
        self.maker, self.checker, self.total = QLineEdit(user), QLineEdit(), QLineEdit()
        for field, name, help_ in (
            (self.maker, "Prepared by", ""),
            (self.checker, "Checked by", "Another person, where there is one"),
            (self.total, "Total again", f"Type the sum in {run.currency}"),
        ):
            field.setAccessibleName(name)
            form.add(name, field, help_, width=260)
        self.body.addWidget(form)
        self.problem = Label("", "small", "bad")
        self.body.addWidget(self.problem)
        self.verb = self.offer(f"Close {count} statements")
        self.checker.setFocus()

    def accept(self) -> None:
        """Hand the entries over; a missing one is said beside the fields."""
        try:
            total = self._formats.parse_number(self.total.text())
        except Refused as refused:
            self.problem.setText(f"{refused.sentence} {refused.remedy}")
            self.total.setFocus()
            return
        if not self.maker.text().strip() or not self.checker.text().strip():
            self.problem.setText("Enter both names.")
            return
        super().accept()
        self._then(self.maker.text(), self.checker.text(), total)
