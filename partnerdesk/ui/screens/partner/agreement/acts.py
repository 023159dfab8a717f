"""What one does with a partner's agreement: issue the next version, export one, record and recognise signed copies."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from partnerdesk import paths
from partnerdesk.ui.outgoing import left_words, note_left
from partnerdesk.ui.screens.files import open_document, open_folder
from partnerdesk.ui.screens.partner.agreement.rows import issue_words, recognised_words
from partnerdesk.ui.screens.program_pages.drafting import now

if TYPE_CHECKING:
    from partnerdesk.ops.agreements.copies import ExportedAgreement, Recognised, Signing
    from partnerdesk.ui.screens.partner.agreement.shown import ShownAgreement


class AgreementActs:
    """The verbs of the page, on the version that it shows."""

    def __init__(self, shown: "ShownAgreement", issued: Callable[[int], object]) -> None:
        self._shown, self._told = shown, issued

    def issue(self) -> None:
        """Ask, then issue exactly what is shown."""
        from partnerdesk.ops.agreements.issuing import issue_agreement

        view = self._shown.view
        if view is None or view.draft is None:
            return
        draft, desk = view.draft, self._shown.tab.desk

        def issue() -> None:
            made = draft.agreement
            self._shown.run(
                f"Issue agreement {made.number}",
                issue_agreement,
                made.partner,
                on=made.issued_on,
                by=desk.user,
                at=now(),
                holds_from=made.holds_from,
                template=made.template,
                digest=draft.digest,
                done=self._issued,
            )

        words = issue_words(draft, view.rows, self._shown.tab.formats)
        self._shown.tab.shell.ask(
            f"Issue {draft.agreement.number}?", words, f"Issue version {draft.agreement.version}", issue
        )

    def _issued(self, id: int) -> None:
        self._told(id)
        says = "Export it, have it signed, and record the signed copy."
        self._shown.tab.host.messages.say("good", "The agreement is issued.", says)

    def sign(self) -> None:
        """Ask for the signed copy of the chosen version, and record it."""
        from partnerdesk.ops.agreements.copies import record_signed_copy
        from partnerdesk.ui.dialogs.sign_agreement import SignDialog

        row, view, desk = self._shown.row, self._shown.view, self._shown.tab.desk
        if row is None or view is None:
            return

        def record(path: Path, given: "Signing") -> None:
            self._shown.run(
                f"Record signature of {row.number}",
                record_signed_copy,
                row.id,
                path,
                given,
                today=desk.today(),
                by=desk.user,
                at=now(),
                toast="Signature recorded",
            )

        SignDialog(
            self._shown.window(), row.number, desk.today(), self._shown.tab.formats, view.is_noted, record
        ).open()

    def check_file(self) -> None:
        """Ask for a file and say which version it is the signed copy of."""
        name, _kind = QFileDialog.getOpenFileName(self._shown.window(), "A signed agreement", "", "All files (*)")
        if name:
            self.check(Path(name))

    def check(self, path: Path) -> None:
        """Say what the file at a path is."""
        from partnerdesk.ops.agreements.copies import recognised_file

        def told(found: "Recognised") -> None:
            self._shown.tab.host.messages.say(*recognised_words(path.name, found, self._shown.tab.formats))

        self._shown.tab.read(self._shown.bound(recognised_file, path=path), done=told, slot="check")

    def export(self, *, opens: bool = False) -> None:
        """Write the chosen version as it was issued, and open it where that is asked for."""
        from partnerdesk.ops.agreements.copies import export_agreement

        if self._shown.row is not None:
            query = self._shown.bound(export_agreement, folder=paths.folder("exports"), version=self._shown.row.version)
            self._shown.tab.read(query, done=partial(self._exported, opens=opens), slot="export")

    def _exported(self, written: "ExportedAgreement", *, opens: bool) -> None:

        tab, path = self._shown.tab, written.path
        note_left(tab.host, written)
        if opens:
            open_document(path)
        tab.shell.toast(left_words(written, tab.formats), "Open folder", lambda: open_folder(path.parent))
