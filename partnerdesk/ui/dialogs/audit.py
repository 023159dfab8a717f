"""A metric audit on the screen: how large a sample, its rows with their findings, one finding, and the conclusion."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from partnerdesk.errors import Refused
from partnerdesk.ui.dialogs.asking import Asking
from partnerdesk.ui.dialogs.base import BaseDialog
from partnerdesk.ui.screens.need_words import plural
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column
from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import PRIMARY, Button
from partnerdesk.ui.widgets.form import Choice
from partnerdesk.ui.widgets.text import Label

if TYPE_CHECKING:
    from partnerdesk.ops.audits.auditing import Finding
    from partnerdesk.queries.audits import AuditRow, AuditView
    from partnerdesk.reports.format import Formats
    from partnerdesk.ui.state import State

WIDTH, HEIGHT = 1160, 380
LOOKS = {
    "": ("late", "To look at"),
    "right": ("good", "Right"),
    "wrong": ("bad", "Wrong"),
    "unverifiable": ("warn", "Not verifiable"),
}
KEEP, WITHDRAW = "keep", "withdraw"


class StartDialog(Asking):
    """Calls `then(size, seed)`."""

    def __init__(self, parent: QWidget, size: int, formats: "Formats", then: Callable[[int, int], object]) -> None:
        words = (
            "The rows that the metric counts are cut into four parts of equal money, and each gives the same number. "
            "The same seed draws the same rows."
        )
        super().__init__(parent, "Audit this metric?", words, formats)
        self._then = then
        self.size_ = self.ask("Rows to look at", "A whole number", str(size))
        self.seed = self.ask("Seed", "A whole number", "1")
        self.verb = self.offer("Draw sample")
        self.size_.setFocus()

    def accept(self) -> None:
        """Hand size and seed over."""
        numbers = []
        for field, least in ((self.size_, 1), (self.seed, 0)):
            text = field.text().strip()
            if not text.isdecimal() or len(text) > 9 or int(text) < least:
                self.refuse(field, f"“{field.accessibleName()}” is a whole number from {least} on.")
                return
            numbers.append(int(text))
        super().accept()
        self._then(*numbers)


class AuditDialog(BaseDialog):
    """The sample as a table; a row opens its finding."""

    row_chosen = Signal(object)
    finish_asked = Signal()
    report_asked = Signal()

    def __init__(self, parent: QWidget, found: "AuditView", formats: "Formats", state: "State") -> None:
        super().__init__(parent, f"Audit {found.id}: {found.title}", WIDTH)
        self.found, self._formats = found, formats
        self.about = Label("", "body", wrap=True)
        self.body.addWidget(self.about)
        self.table = DataTable("audit", self._columns(), key=lambda row: row.number, state=state, says="Sample")
        self.table.setMinimumHeight(theme().px(HEIGHT))
        self.body.addWidget(self.table)
        buttons = QHBoxLayout()
        self.record = Button("Record finding…", self._record, icon="pencil", kind=PRIMARY)
        self.finish = Button("Finish…", self.finish_asked.emit, icon="lock")
        self.report = Button("Write report", self.report_asked.emit, icon="download")
        for button in (self.record, self.finish, self.report):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.body.addLayout(buttons)
        self.offer_close()
        self.show_audit(found)

    def _columns(self) -> list[Column]:
        formats = self._formats

        def finding(row: "AuditRow") -> tuple[str, str]:
            return LOOKS[row.finding]

        return [
            Column("number", "#", lambda r: r.number, str, kinds.NUMBER, 44),
            Column("finding", "Finding", finding, kind=kinds.STATUS, width=118),
            Column("fact", "Row", _row_words, kind=kinds.NAME, width=262, open_it=self.row_chosen.emit),
            Column("amount", "Amount", lambda r: r.amount, formats.accounting, kinds.ACCOUNTING, 100),
            Column("stratum", "Part", lambda r: r.stratum, str, kinds.NUMBER, 50),
            Column("source", "Read from", lambda r: r.source, kind=kinds.MUTED, width=268),
            Column("said", "Evidence", lambda r: r.evidence or r.note, width=128),
            Column("changed", "Corrected", lambda r: r.changed, width=126),
        ]

    def show_audit(self, found: "AuditView") -> None:
        """Show the sample as it stands; the next row to look at is chosen."""
        self.found, formats = found, self._formats
        of = f"{plural(found.counted, 'row')} of {formats.label(found.period)}"
        drawn = f"{len(found.rows)} of {of}, drawn on {formats.day(found.day)} by"
        ended = f" Finished on {formats.day(found.finished)}: {found.conclusion}." if found.finished else ""
        self.about.setText(f"{found.partner_name}: {drawn} {found.by}, seed {found.seed}. {found.result}.{ended}")
        self.table.set_rows(found.rows)
        left = found.found("")
        self.record.allow("This audit is finished" if found.finished else "")
        self.finish.allow("This audit is finished" if found.finished else f"{left} still to look at" if left else "")
        ahead = next((row for row in found.rows if not row.finding), None)
        if ahead is not None:
            self.table.select(ahead.number)

    def _record(self) -> None:
        row = self.table.current_row() or next(iter(self.found.rows), None)
        if row is not None:
            self.row_chosen.emit(row)


def _row_words(row: "AuditRow") -> str:
    return " ".join(part for part in (row.kind.replace("_", " ").capitalize(), row.fact, row.says) if part)


class FindingDialog(Asking):
    """Calls `then(finding)`; a wrong row may be corrected in one field, or withdrawn."""

    def __init__(
        self, parent: QWidget, row: "AuditRow", formats: "Formats", then: "Callable[[Finding], object]"
    ) -> None:
        from partnerdesk.ops.audits.entering import correctable

        words = f"{_row_words(row)}, {formats.accounting(row.amount)}, read from {row.source}."
        super().__init__(parent, f"What was found of row {row.number}?", words, formats)
        self._row, self._then = row, then
        found = [(words, key) for key, (_look, words) in LOOKS.items() if key]
        self.finding = Choice("Finding", found, self._chose, row.finding or "right")
        self.form.add("Finding", self.finding, width=310)
        self.evidence = self.ask("Evidence", "The document, or who confirmed it", row.evidence)
        self.comment = self.ask("Note", "May be left out", row.note)
        fields = [(f"Correct: {a.says[:40]}", a.name) for a in correctable(row.kind)]
        kept = [("Only record it", KEEP), ("Withdraw it from the book", WITHDRAW)]
        self.what = Choice("What becomes of it", [*kept, *fields], lambda _value: self._chose(None), KEEP)
        self.form.add("What becomes of it", self.what, width=310)
        self.value = self.ask("Right value", "As it should be")
        self.verb = self.offer("Record")
        self._chose(None)
        self.evidence.setFocus()

    def _chose(self, _value: object) -> None:
        is_wrong = self.finding.value() == "wrong"
        self.what.setEnabled(is_wrong)
        self.value.setEnabled(is_wrong and self.what.value() not in (KEEP, WITHDRAW))

    def accept(self) -> None:
        """Hand the finding over."""
        from partnerdesk.ops.audits.auditing import Finding

        finding = str(self.finding.value())
        if self.missing(self.comment if finding == "unverifiable" else self.evidence):
            return
        changes: dict[str, Any] = {}
        if self.value.isEnabled():
            try:
                changes = {str(self.what.value()): self._read(str(self.what.value()))}
            except Refused as refused:
                self.refuse(self.value, f"{refused.sentence} {refused.remedy}".strip())
                return
        withdraw = finding == "wrong" and self.what.value() == WITHDRAW
        texts = {"evidence": self.evidence.text(), "note": self.comment.text()}
        super().accept()
        self._then(Finding(finding=finding, changes=changes, withdraw=withdraw, **texts))

    def _read(self, field: str) -> Any:
        """The right value: amounts and days as the locale writes them. Raises Refused."""
        from partnerdesk.engine.facts import DAY, MONEY, RATE
        from partnerdesk.ops.audits.entering import correctable, value_of

        text = self.value.text().strip()
        kind = next(a.kind for a in correctable(self._row.kind) if a.name == field)
        if text and kind in (MONEY, RATE):
            return self._formats.parse_number(text)
        return self._formats.parse_day(text) if text and kind == DAY else value_of(self._row.kind, field, text)


class FinishDialog(Asking):
    """Calls `then(conclusion)`."""

    def __init__(self, parent: QWidget, found: "AuditView", formats: "Formats", then: Callable[[str], object]) -> None:
        super().__init__(parent, f"Finish audit {found.id}?", f"{found.result}. It then stays as it is.", formats)
        self._then = then
        self.conclusion = self.ask("Conclusion", "What follows from it")
        self.verb = self.offer("Finish")
        self.conclusion.setFocus()

    def accept(self) -> None:
        """Hand the conclusion over."""
        if self.missing(self.conclusion):
            return
        super().accept()
        self._then(self.conclusion.text())
