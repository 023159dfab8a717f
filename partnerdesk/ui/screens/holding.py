"""Putting something on hold, and releasing it, from wherever it is shown: a run, a ledger, the Partner menu, Today."""

from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from partnerdesk.queries.statements.holds import Choice, Holdable, HoldRow
    from partnerdesk.ui.screens.base import Screen


def ask_hold(screen: "Screen", partner: str, figure: str = "") -> None:
    """Reads what may be put on hold of a partner, and of a figure's line, and asks for which and why."""
    from partnerdesk.queries.statements.holds import holdable

    today = screen.desk.today()
    screen.read(holdable, partner, figure, today, done=lambda found: _ask(screen, found), slot="holdable")


def _ask(screen: "Screen", found: "Holdable") -> None:
    from partnerdesk.ui.dialogs.hold import HoldDialog

    def given(choice: "Choice", reason: str, day: date) -> None:
        from partnerdesk.ops.statements.holds import place_hold

        said: dict[str, Any] = {"reason": reason, "day": day, "by": screen.desk.user}
        if choice.scope != "partner":
            said[choice.scope] = choice.of
        toast = f"{choice.name} is on hold"
        screen.run(f"Hold on {choice.name}", place_hold, found.partner, toast=toast, **said)

    HoldDialog(screen.window(), found, screen.desk.formats, given).open()


def ask_release(screen: "Screen", row: "HoldRow") -> None:
    """Reads the first day on which a hold can end, and asks why it does."""
    from partnerdesk.queries.statements.holds import first_open

    today = screen.desk.today()
    screen.read(first_open, row.partner, today, done=lambda day: _ask_release(screen, row, day), slot="release")


def _ask_release(screen: "Screen", row: "HoldRow", day: date) -> None:
    from partnerdesk.ui.dialogs.hold import ReleaseDialog

    def given(reason: str, on: date) -> None:
        from partnerdesk.ops.statements.holds import release_hold

        user, toast = screen.desk.user, f"The hold on {row.name} is released"
        screen.run(f"Release {row.id}", release_hold, row.id, reason=reason, day=on, by=user, toast=toast)

    ReleaseDialog(screen.window(), row, max(day, row.day), screen.desk.formats, given).open()
