"""Raising a dispute from wherever a row is shown: the ledger, the run of statements, the Why of a figure."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from partnerdesk.ui.explanation import Act

if TYPE_CHECKING:
    from partnerdesk.queries.statements.disputable import Disputable
    from partnerdesk.ui.desk import Desk
    from partnerdesk.ui.screens.base import Screen


def ask_dispute(screen: "Screen", partner: str, line: str) -> None:
    """Reads what disputing a line, a movement or a total would mean, and asks what the partner says."""
    from partnerdesk.queries.statements.disputable import disputable

    today = screen.desk.today()
    screen.read(disputable, partner, line, today, done=lambda found: ask_claim(screen, found), slot="disputable")


def ask_claim(screen: "Screen", found: "Disputable") -> None:
    """Asks what the partner says about it."""
    from partnerdesk.ui.dialogs.dispute import RaiseDialog

    RaiseDialog(screen.window(), found, screen.desk.formats, lambda said: _raise(screen, found, said)).open()


def _raise(screen: "Screen", found: "Disputable", said: dict[str, Any]) -> None:
    from partnerdesk.ops.statements.disputes import Claim, raise_dispute

    claim = Claim(partner=found.partner, line=found.line, **said)
    stamp = said_now(screen.desk)
    screen.run(f"Dispute {found.says}", raise_dispute, claim, toast="Dispute raised", **stamp)


def dispute_act(screen: "Screen", found: "Disputable | None") -> Act | None:
    """What a Why offers: to dispute the figure, where it stands on a closed statement."""
    if found is None or screen.desk.book is None or not screen.desk.book.is_writable:
        return None
    taken = f"{found.dispute} is open for this already" if found.dispute else ""
    words = "Dispute the total…" if found.is_total else "Dispute…"
    return Act(words, "scale", lambda: ask_claim(screen, found), taken)


def said_now(desk: "Desk") -> dict[str, Any]:
    """The day, the user and the moment (UTC) of what is done now."""
    return {"on": desk.today(), "by": desk.user, "at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}
