"""Entering the opening balances of a partner in the window; closing their period confirms and freezes them."""

from datetime import date
from typing import TYPE_CHECKING, Any

from partnerdesk.ui.screens.base import Place, Screen

if TYPE_CHECKING:
    from partnerdesk.queries.statements.openings import OpeningForm


def ask_opening(screen: Screen, partner: str) -> None:
    """Read what there is and show the form; a partner whose ledger has begun is refused with the reason."""
    from partnerdesk.queries.statements.openings import opening_form

    screen.read(opening_form, partner, screen.desk.today(), done=lambda form: _show(screen, form), slot="opening")


def _show(screen: Screen, form: "OpeningForm") -> None:
    from partnerdesk.ui.dialogs.opening import OpeningDialog

    def enter(day: date, evidence: str, balances: list[dict[str, Any]]) -> None:
        from partnerdesk.ops.openings.entering import enter_opening

        said: dict[str, Any] = {"evidence": evidence, "by": screen.desk.user}
        label = f"Enter the opening of {form.name}"
        screen.run(
            label, enter_opening, form.partner, day, balances, done=lambda _ids: _entered(screen, form, day), **said
        )

    OpeningDialog(screen.window(), form, screen.desk.formats, enter).open()


def _entered(screen: Screen, form: "OpeningForm", day: date) -> None:
    words = f"{form.name} is taken over as of {screen.desk.formats.day(day)}; closing that period confirms it"
    screen.shell.toast(words, "Statements", lambda: screen.shell.go(Place("statements", form.period(day))))
