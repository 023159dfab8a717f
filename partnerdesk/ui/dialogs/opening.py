"""Opening balances of a partner taken over: the day, the evidence, and a row for each balance."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from partnerdesk.errors import Refused
from partnerdesk.ui.dialogs.base import BaseDialog
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import link
from partnerdesk.ui.widgets.form import Choice, Form
from partnerdesk.ui.widgets.text import Label, LineLabel

if TYPE_CHECKING:
    from partnerdesk.engine.facts import Opening
    from partnerdesk.queries.statements.openings import OpeningForm
    from partnerdesk.reports.format import Formats

WORDS = (
    "What the partner had before its first statement here. Rows of one line belong together: with its earning, its "
    "contract or deal and the day of its event it stays open to clawback, which knows what was paid. Closing the "
    "period of this day confirms and freezes the balances."
)
KINDS = (
    ("Held, vesting", "vesting"),
    ("Held back", "holdback"),
    ("Payable", "payable"),
    ("Partner owes", "receivable"),
    ("Paid so far", "paid"),
)
HEADS = ("Kind", "Amount", "Released on", "Line", "Earning", "Deal or contract", "Event day")
WIDTHS = (128, 104, 104, 96, 168, 116, 104)
ROWS, MOST = 4, 12


class _Row:
    """The fields of one balance."""

    def __init__(self, number: int, earnings: Sequence[tuple[str, str]]) -> None:
        self.kind = Choice(
            f"Kind of balance {number}", KINDS, lambda _value: None, "vesting" if number == 1 else "payable"
        )
        self.earning = Choice(f"Earning of balance {number}", (("", ""), *earnings), lambda _value: None, "")
        self.amount, self.due, self.line, self.business, self.event = (QLineEdit() for _ in range(5))
        for field, name in zip(self.fields(), HEADS, strict=True):
            field.setAccessibleName(f"{name} of balance {number}")
            field.setMinimumHeight(theme().measure("control"))

    def fields(self) -> tuple[QWidget, ...]:
        """In the order of the columns."""
        return self.kind, self.amount, self.due, self.line, self.earning, self.business, self.event

    def fill(self, row: "Opening", formats: "Formats") -> None:
        """Show a balance that was entered before."""
        self.kind.show_value(row.kind)
        self.earning.show_value(row.earning)
        self.amount.setText(formats.accounting(row.amount) if row.amount is not None else "")
        self.due.setText(formats.day(row.due) if row.due else "")
        self.event.setText(formats.day(row.event) if row.event else "")
        self.line.setText(row.line)
        self.business.setText(row.contract or row.deal or "")


class OpeningDialog(BaseDialog):
    """Calls `then(day, evidence, balances)` with what `ops.openings.entering.enter_opening` takes."""

    def __init__(
        self,
        parent: QWidget,
        form: "OpeningForm",
        formats: "Formats",
        then: Callable[[date, str, list[dict[str, Any]]], object],
    ) -> None:
        super().__init__(parent, f"Opening balances of {form.name}", width=960)
        self._form, self._formats, self._then = form, formats, then
        self.body.addWidget(Label(WORDS, "body", wrap=True))
        head = Form(label_width=128)
        self.day, self.evidence = QLineEdit(formats.day(form.day)), QLineEdit(form.evidence)
        self.evidence.setPlaceholderText("The file, statement or confirmation that shows them")
        for field, name, width in ((self.day, "Balances of", 140), (self.evidence, "Evidence", 420)):
            field.setMinimumHeight(theme().measure("control"))
            head.add(name, field, width=width)
        self.body.addWidget(head)
        self.rows: list[_Row] = []
        self.more = link("Another row", self._add)
        self.body.addWidget(self._table())
        self.body.addWidget(self.more)
        self.problem = Label("", "small", "bad", wrap=True)
        self.body.addWidget(self.problem)
        self.verb = self.offer("Enter balances")
        (self.evidence if not form.evidence else self.rows[0].amount).setFocus()

    def _table(self) -> QWidget:
        table = QWidget()
        self._grid = QGridLayout(table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme().px(8))
        self._grid.setVerticalSpacing(theme().px(6))
        for column, (name, width) in enumerate(zip(HEADS, WIDTHS, strict=True)):
            title = f"{name}, {self._form.currency}" if name == "Amount" else name
            self._grid.addWidget(LineLabel(title, "small", "muted"), 0, column)
            self._grid.setColumnMinimumWidth(column, self._wide(width))
        for _ in range(max(ROWS, len(self._form.rows))):
            self._add()
        for row, known in zip(self.rows, self._form.rows, strict=False):
            row.fill(known, self._formats)
        return table

    def _add(self) -> None:
        """One row more, up to as many as fit the screen; more of them come in as a file."""
        row = _Row(len(self.rows) + 1, self._form.earnings)
        self.rows.append(row)
        for column, (field, width) in enumerate(zip(row.fields(), WIDTHS, strict=True)):
            field.setFixedWidth(self._wide(width))
            self._grid.addWidget(field, len(self.rows), column)
        if len(self.rows) >= MOST:
            self.more.hide()
        if self.isVisible():
            self.fit()

    def _wide(self, width: int) -> int:
        """A column in this dialog, which large text makes narrower than its columns would be."""
        px, gaps = theme().px, (len(WIDTHS) - 1) * theme().px(8)
        room = self.width() - 2 * px(24) - px(16) - gaps
        return min(px(width), width * room // sum(WIDTHS))

    def accept(self) -> None:
        """Hand the balances over; a wrong entry is said under the fields, and the dialog stays."""
        if not self.evidence.text().strip():
            self._refuse(self.evidence, "Opening balances name their evidence: the file, statement or confirmation.")
            return
        try:
            day = self._read(self.day, self._formats.parse_day)
            balances = [self._balance(row) for row in self.rows if row.amount.text().strip()]
        except Refused:
            return
        if not balances:
            self._refuse(self.rows[0].amount, "An opening statement has at least one balance.")
            return
        super().accept()
        self._then(day, self.evidence.text(), balances)

    def _balance(self, row: _Row) -> dict[str, Any]:
        """The fields of a row. Raises Refused once what is wrong with it is said."""
        found: dict[str, Any] = {"kind": row.kind.value(), "amount": self._read(row.amount, self._formats.parse_number)}
        if found["amount"] <= 0:
            self._refuse(row.amount, "A balance is above zero; its kind says which way it goes.")
            raise Refused("not above zero")
        for field, name in ((row.due, "due"), (row.event, "event")):
            if field.text().strip():
                found[name] = self._read(field, self._formats.parse_day)
        texts = {"line": row.line.text(), "earning": str(row.earning.value()), "business": row.business.text()}
        found |= {name: text.strip() for name, text in texts.items() if text.strip()}
        return found | {"currency": self._form.currency}

    def _read(self, field: QLineEdit, parse: Callable[[str], Any]) -> Any:
        """What a field says; where it cannot be read that is said, and Refused goes on."""
        try:
            return parse(field.text())
        except Refused as refused:
            self._refuse(field, f"{refused.sentence} {refused.remedy}".strip())
            raise

    def _refuse(self, field: QLineEdit, words: str) -> None:
        self.problem.setText(words)
        field.setAccessibleDescription(words)
        field.setFocus()
        field.selectAll()
        self.reveal(self.problem)
