"""Which book a command works on, who works on it, and the day its figures are of."""

import argparse
import os
import shlex
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from partnerdesk import paths
from partnerdesk.errors import Refused

if TYPE_CHECKING:
    from partnerdesk.store import Store


def book_of(arguments: argparse.Namespace) -> Path:
    """The book named with --book or PARTNERDESK_BOOK, else the only one in the data folder."""
    named = arguments.book or (Path(os.environ["PARTNERDESK_BOOK"]) if os.environ.get("PARTNERDESK_BOOK") else None)
    if named is not None:
        return Path(named).absolute()
    found = sorted(paths.home().glob(f"*{paths.SUFFIX}"))
    if len(found) == 1:
        return found[0]
    if not found:
        raise Refused("No book is named, and there is none in the data folder.", "Add --book FILE.")
    names = ", ".join(path.name for path in found)
    raise Refused(f"No book is named, and the data folder has several: {names}.", "Add --book FILE.")


def reading(arguments: argparse.Namespace) -> "Store":
    """The book for reading; one that the window holds is read as it is at this moment."""
    from partnerdesk.store import Store

    return Store.snapshot(_there(book_of(arguments)), user=user())


def writing(arguments: argparse.Namespace) -> "Store":
    """The book for writing. Raises Refused while the window, or another command, holds it."""
    from partnerdesk.store import Store

    return Store.open(_there(book_of(arguments)), user=user())


def _there(path: Path) -> Path:
    """The path of a book. Raises Refused where nothing is, with the command that makes one."""
    if path.exists():
        return path
    new = f"partnerdesk import FILE --new --book {shlex.quote(str(path))}"
    raise Refused(
        f"There is no book at {path}.", f"Choose another file, or make one of a first CSV or XLSX file: {new}"
    )


def day_of(store: "Store", arguments: argparse.Namespace) -> date:
    """The day the figures are of: --as-of, the book's own day (the sample book has one), or today."""
    return arguments.as_of or store.info.as_of or today()


def today() -> date:
    """The civil date where the program runs."""
    return datetime.now().astimezone().date()


def moment() -> str:
    """Now as UTC text, for what is recorded with its moment."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def user() -> str:
    """Who works here, for the audit trail."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "me"
