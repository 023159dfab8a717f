"""What a returned statement says before anything is written: the marked rows, and whatever else was altered."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from partnerdesk.ui.dialogs.base import BaseDialog
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.form import Form
from partnerdesk.ui.widgets.text import Label

if TYPE_CHECKING:
    from partnerdesk.ops.statements.returned import Returned

WIDTH, FIELD, SHOWN = 620, 410, 200  # a scroll bar finds room beside the fields
MARKED, OTHER = "Marked as disputed", "Not as issued, and not taken over"


class ReturnedDialog(BaseDialog):
    """Calls `then(raised_by, late_because)` for the rows that no dispute stands for yet."""

    def __init__(self, parent: QWidget, found: "Returned", then: Callable[[str, str], object]) -> None:
        super().__init__(parent, f"{found.closed.number} of {found.partner_name} came back", WIDTH)
        self._then = then
        fresh = len(found.fresh)
        self.body.addWidget(Label(_count(found), "body", wrap=True))
        self.list = QPlainTextEdit(_listed(found))
        self.list.setReadOnly(True)
        self.list.setAccessibleName("Marked rows and differences")
        self.list.setMinimumHeight(theme().px(180))
        self.list.setVisible(bool(self.list.toPlainText()))
        self.body.addWidget(self.list)
        self.raised_by, self.late = QLineEdit(), QLineEdit()
        self.problem = Label("", "small", "bad", wrap=True)
        if not fresh:
            self.offer_close()
            return
        form = Form(label_width=130)
        for field, name, hint in (
            (self.raised_by, "Raised by", "Who of the partner sent it"),
            (self.late, "If it comes late", "Why it is taken after the window"),
        ):
            field.setPlaceholderText(hint)
            field.setMinimumHeight(theme().measure("control"))
            form.add(name, field, width=FIELD)
        self.body.addWidget(form)
        self.body.addWidget(self.problem)
        self.verb = self.offer(f"Raise {fresh} dispute{'s' if fresh > 1 else ''}")
        self.raised_by.setFocus()

    def accept(self) -> None:
        """Hand over who raised them."""
        if not self.raised_by.text().strip():
            self.problem.setText("“Raised by” is needed.")
            self.raised_by.setFocus()
            self.reveal(self.problem)
            return
        super().accept()
        self._then(self.raised_by.text(), self.late.text())


def _count(found: "Returned") -> str:
    marked, other = len(found.marked), len(found.altered)
    rows = f"{marked} row{' is' if marked == 1 else 's are'} marked as disputed. " if marked else "No row is marked. "
    if not other:
        return f"{rows}Everything else is as it was issued. {found.against}"
    cells = f"{other} other cell{' is' if other == 1 else 's are'} not as issued"
    return f"{rows}{cells}; nothing of that is taken over. {found.against}"


def _listed(found: "Returned") -> str:
    """What is marked, row by row, then what else differs, each under its heading."""
    marks = [
        f"{mark.says[:1].upper()}{mark.says[1:]}: {mark.comment or 'no comment'}"
        + (f" ({mark.known} stands for it)" if mark.known else "")
        for mark in found.marked
    ]
    cells = [f"{d.sheet} {d.cell}: issued “{d.issued}”, returned “{d.returned}”" for d in found.altered[:SHOWN]]
    if len(found.altered) > SHOWN:
        cells.append(f"and {len(found.altered) - SHOWN} more")
    parts = [f"{MARKED}\n\n" + "\n\n".join(marks)] if marks else []
    parts += [f"{OTHER}\n\n" + "\n".join(cells)] if cells else []
    if found.uncalculated:
        parts.append(f"Without values, as the program that saved it did not calculate: {found.uncalculated}")
    return "\n\n".join(parts)
