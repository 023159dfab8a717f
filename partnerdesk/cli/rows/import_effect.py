"""What an import would move, on a terminal: a line a figure of every partner that it moves."""

from decimal import Decimal
from typing import TYPE_CHECKING

from partnerdesk.cli import terminal

if TYPE_CHECKING:
    from partnerdesk.ops.imports.effect import Effect

WORDS = {"trueup": "true-up", "clawed_back": "clawed back"}


def say_effect(found: "Effect") -> None:
    """Prints the figures that move, partners with the most first, and what would be wrong afterwards."""
    if not found.partners:
        terminal.say("  no figure moves" if found.evaluated else "  no figures: this book has no program yet")
        return
    terminal.say(f"  figures as of {found.as_of}, amounts of the periods open since {found.since}:")
    rows = [
        (
            f"{one.name}, {WORDS.get(moved.what, moved.what)}",
            _told(moved.now, one.currency),
            _told(moved.then, one.currency),
            one.currency,
        )
        for one in found.partners
        for moved in one.moved
    ]
    for line in terminal.table(("What changes", "now", "then", ""), rows):
        terminal.say(f"    {line}")
    for one in found.partners:
        if one.corrected:
            terminal.say(f"  {one.name}: true-ups of closed {', '.join(one.corrected)}")
        for problem in one.problems:
            terminal.complain(f"  {one.name}: {problem}")


def _told(side: str | Decimal | None, currency: str) -> str:
    return terminal.amount(side, currency) if isinstance(side, Decimal) else side or "-"
