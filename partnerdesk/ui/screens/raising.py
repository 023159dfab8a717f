"""Raising a dispute from wherever a line is shown: the ledger, the Why of a figure, a reconciliation."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from partnerdesk.ui.explanation import Act

if TYPE_CHECKING:
    from partnerdesk.queries.statements.disputable import Disputable
    from partnerdesk.ui.desk import Desk
    from partnerdesk.ui.screens.base import Screen


def ask_dispute(screen: "Screen", partner: str, line: str) -> None:
    """Reads what a line's dispute would mean, and asks what the partner says."""
    from partnerdesk.queries.statements.disputable import disputable

    today = screen.desk.today()
    screen.read(disputable, partner, line, today, done=lambda found: ask_claim(screen, found), slot="disputable")


def ask_claim(screen: "Screen", found: "Disputable") -> None:
    """Asks what the partner says about a line."""
    from partnerdesk.ui.dialogs.dispute import RaiseDialog

    def given(reason: str, raised_by: str, claimed: Decimal | None, late: str) -> None:
        _raise(screen, found, {"reason": reason, "raised_by": raised_by, "claimed": claimed, "late_because": late})

    RaiseDialog(screen.window(), found, screen.desk.formats, given).open()


def _raise(screen: "Screen", found: "Disputable", said: dict[str, Any]) -> None:
    from partnerdesk.ops.statements.disputes import Claim, raise_dispute

    claim = Claim(partner=found.partner, line=found.line, **said)
    stamp = said_now(screen.desk)
    screen.run(f"Dispute {found.line}", raise_dispute, claim, toast="Dispute raised", **stamp)


def dispute_act(screen: "Screen", found: "Disputable | None") -> Act | None:
    """What the Why of a line offers: to dispute it, where it stands on a closed statement."""
    if found is None or screen.desk.book is None or not screen.desk.book.is_writable:
        return None
    taken = f"{found.dispute} is open for this line" if found.dispute else ""
    return Act("Dispute…", "scale", lambda: ask_claim(screen, found), taken)


def said_now(desk: "Desk") -> dict[str, Any]:
    """The day, the user and the moment (UTC) of what is done now."""
    return {"on": desk.today(), "by": desk.user, "at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}
