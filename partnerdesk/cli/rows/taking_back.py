"""`partnerdesk import --undo`: one import taken back, after an answer for the rows that closed statements rest on."""

import argparse

from partnerdesk.cli import books, terminal
from partnerdesk.cli.rows.import_effect import say_effect
from partnerdesk.cli.rows.vanishing import answer_of
from partnerdesk.errors import PartnerDeskError, Refused


def run(arguments: argparse.Namespace) -> int:
    """Takes an import back; with --preview, or where an answer is missing, says what that would move."""
    from partnerdesk.ops.imports import take_back, under_closed
    from partnerdesk.ops.imports.effect import effect_of_taking_back

    batch, given = arguments.undo, answer_of(arguments)
    if arguments.preview:
        with books.reading(arguments) as store, terminal.Bar() as bar:
            found = store.suppose(effect_of_taking_back, batch, store.info.as_of or books.today(), bar)
        _say(arguments, {"effect": found})
        return 0
    with books.writing(arguments) as store:
        rested = len(store.read(under_closed, batch))
        if rested and not given.answer:
            with terminal.Bar() as bar:
                say_effect(store.suppose(effect_of_taking_back, batch, store.info.as_of or books.today(), bar))
        try:
            label = f"Take back import B-{batch:04d}"
            done = store.transact(label, take_back, batch, given=given, by=books.user()).value
        except PartnerDeskError as refused:
            if rested and not given.answer:
                raise Refused(str(refused).partition(". ")[0] + ".", "Add --keep EVIDENCE or --accept.") from None
            raise
    _say(arguments, {"undone": done})
    return 0


def _say(arguments: argparse.Namespace, found: "dict[str, object]") -> None:
    from partnerdesk.engine.outcome.record import plain

    if arguments.json:
        terminal.say_json({name: plain(value) for name, value in found.items()})
    elif "effect" in found:
        say_effect(found["effect"])  # type: ignore[arg-type]
    else:
        terminal.say(_words(found["undone"]))


def _words(done: object) -> str:
    from partnerdesk.ops.imports.undoing import Undone

    assert isinstance(done, Undone)
    kept = f", {done.kept_as_placeholders} named by others and kept by name" if done.kept_as_placeholders else ""
    return f"taken back: {terminal.counted(done.removed, 'fact')} removed, {done.restored} as before{kept}"
