"""A plan's workbook that comes back: dropped on the window, read, kept as proposals, and decided one by one."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from partnerdesk.ui.screens.base import Place

if TYPE_CHECKING:
    from partnerdesk.ops.plan.proposals import ProposalRow
    from partnerdesk.ops.plan.returned import ReturnedSheet
    from partnerdesk.ui.screens.base import Screen


def is_returned_plan(path: Path) -> bool:
    """Whether a file has the sheets of a joint plan."""
    if path.suffix.lower() != ".xlsx":
        return False
    from partnerdesk.intake.grid import is_plan

    return is_plan(path)


def take_plan(screen: "Screen", path: Path, partner: str) -> None:
    """Read a returned plan, of that partner where one is named; its changes become proposals, which are shown."""
    from partnerdesk.ops.plan.returned import read_sheet

    screen.read(
        read_sheet, path, screen.desk.today(), partner, done=lambda found: _keep(screen, found), slot="returned plan"
    )


def _keep(screen: "Screen", found: "ReturnedSheet") -> None:
    """Keep what is new in a file as one step, then show what waits."""
    from partnerdesk.ops.plan.proposals import take_sheet

    def show(_ids: object = None) -> None:
        show_proposals(screen, found.partner, found)

    if not found.fresh or not screen.desk.book or not screen.desk.book.is_writable:
        show()
        return
    screen.run(
        f"Proposals from {found.file}", take_sheet, found, on=screen.desk.today(), by=screen.desk.user, done=show
    )


def show_proposals(screen: "Screen", partner: str, returned: "ReturnedSheet | None" = None) -> None:
    """A dialog over a partner's plan: its open proposals, and what else was changed in a file that was just read."""
    from partnerdesk.ops.plan.proposals import named_proposals
    from partnerdesk.ui.dialogs.proposals import ProposalsDialog

    def opened(found: "tuple[str, tuple[ProposalRow, ...]]") -> None:
        name, rows = found
        if screen.place().item != partner or screen.place().tab != "plan":
            screen.shell.go(Place("partners", partner, "plan"))
        deciding = _Deciding(screen, partner)
        ProposalsDialog(screen.window(), name, rows, deciding, returned, screen.desk.formats).open()

    screen.read(named_proposals, partner, screen.desk.today(), done=opened, slot="proposals")


class _Deciding:
    """What the dialog asks for: accept or refuse, then the list again."""

    def __init__(self, screen: "Screen", partner: str) -> None:
        self._screen, self._partner = screen, partner

    def accept(self, rows: "list[ProposalRow]", dialog: Any) -> None:
        """Write proposals into the plan as one step."""
        from partnerdesk.ops.plan.proposals import accept_proposals

        seen = {row.id: row.ours for row in rows}
        self._run(f"Accept {_words(rows)}", accept_proposals, rows, dialog, seen=seen)

    def refuse(self, rows: "list[ProposalRow]", dialog: Any) -> None:
        """Keep proposals as refused."""
        from partnerdesk.ops.plan.proposals import refuse_proposals

        self._run(f"Refuse {_words(rows)}", refuse_proposals, rows, dialog)

    def _run(self, label: str, op: Any, rows: "list[ProposalRow]", dialog: Any, **more: Any) -> None:
        screen = self._screen
        said: dict[str, Any] = {"on": screen.desk.today(), "by": screen.desk.user} | more
        ids = [row.id for row in rows]
        screen.run(label, op, ids, done=lambda _none: self.again(dialog), failed=dialog.say, **said)

    def again(self, dialog: Any) -> None:
        """The list as it stands now."""
        from partnerdesk.ops.plan.proposals import proposals

        self._screen.read(proposals, self._partner, self._screen.desk.today(), done=dialog.show_rows, slot="proposals")


def _words(rows: "list[ProposalRow]") -> str:
    return f"proposal: {rows[0].what}" if len(rows) == 1 else f"{len(rows)} proposals"
