"""Ctrl+P on Earnings and Statements: the pages are written, checked like every export, and opened to be looked at and
printed.
"""

from functools import partial
from typing import TYPE_CHECKING

from partnerdesk import paths
from partnerdesk.ui.outgoing import left_words
from partnerdesk.ui.screens.files import open_document

if TYPE_CHECKING:
    from partnerdesk.ops.statements.written import StatementRun
    from partnerdesk.ui.screens.base import Screen
    from partnerdesk.ui.screens.partner.earnings.disputing import DisputeStrip


def print_statement(screen: "Screen", partner: str, label: str) -> None:
    """Write a partner's statement of a period with its pages, and open these."""
    from partnerdesk.ui.exporting import export_away, statements_from

    folder = paths.folder("exports") / f"statements-{label}"
    of = (label, screen.desk.today(), folder, [partner], True)
    export_away(screen, "Laying out the pages", statements_from, *of, done=lambda found: _open(screen, found))


def print_shown(disputes: "DisputeStrip", screen: "Screen", partner: str, label: str) -> None:
    """The dossier of the dispute whose line has the keyboard, else the pages of a partner's statement of a period."""
    dispute = disputes.current()
    if dispute is not None:
        disputes.write_dossier(dispute.id, opens=True)
    elif label:
        print_statement(screen, partner, label)


def _open(screen: "Screen", run: "StatementRun") -> None:
    """Opens the pages that were just written; a file of an earlier time is not taken for them."""
    if run.left_out:
        screen.messages.say("warn", "Not every file was written.", run.left_out[0].says, keep=True)
    if run.stopped:
        screen.messages.say("info", "It was stopped before anything was written.", "Print again when you are ready.")
    there = {listed.file for one in run.written for listed in one.listed}
    pages = next((one.pdf for one in run.written if one.pdf is not None and one.pdf.name in there), None)
    if pages is not None:
        open_document(pages)
        screen.shell.toast(left_words(run, screen.desk.formats), "Open", partial(open_document, pages))
