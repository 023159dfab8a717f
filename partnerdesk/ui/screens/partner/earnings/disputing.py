"""The disputes of a partner on Earnings: each open one with its clock and its answer, and the way to raise one."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtGui import QAction

from partnerdesk.ui.outgoing import left_words
from partnerdesk.ui.screens.files import open_document
from partnerdesk.ui.screens.need_words import plural
from partnerdesk.ui.screens.partner.strip import Strip, Verb
from partnerdesk.ui.screens.raising import ask_dispute, said_now

if TYPE_CHECKING:
    from partnerdesk.ops.statements.dossiers import ExportedDossier
    from partnerdesk.queries.partners.earned import LedgerRow
    from partnerdesk.queries.statements.disputes import DisputeRow
    from partnerdesk.queries.statements.missing import Missing
    from partnerdesk.reports.format import Formats
    from partnerdesk.ui.desk import Desk


class DisputeStrip(Strip):
    """One line per open dispute of the tab's partner; hidden where there is none."""

    SLOT: ClassVar[str] = "disputes"

    def query(self) -> Any:
        from partnerdesk.queries.statements.disputes import disputes

        return disputes

    def is_shown(self, row: "DisputeRow") -> bool:
        return row.is_open

    def words(self, row: "DisputeRow") -> tuple[str, str]:
        return "bad" if row.is_late else "late", clock_words(row, self._tab.formats)

    def verbs(self, row: "DisputeRow") -> Sequence[Verb]:
        return (
            ("Answer…", f"Answer {row.id}", lambda: self._ask_answer(row)),
            ("Add action", f"Add action for {row.id}", lambda: self._add_action(row)),
            ("Dossier", f"Dossier of {row.id}", lambda: self.write_dossier(row.id)),
        )

    def _add_action(self, row: "DisputeRow") -> None:
        """What has to be done before the dispute can be answered."""
        from partnerdesk.ui.quick_add import Source, open_capture

        says = f"for dispute {row.id}"
        open_capture(self, Source(row.partner, row.partner_name, says, "", {"dispute": row.id}))

    def write_dossier(self, id: str, *, opens: bool = False) -> None:
        """The dispute as a PDF, into the folder of exports; opened where that is asked for."""
        from partnerdesk import paths
        from partnerdesk.ui.exporting import dossier_from, export_away

        host = self._tab.host

        def done(made: "ExportedDossier") -> None:
            if opens:
                open_document(made.path)
            host.shell.toast(left_words(made, host.desk.formats), "Open", lambda: open_document(made.path))

        folder = paths.folder("exports")
        export_away(host, "Writing the dossier", dossier_from, id, self._tab.desk.today(), folder, done=done)

    # Raising

    def menu(self, row: "LedgerRow", is_closed: bool) -> list[Any]:
        """What the context menu of a row of the ledger offers: each of its movements, where it has several."""
        shown = self._tab.formats.amount
        if row.parts:
            named = [(id, f"Dispute the {shown(amount)} that are {bucket}…") for id, bucket, amount in row.parts]
            return [self._action(words, id, is_closed) for id, words in named]
        what = "line" if row.figure.startswith("line|") else "movement"
        return [self._action(f"Dispute this {what}…", row.figure.partition("|")[2], is_closed)]

    def total(self, number: str) -> QAction:
        """What the menu offers of the whole statement; `number` is empty where the period is not closed."""
        return self._action("Dispute the total…", number, bool(number))

    def _action(self, words: str, named: str, is_closed: bool) -> QAction:
        action = QAction(words if is_closed else f"{words.removesuffix('…')}: once the period is closed", self)
        action.setEnabled(is_closed and _is_writable(self._tab.desk))
        action.triggered.connect(lambda: self.ask_raise(named))
        return action

    def ask_raise(self, line: str) -> None:
        """Ask what the partner says about a line, a movement or a total."""
        ask_dispute(self._tab.host, self._tab.partner, line)

    # Answering

    def _ask_answer(self, row: "DisputeRow") -> None:
        """Ask for the answer, with what has come for it since."""
        from partnerdesk.queries.statements.missing import missing

        day = self._tab.desk.today()
        self._tab.host.read(missing, row, day, done=lambda still: self._answering(row, still), slot="missing")

    def _answering(self, row: "DisputeRow", still: "Missing") -> None:
        from partnerdesk.ui.dialogs.dispute import AnswerDialog

        def given(outcome: str, reason: str, approver: str, amount: Decimal | None) -> None:
            self._answer(row.id, outcome, reason, approver, amount)

        AnswerDialog(self.window(), row, still, self._tab.formats, self._tab.desk.user, given).open()

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
    what = row.statement if row.kind == "line" else row.where
    return f"Dispute {row.id} of {what}, {state}{when}{day}: {row.reason}"  # the clock first: a line may end early


def _is_writable(desk: "Desk") -> bool:
    return desk.book is not None and desk.book.is_writable
