"""Removing a row by hand: where closed statements rest on it, a person is asked first, with what that would move."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from partnerdesk.ops.imports.effect import Effect
    from partnerdesk.ui.screens.base import Screen


def remove_asking(screen: "Screen", kind: str, id: str, verb: str, op: Callable[..., Any], toast: str) -> None:
    """Runs `op(session, id, accepted=, by=)` as the step `verb`, at once where no closed statement rests on the row."""
    from partnerdesk.queries.statements.resting import rested_on

    def remove(accepted: bool) -> None:
        screen.run(verb, op, id, accepted=accepted, by=screen.desk.user, toast=toast)

    def looked(found: "dict[tuple[str, str], frozenset[str]]") -> None:
        if found:
            _work_out(screen, id, verb, op, lambda: remove(True))
        else:
            remove(False)

    screen.read(rested_on, {kind: [id]}, done=looked, slot="removing")


def _work_out(screen: "Screen", id: str, verb: str, op: Callable[..., Any], then: Callable[[], object]) -> None:
    from partnerdesk.ui.exporting import effect_of_removing_from, export_away

    label = f"What “{verb}” moves"
    today = screen.desk.today()
    export_away(
        screen, label, effect_of_removing_from, op, id, today, done=lambda found: _ask(screen, verb, found, then)
    )


def _ask(screen: "Screen", verb: str, found: "Effect", then: Callable[[], object]) -> None:
    from partnerdesk.ui.screens.data_pages.effect import closed_words, true_up_words

    formats = screen.desk.formats
    text = f"Closed statements rest on it. {closed_words(found, formats)}"
    if any(one.corrected for one in found.partners):
        text += f" {true_up_words(found, formats)}"
    screen.shell.ask(f"{verb}?", f"{text} Undo brings it back.", verb, then)
