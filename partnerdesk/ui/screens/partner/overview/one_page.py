"""Writing one page about a partner: the brief before a call, the digest for a partner without a review."""

from typing import TYPE_CHECKING

from partnerdesk import paths
from partnerdesk.ui.outgoing import left_words
from partnerdesk.ui.screens.files import open_document

if TYPE_CHECKING:
    from partnerdesk.ops.pack.onepage_exports import ExportedPage
    from partnerdesk.ui.screens.base import Screen


def write_page(screen: "Screen", partner: str, *, internal: bool, opens: bool = False) -> None:
    """Write the brief (`internal`, for us) or the digest (for the partner), and open it or offer to."""
    from partnerdesk.ui.exporting import brief_from, digest_from, export_away

    def done(made: "ExportedPage") -> None:
        if opens:
            open_document(made.path)
        screen.shell.toast(left_words(made, screen.desk.formats), "Open", lambda: open_document(made.path))

    label, function = ("Writing the brief", brief_from) if internal else ("Writing the digest", digest_from)
    export_away(screen, label, function, partner, screen.desk.today(), paths.folder("exports"), done=done)
