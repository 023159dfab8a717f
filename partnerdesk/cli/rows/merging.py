"""`partnerdesk partner merge`: two partners of the book that are the same company become one."""

import argparse
from typing import TYPE_CHECKING

from partnerdesk.cli import books, terminal
from partnerdesk.cli.command import Commands, command, of_a_book
from partnerdesk.errors import Refused

if TYPE_CHECKING:
    from partnerdesk.ops.rows.merging import Merging

_EXAMPLES = """  partnerdesk partner merge P-007 into P-001 --preview
  partnerdesk partner merge P-007 into P-001

What names P-007 names P-001 then, and files that still know P-007 by its id or its names follow. A partner with closed
statements keeps its row: what was posted stays with it."""


def merge(group: Commands) -> None:
    """The action of `partner`."""
    says = "Make one of two partners that are the same company, as one step that undo takes back."
    made = command(group, "merge", says, _EXAMPLES)
    made.add_argument("pair", nargs="+", metavar="OLD into NEW", help="the id of the one that goes, and of the other")
    made.add_argument("--preview", action="store_true", help="only say what would move and what is in the way")
    of_a_book(made)
    made.set_defaults(run=merged)


def merged(arguments: argparse.Namespace) -> int:
    """Merges two partners, or says what that would do: 1 where something is in the way."""
    from partnerdesk.ops.rows.merging import merge_partners, merging

    old, new = _pair(arguments.pair)
    if arguments.preview:
        with books.reading(arguments) as store:
            found = store.read(merging, old, new)
    else:
        with books.writing(arguments) as store:
            found = store.transact(f"Merge {old} into {new}", merge_partners, old, new, by=books.user()).value
    _told(arguments, found)
    return 1 if found.in_the_way else 0


def _pair(given: list[str]) -> tuple[str, str]:
    if len(given) == 3 and given[1].lower() == "into":
        return given[0], given[2]
    if len(given) == 2 and "into" not in (word.lower() for word in given):
        return given[0], given[1]
    raise Refused("Name the partner that goes and the one that stays.", "partnerdesk partner merge P-007 into P-001")


def _told(arguments: argparse.Namespace, found: "Merging") -> None:
    from partnerdesk.engine.outcome.record import plain

    if arguments.json:
        terminal.say_json(plain(found))
        return
    would = "becomes" if not arguments.preview else "would become"
    pair = found.pair
    terminal.say(f"{pair.old_name} ({pair.old}) {would} {pair.new_name} ({pair.new}).")
    for line in found.said:
        terminal.say(f"  {line}")
