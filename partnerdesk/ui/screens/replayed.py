"""Replay in the window: a period's closed statements computed again away from it, and what came of it in a sentence."""

from typing import TYPE_CHECKING

from partnerdesk.ui.exporting import export_away, replay_from
from partnerdesk.ui.screens.base import Place, Screen

if TYPE_CHECKING:
    from partnerdesk.ops.statements.replaying import ReplayRow


def replay_period(screen: Screen, period: str, partner: str | None = None) -> None:
    """Replays the closed statements of a period, or one partner's, and says on the screen whether they are the same."""
    export_away(screen, "Replaying statements", replay_from, period, partner, done=lambda rows: _say(screen, rows))


def _say(screen: Screen, rows: "tuple[ReplayRow, ...]") -> None:
    wrong = [row for row in rows if not row.is_same]
    many = f"{len(rows)} closed statement{'s' if len(rows) > 1 else ''}"
    screen.messages.clear()
    if not wrong:
        words = f"{many} computed again from what was frozen."
        screen.messages.say("good", words, f"{'All come' if len(rows) > 1 else 'It comes'} out the same to the byte.")
        return
    first = wrong[0]
    more = f" and {len(wrong) - 1} more" if len(wrong) > 1 else ""
    screen.messages.say(
        "bad",
        f"{first.number} of {first.partner}{more} of {many} would come out differently.",
        f"First place: {first.difference}. What was sent stands as it was frozen.",
        [("Open partner", lambda: screen.shell.go(Place("partners", first.partner, "earnings")))],
        keep=True,
    )
