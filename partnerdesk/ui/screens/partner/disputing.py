"""The disputes of a partner on Earnings: each open one with its clock and its answer, and the way to raise one."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.ui.screens.need_words import plural
from partnerdesk.ui.screens.raising import ask_dispute, said_now
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import Button
from partnerdesk.ui.widgets.status import Status

if TYPE_CHECKING:
    from partnerdesk.ops.statements.dossiers import ExportedDossier
    from partnerdesk.queries.partners.card import LedgerRow
    from partnerdesk.queries.statements.disputes import DisputeRow
    from partnerdesk.reports.format import Formats
    from partnerdesk.ui.desk import Desk
    from partnerdesk.ui.screens.partner.tab import PartnerTab


class DisputeStrip(QWidget):
    """One line per open dispute of the tab's partner; hidden where there is none."""

    def __init__(self, tab: "PartnerTab") -> None:
        super().__init__()
        self._tab = tab
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, theme().px(8), 0, 0)
        self._column.setSpacing(theme().px(4))
        self.lines: list[QWidget] = []
        self.hide()

    def reload(self) -> None:
        """Read the partner's disputes."""
        from partnerdesk.queries.statements.disputes import disputes

        tab, partner = self._tab, self._tab.partner

        def arrived(rows: "tuple[DisputeRow, ...]") -> None:
            if partner == tab.partner:
                self.show_rows(rows)

        # Not by the tab's own read: what the tab refuses to show stays refused when the disputes arrive.
        slot, today = f"{tab.host.ID}.{tab.KEY}.disputes", tab.desk.today()
        tab.desk.read(disputes, today, partner, done=arrived, failed=tab.host.show_error, slot=slot)

    def show_rows(self, rows: "tuple[DisputeRow, ...]") -> None:
        """Show the open ones, the most urgent at the top."""
        for line in self.lines:
            line.hide()
            line.deleteLater()
        self.lines = [self._line(row) for row in rows if row.is_open]
        for line in self.lines:
            self._column.addWidget(line)
        self.setVisible(bool(self.lines))

    def _line(self, row: "DisputeRow") -> QWidget:
        line = QWidget(self)
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme().px(12))
        layout.addWidget(Status("bad" if row.is_late else "late", clock_words(row, self._tab.formats)))
        answer = Button("Answer…", lambda: self._ask_answer(row))
        answer.setAccessibleName(f"Answer {row.id}")
        layout.addWidget(answer)
        todo = Button("Add action", lambda: self._add_action(row))
        todo.setAccessibleName(f"Add action for {row.id}")
        layout.addWidget(todo)
        dossier = Button("Dossier", lambda: self.write_dossier(row.id))
        dossier.setAccessibleName(f"Dossier of {row.id}")
        layout.addWidget(dossier)
        layout.addStretch(1)
        return line

    def _add_action(self, row: "DisputeRow") -> None:
        """What has to be done before the dispute can be answered."""
        from partnerdesk.ui.quick_add import Source, open_capture

        says = f"for dispute {row.id}"
        open_capture(self, Source(row.partner, row.partner_name, says, "", {"dispute": row.id}))

    def write_dossier(self, id: str) -> None:
        """The dispute as a PDF, into the folder of exports."""
        from partnerdesk import paths
        from partnerdesk.ui.exporting import dossier_from, export_away
        from partnerdesk.ui.screens.files import open_document

        host = self._tab.host

        def done(made: "ExportedDossier") -> None:
            host.shell.toast(f"{made.path.name} written", "Open", lambda: open_document(made.path))

        folder = paths.folder("exports")
        export_away(host, "Writing the dossier", dossier_from, id, self._tab.desk.today(), folder, done=done)

    # Raising

    def menu(self, row: "LedgerRow", is_closed: bool) -> list[Any]:
        """What the context menu of a row of the ledger offers."""
        action = QAction("Dispute this line…" if is_closed else "Dispute: only lines of a closed statement", self)
        action.setEnabled(is_closed and _is_writable(self._tab.desk))
        action.triggered.connect(lambda: self.ask_raise(row.figure.partition("|")[2]))
        return [action]

    def ask_raise(self, line: str) -> None:
        """Ask what the partner says about a line."""
        ask_dispute(self._tab.host, self._tab.partner, line)

    # Answering

    def _ask_answer(self, row: "DisputeRow") -> None:
        from partnerdesk.ui.dialogs.dispute import AnswerDialog

        def given(outcome: str, reason: str, approver: str, amount: Decimal | None) -> None:
            self._answer(row.id, outcome, reason, approver, amount)

        AnswerDialog(self.window(), row, self._tab.formats, self._tab.desk.user, given).open()

    def _answer(self, id: str, outcome: str, reason: str, approver: str, amount: Decimal | None) -> None:
        from partnerdesk.ops.statements.disputes import Decision, decide_dispute, escalate_dispute

        if outcome == "escalated":
            self._tab.host.run(
                f"Escalate {id}", escalate_dispute, id, reason, toast=f"{id} escalated", **said_now(self._tab.desk)
            )
            return
        decision = Decision(outcome=outcome, reason=reason, approver=approver, amount=amount)
        toast = f"{id} answered: {outcome}"
        self._tab.host.run(f"Answer {id}", decide_dispute, id, decision, toast=toast, **said_now(self._tab.desk))


def clock_words(row: "DisputeRow", formats: "Formats") -> str:
    """A dispute in one line with its clock."""
    left = row.days_left or 0
    when = f"answer {plural(-left, 'day')} late" if left < 0 else f"answer due in {plural(left, 'day')}"
    day = f", {formats.short_day(row.answer_by)}" if row.answer_by else ""
    state = "escalated, " if row.outcome == "escalated" else ""
    return f"Dispute {row.id} of {row.statement}, {row.reason[:60]}: {state}{when}{day}"


def _is_writable(desk: "Desk") -> bool:
    return desk.book is not None and desk.book.is_writable
