"""Auditing a metric from its Why: a sample drawn, its rows found right or wrong, corrected, and the report of it."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partnerdesk import paths
from partnerdesk.ui.explanation import Act
from partnerdesk.ui.formula import FormulaRow
from partnerdesk.ui.screens.period_words import period_words
from partnerdesk.ui.screens.raising import said_now

if TYPE_CHECKING:
    from partnerdesk.ops.audits.auditing import Finding
    from partnerdesk.queries.audits import AuditRow, AuditView
    from partnerdesk.reports.format import Formats
    from partnerdesk.ui.dialogs.audit import AuditDialog
    from partnerdesk.ui.screens.base import Screen

USUAL_SIZE = 20


@dataclass(frozen=True, slots=True)
class AuditAsked:
    """Which metric of which period is to be audited."""

    partner: str
    metric: str
    period: str


def audit_line(found: "AuditView", formats: "Formats") -> FormulaRow:
    """What an audit found, in a line of the Why."""
    state = "" if found.finished else ", not finished"
    return FormulaRow(f"{formats.day(found.day)}, {period_words(found.period, formats)}{state}", "", found.result)


def audit_act(screen: "Screen", asked: AuditAsked, of: "tuple[AuditView, ...]") -> Act | None:
    """What the Why of a metric offers: to draw a sample, or to go on with the one that is drawn."""
    if screen.desk.book is None or not screen.desk.book.is_writable:
        return None
    begun = next((one for one in of if one.period == asked.period and one.finished is None), None)
    if begun is not None:
        return Act("Go on with the audit…", "circle-check", lambda: open_audit(screen, begun.id))
    return Act("Audit…", "circle-check", lambda: _ask_start(screen, asked))


def _ask_start(screen: "Screen", asked: AuditAsked) -> None:
    from partnerdesk.ui.dialogs.audit import StartDialog

    def given(size: int, seed: int) -> None:
        from partnerdesk.ops.audits.auditing import start_audit

        said: dict[str, Any] = {"size": size, "seed": seed} | said_now(screen.desk)
        of = (asked.partner, asked.metric, asked.period)
        screen.run(f"Audit {asked.metric}", start_audit, *of, done=lambda id: open_audit(screen, id), **said)

    StartDialog(screen.window(), USUAL_SIZE, screen.desk.formats, given).open()


def open_audit(screen: "Screen", id: str) -> None:
    """Show an audit with its sample; what is recorded is shown in it at once."""
    from partnerdesk.queries.audits import audit_named
    from partnerdesk.ui.dialogs.audit import AuditDialog

    def show(found: "AuditView") -> None:
        dialog = AuditDialog(screen.window(), found, screen.desk.formats, screen.shell.state)
        dialog.row_chosen.connect(partial(_ask_finding, screen, dialog))
        dialog.finish_asked.connect(partial(_ask_finish, screen, dialog))
        dialog.report_asked.connect(partial(_write, screen, dialog))
        dialog.open()

    screen.read(audit_named, id, done=show, slot="audit")


def _again(screen: "Screen", dialog: "AuditDialog") -> None:
    from partnerdesk.queries.audits import audit_named

    screen.read(audit_named, dialog.found.id, done=dialog.show_audit, slot="audit")


def _ask_finding(screen: "Screen", dialog: "AuditDialog", row: "AuditRow") -> None:
    from partnerdesk.ui.dialogs.audit import FindingDialog

    def given(finding: "Finding") -> None:
        from partnerdesk.ops.audits.auditing import record_finding

        said: dict[str, Any] = {"on": screen.desk.today(), "by": screen.desk.user}
        label = f"Finding on row {row.number} of {dialog.found.id}"
        of = (dialog.found.id, row.number, finding)
        screen.run(label, record_finding, *of, done=lambda _none: _again(screen, dialog), **said)

    if dialog.found.finished is None:
        FindingDialog(dialog, row, screen.desk.formats, given).open()


def _ask_finish(screen: "Screen", dialog: "AuditDialog") -> None:
    from partnerdesk.ui.dialogs.audit import FinishDialog

    def given(conclusion: str) -> None:
        from partnerdesk.ops.audits.auditing import finish_audit

        said: dict[str, Any] = {"conclusion": conclusion, "on": screen.desk.today(), "by": screen.desk.user}
        label = f"Finish audit {dialog.found.id}"
        screen.run(label, finish_audit, dialog.found.id, done=lambda _none: _again(screen, dialog), **said)

    FinishDialog(dialog, dialog.found, screen.desk.formats, given).open()


def _write(screen: "Screen", dialog: "AuditDialog") -> None:
    from partnerdesk.ops.audits.documents import write_audit
    from partnerdesk.reports.release.outgoing import Outgoing, digest_of
    from partnerdesk.ui.outgoing import note_left
    from partnerdesk.ui.screens.files import open_folder

    def written(path: Path) -> None:
        found = dialog.found
        given = ("audit report", found.partner, found.id, path.name, digest_of(path), found.partner_name)
        note_left(screen, Outgoing(*given))
        screen.shell.toast(f"{path.name} written", "Open folder", lambda: open_folder(path.parent))

    screen.read(write_audit, dialog.found.id, paths.folder("exports") / "audits", done=written, slot="audit.file")
