"""The packs of all who are due, written away from the window: asked for, counted down in the status bar, and listed."""

from typing import TYPE_CHECKING

from partnerdesk import paths
from partnerdesk.engine.period import period_at, previous_period
from partnerdesk.queries.joint.review_periods import last_finished

if TYPE_CHECKING:
    from partnerdesk.ops.pack.runs import PackRun
    from partnerdesk.ui.dialogs.packs import Wanted
    from partnerdesk.ui.screens.base import Screen

BACK = 4  # finished quarters that are offered, after the month and the half that ended last


def ask_packs(screen: "Screen") -> None:
    """Ask of which period and for whom, with the last finished quarter proposed."""
    from partnerdesk.ops.pack.many import packs_due
    from partnerdesk.ui.dialogs.packs import PacksDialog

    dialog = PacksDialog(screen.window(), _periods(screen), lambda wanted: _write(screen, wanted))
    desk, today = screen.desk, screen.desk.today()
    dialog.asked.connect(
        lambda quarter: desk.read(
            packs_due, quarter, today, done=dialog.show_due, failed=dialog.refuse, slot="packs due"
        )
    )
    dialog.finished.connect(lambda _code: desk.jobs.drop("packs due"))
    dialog.ask()
    dialog.open()


def _periods(screen: "Screen") -> list[str]:
    today = screen.desk.today()
    quarters = [last_finished(today, "quarter")]
    while len(quarters) < BACK:
        quarters.append(previous_period(quarters[-1]))
    others = [last_finished(today, unit) for unit in ("month", "half")]
    return [p.label for p in (*quarters, period_at(today, "quarter"), *others)]


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
