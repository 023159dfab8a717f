"""`partnerdesk gone`: rows that are gone from their source, and what becomes of them.

The same answers go with an import that brings the question, and with one that is taken back.
"""

import argparse
from typing import TYPE_CHECKING

from partnerdesk.cli import books, terminal
from partnerdesk.cli.command import Commands, command, of_a_book

if TYPE_CHECKING:
    from partnerdesk.ops.imports import Answer
    from partnerdesk.queries.vanished import VanishedRow


def gone(commands: Commands) -> None:
    """The group with its actions."""
    says = "Rows that a file brought and does not hold any more: keep them, or accept that they vanished."
    examples = """  partnerdesk gone list
  partnerdesk gone keep 3 4 --evidence 'order form 17, signed'
  partnerdesk gone accept 5 --preview"""
    group = command(commands, "gone", says, examples).add_subparsers(metavar="ACTION", required=True)
    made = command(group, "list", "Rows that wait for an answer.", "  partnerdesk gone list --all")
    made.add_argument("--all", action="store_true", help="answered ones as well")
    of_a_book(made)
    made.set_defaults(run=list_)
    says = "They stay and count as before, with the evidence why."
    made = command(group, "keep", says, "  partnerdesk gone keep 3 --evidence 'order form 17, signed'")
    made.add_argument("rows", type=int, nargs="+", metavar="ROW")
    made.add_argument("--evidence", required=True, metavar="TEXT", help="the document, or who confirmed it")
    of_a_book(made)
    made.set_defaults(run=keep)
    says = "They leave the book; the next statement corrects what closed ones posted of them, and says why."
    made = command(group, "accept", says, "  partnerdesk gone accept 3 --preview")
    made.add_argument("rows", type=int, nargs="+", metavar="ROW")
    made.add_argument("--preview", action="store_true", help="only say what it would move")
    of_a_book(made)
    made.set_defaults(run=accept)


def answering(made: argparse.ArgumentParser) -> None:
    """The arguments of a command that may bring the question."""
    which = made.add_mutually_exclusive_group()
    says = "rows that are gone from the file, or that closed statements rest on, stay; TEXT is the evidence why"
    which.add_argument("--keep", metavar="TEXT", help=says)
    says = "they leave the book; the next statement corrects what closed ones posted of them"
    which.add_argument("--accept", action="store_true", help=says)


def answer_of(arguments: argparse.Namespace) -> "Answer":
    """The answer that was given, if any."""
    from partnerdesk.ops.imports import Answer

    if arguments.keep is not None:
        return Answer("keep", arguments.keep)
    return Answer("accept") if arguments.accept else Answer()


def list_(arguments: argparse.Namespace) -> int:
    """Rows that wait, or all."""
    from partnerdesk.engine.outcome.record import plain
    from partnerdesk.queries.vanished import vanished_rows

    with books.reading(arguments) as store:
        rows = store.read(vanished_rows, waiting=not arguments.all)
    if arguments.json:
        terminal.say_json({"rows": [plain(row) for row in rows]})
        return 0
    for row in rows:
        terminal.say(_words(row))
    if not rows:
        terminal.say("No row is gone from its source." if arguments.all else "No row waits for an answer.")
    return 0


def keep(arguments: argparse.Namespace) -> int:
    """Keeps rows."""
    from partnerdesk.ops.vanishing.answering import keep_rows

    with books.writing(arguments) as store:
        label = f"Keep {terminal.counted(len(arguments.rows), 'row')} gone from the source"
        store.transact(label, keep_rows, arguments.rows, evidence=arguments.evidence, by=books.user())
    _say_done(arguments, "kept")
    return list_(argparse.Namespace(**{**vars(arguments), "all": False}))


def accept(arguments: argparse.Namespace) -> int:
    """Accepts rows as gone."""
    from partnerdesk.cli.rows.import_effect import say_effect
    from partnerdesk.engine.outcome.record import plain
    from partnerdesk.ops.imports.effect import effect_of_accepting
    from partnerdesk.ops.vanishing.answering import accept_rows

    if arguments.preview:
        with books.reading(arguments) as store, terminal.Bar() as bar:
            found = store.suppose(effect_of_accepting, arguments.rows, store.info.as_of or books.today(), bar)
        if arguments.json:
            terminal.say_json(plain(found))
        else:
            say_effect(found)
        return 0
    with books.writing(arguments) as store:
        label = f"Accept {terminal.counted(len(arguments.rows), 'row')} as gone from the source"
        store.transact(label, accept_rows, arguments.rows, by=books.user())
    _say_done(arguments, "accepted as gone")
    return list_(argparse.Namespace(**{**vars(arguments), "all": False}))


def _say_done(arguments: argparse.Namespace, done: str) -> None:
    """What was answered, before what still waits."""
    if not arguments.json:
        terminal.say(f"{terminal.counted(len(arguments.rows), 'row')} {done}.")


def _words(row: "VanishedRow") -> str:
    """A row in one line."""
    who = f"{row.partner_name}: " if row.partner_name else ""
    state = "waits for an answer"
    if not row.waits:
        evidence = f", {row.evidence}" if row.evidence else ""
        state = f"{'kept' if row.answer == 'keep' else 'accepted as gone'} by {row.answered_by}{evidence}"
    source = f" ({row.source})" if row.source else ""
    return f"{row.id}  {who}{row.says}{source}, missing from {row.missing} since {row.at[:10]}: {state}"
