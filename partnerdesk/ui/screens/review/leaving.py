"""A review leaves the builder: its pack as a file, and the meeting as held, with what follows from it said before."""

from datetime import date
from typing import TYPE_CHECKING

from partnerdesk import paths
from partnerdesk.ui.outgoing import left_words
from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.screens.need_words import plural
from partnerdesk.ui.screens.review.opened import OpenReview

if TYPE_CHECKING:
    from partnerdesk.ops.joint.reviews import Held
    from partnerdesk.ops.pack.exports import ExportedPack


def export_review(opened: OpenReview) -> None:
    """Write the PDF of the variant in view into the folder of exports."""
    from partnerdesk.ui.exporting import export_away, pack_from

    view, host = opened.view, opened.host
    if view is None:
        return
    args = (view.review.partner, view.review.quarter, host.desk.today(), paths.folder("exports"))
    given = {"review": view.review.id, "internal": opened.is_internal, "laid": opened.laid()}
    export_away(host, "Exporting the pack", pack_from, *args, **given, done=lambda made: _exported(opened, made))


def _exported(opened: OpenReview, made: "ExportedPack") -> None:
    from partnerdesk.ui.screens.files import open_folder

    words = left_words(made, opened.host.desk.formats)
    opened.host.shell.toast(words, "Open folder", lambda: open_folder(made.path.parent))


def ask_hold(opened: OpenReview) -> None:
    """Say what follows, ask when the next review is, and mark this one as held."""
    from partnerdesk.ui.dialogs.hold_review import HoldReviewDialog

    view, host = opened.view, opened.host
    if view is None:
        return

    def hold(following: date | None) -> None:
        from partnerdesk.ops.joint.reviews import hold_review

        host.run(
            "Mark review as held",
            hold_review,
            opened.id,
            on=host.desk.today(),
            next_review=following,
            done=lambda held: _held(opened, held),
        )

    HoldReviewDialog(host.window(), view, host.desk.today, host.desk.formats, hold).open()


def _held(opened: OpenReview, held: "Held") -> None:
    """What was promised is on Today from now on."""
    shell = opened.host.shell
    words = f"Held; {plural(held.actions, 'action')} of both sides"
    shell.toast(words, "Show Today", lambda: shell.go(Place("today")))
