"""The currency of a book, read without the tables' modules: a start asks for it before anything else is imported."""

import json

from sqlalchemy import text
from sqlalchemy.orm import Session

USUAL = "EUR"  # as `settings.BookSettings` has it


def book_currency(session: Session) -> str:
    """The currency that was chosen for the book, else the usual one."""
    found = session.execute(text("SELECT value FROM setting WHERE key = 'currency'")).scalar()
    return str(json.loads(found)) if found else USUAL
