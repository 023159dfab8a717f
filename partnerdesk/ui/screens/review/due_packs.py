"""The packs of all who are due, written away from the window: asked for, counted down in the status bar, and listed."""

from typing import TYPE_CHECKING

from partnerdesk import paths

if TYPE_CHECKING:
    from partnerdesk.ops.pack.runs import PackRun
    from partnerdesk.ui.dialogs.packs import Wanted
    from partnerdesk.ui.screens.base import Screen

BACK = 4  # finished quarters that are offered


def ask_packs(screen: "Screen") -> None:
    """Ask of which period and for whom, with the last finished quarter proposed."""
    from partnerdesk.queries.joint.review_pages import pack_periods

    screen.read(pack_periods, screen.desk.today(), BACK, done=lambda found: _ask(screen, found), slot="pack periods")


def _ask(screen: "Screen", periods: tuple[str, ...]) -> None:
    from partnerdesk.ops.pack.many import packs_due
    from partnerdesk.ui.dialogs.packs import PacksDialog

    dialog = PacksDialog(screen.window(), periods, lambda wanted: _write(screen, wanted))
    desk, today = screen.desk, screen.desk.today()
    dialog.asked.connect(
        lambda quarter: desk.read(
            packs_due, quarter, today, done=dialog.show_due, failed=dialog.refuse, slot="packs due"
        )
    )
    dialog.finished.connect(lambda _code: desk.jobs.drop("packs due"))
    dialog.ask()
    dialog.open()


def _write(screen: "Screen", wanted: "Wanted") -> None:
    from partnerdesk.ui.exporting import export_away, packs_from

    folder = paths.folder("exports") / f"packs-{wanted.quarter}"
    given = {"only_begun": wanted.only_begun, "mails": wanted.mails}
    args = (wanted.quarter, screen.desk.today(), folder)
    export_away(screen, "Writing packs", packs_from, *args, **given, done=lambda run: _written(screen, run))


def _written(screen: "Screen", run: "PackRun") -> None:
    from partnerdesk.ui.dialogs.packs import PackRunDialog
    from partnerdesk.ui.screens.files import open_folder

    PackRunDialog(screen.window(), run, screen.shell.state, open_folder).open()
