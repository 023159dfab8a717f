"""How a command is declared for argparse, and what many commands take: a book, a day, a file, an amount."""

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NoReturn, TypeAlias

from partnerdesk.errors import Refused

FIRST_YEAR, LAST_YEAR = 1900, 2199  # of a day that is typed
MOST_MONTHS = 120  # ahead

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


class Parser(argparse.ArgumentParser):
    """A parser whose complaints end with where help is."""

    def error(self, message: str) -> NoReturn:
        """Ends the program with 2, as argparse does."""
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: error: {message}\n“{self.prog} --help” has all arguments, and examples.\n")


def parsed(parser: argparse.ArgumentParser, argv: Sequence[str]) -> argparse.Namespace:
    """The arguments; what a command does not know is complained about by that command and not by the program."""
    found, unknown = parser.parse_known_args(argv)
    if unknown:
        name = f"partnerdesk {found.command}"
        Parser(prog=name, usage=f"{name} ...").error(f"unrecognized arguments: {' '.join(unknown)}")
    return found


def command(commands: Commands, name: str, says: str, examples: str) -> argparse.ArgumentParser:
    """A command with its help and examples."""
    return commands.add_parser(
        name,
        help=says,
        description=says,
        epilog=f"examples:\n{examples}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )


def of_a_book(made: argparse.ArgumentParser, with_day: bool = False) -> None:
    """The arguments of every command that works on a book."""
    which = "the book; the only one in the data folder by default, or PARTNERDESK_BOOK"
    made.add_argument("--book", type=existing, metavar="FILE", help=which)
    made.add_argument("--json", action="store_true", help="the answer as JSON")
    if with_day:
        says = "the day the figures are of; the book's own day or today by default"
        made.add_argument("--as-of", type=day, metavar="DAY", help=says)


def existing(text: str) -> Path:
    """An absolute path, because the program leaves the working folder before it reads anything."""
    return Path(text).absolute()


def day(text: str) -> date:
    """A day written 2026-09-30."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a day; write 2026-09-30") from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise argparse.ArgumentTypeError(f"“{text}” is no day from {FIRST_YEAR} to {LAST_YEAR}")
    return found


def months(text: str) -> int:
    """How far ahead, in months."""
    try:
        found = int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a number of months; write 12") from None
    if found > MOST_MONTHS:
        raise argparse.ArgumentTypeError(f"{found} months are too far ahead; write {MOST_MONTHS} or fewer")
    return found


def amount(text: str) -> Decimal:
    """An amount written 1234.56."""
    try:
        found = Decimal(text)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        raise argparse.ArgumentTypeError(f"“{text}” is not an amount; write 1234.56")
    return found


def pairs(given: Sequence[str]) -> dict[str, str]:
    """The fields and values of --set."""
    pairs = [text.partition("=") for text in given]
    for name, sign, _value in pairs:
        if not sign:
            raise Refused(f"“{name}” sets nothing.", "Write a field, an equals sign and a value: segment=enterprise.")
    return {name.strip(): value for name, _sign, value in pairs}
