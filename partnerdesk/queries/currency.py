"""The currency of a book, read without the tables' modules: a start asks for it before anything else is imported."""

import json
import re

from sqlalchemy import text
from sqlalchemy.orm import Session

# The key of a program's text before its first table; without reading the text, because a start waits for it.
_NAMED = re.compile(r"""^\s*currency\s*=\s*["']([A-Z]{3})["']""", re.M)
_TABLE = re.compile(r"^\s*\[", re.M)
USUAL = "EUR"  # as `settings.BookSettings` has it


def book_currency(session: Session) -> str:
    """The currency that was chosen for the book, else the usual one."""
    found = session.execute(text("SELECT value FROM setting WHERE key = 'currency'")).scalar()
    return str(json.loads(found)) if found else USUAL


def amount_currencies(session: Session) -> frozenset[str]:
    """The book's currency and those that its programs pay in: amounts of the window are in one of them."""
    texts = session.execute(text("SELECT text FROM program_version")).scalars()
    heads = (_TABLE.split(program, maxsplit=1)[0] for program in texts)
    return frozenset(found[1] for head in heads if (found := _NAMED.search(head))) | {book_currency(session)}
