"""The Why of a partner's figure, for any screen: read it, put it into words, open the inspector."""

from typing import TYPE_CHECKING

from partnerdesk.ui.explanation import explained
from partnerdesk.ui.formula import FormulaRow, worded

if TYPE_CHECKING:
    from partnerdesk.queries.why import Why
    from partnerdesk.ui.screens.base import Screen


def explain_figure(screen: "Screen", partner: str, named: str) -> None:
    """Open the inspector on a partner's figure (`engine.trace` names it)."""
    from partnerdesk.queries.why import why

    screen.read(why, partner, named, screen.desk.today(), done=lambda found: _show(screen, found), slot="why")


def _show(screen: "Screen", found: "Why") -> None:
    from dataclasses import replace

    formats = screen.desk.formats
    changed: tuple[FormulaRow, ...] = ()
    if found.previous is not None:
        before = replace(found.figure, value=found.previous)
        change = replace(found.figure, value=found.figure.value - found.previous)
        changed = (FormulaRow(f"{worded(before, formats)} in {found.previous_label}", "", worded(change, formats)),)
    explanation = explained(
        found.named,
        found.figure,
        formats,
        about=found.about,
        sentence=found.sentence or found.rule_sentence,
        rule=found.rule,
        changed=changed,
    )
    screen.shell.show_why(explanation)
