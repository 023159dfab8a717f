"""Documents that left: noted after every command that writes one, and listed by `partnerdesk documents`."""

import argparse
from typing import TYPE_CHECKING

from partnerdesk.cli import books, terminal
from partnerdesk.cli.command import Commands, command, of_a_book
from partnerdesk.errors import PartnerDeskError, Refused

if TYPE_CHECKING:
    from partnerdesk.queries.outgoing import OutgoingRow
    from partnerdesk.store import Store


def documents(commands: Commands) -> None:
    """The command."""
    made = command(
        commands,
        "documents",
        "Documents that left, the newest first: what, for whom, when and by whom, with the digest of the file.",
        "  partnerdesk documents\n  partnerdesk documents P-001 --json",
    )
    made.add_argument("partner", nargs="?", metavar="PARTNER", help="of this partner only")
    of_a_book(made)
    made.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Says what left."""
    from partnerdesk.queries.outgoing import outgoing_documents

    with books.reading(arguments) as store:
        found = store.read(outgoing_documents, arguments.partner)
    if arguments.json:
        from partnerdesk.engine.outcome.record import plain

        terminal.say_json({"documents": [plain(row) for row in found]})
        return 0
    for row in found:
        terminal.say(_words(row))
    if not found:
        terminal.say("No document left yet.")
    return 0


def _words(row: "OutgoingRow") -> str:
    """A document in one line."""
    about = " ".join(part for part in (row.kind, row.about) if part)
    total = f", closing {row.total:,} {row.currency}" if row.total is not None else ""
    to = f", to {row.recipients}" if row.recipients else ""
    return f"{row.at}  {row.partner or 'whole book'}  {about}{total}{to}: {row.file}  by {row.by}  sha256 {row.sha256}"


def note(arguments: argparse.Namespace, made: object) -> None:
    """Keep in the book what a command has just written, also while the window works on it; where it cannot be kept,
    that is said: the documents have left all the same.
    """
    from partnerdesk.ops.outgoing import note_outgoing
    from partnerdesk.reports.release.outgoing import outgoing

    left = outgoing(made)
    if not left:
        return
    try:
        with _noting(arguments) as store:
            on = store.info.as_of or books.today()
            store.keep(note_outgoing, left, on=on, by=books.user(), at=books.moment())
    except PartnerDeskError as error:
        terminal.complain(f"The record of documents does not hold this one: {error.sentence}")


def _noting(arguments: argparse.Namespace) -> "Store":
    """The book to note in: nobody else may write it meanwhile, or it is noted beside who does."""
    try:
        return books.writing(arguments)
    except Refused:
        return books.reading(arguments)
