"""What a step would bring, found out on a copy of the book in memory that is forgotten: the book stays as it is.

The copy is never a file, so that nothing of the book is left behind by a process that is ended meanwhile.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from partnerdesk.store import connection, journal
from partnerdesk.store.sessions import OpSession

T = TypeVar("T")


def suppose(reader: Any, work: Callable[[Session], T]) -> T:
    """What `work(session)` returns on a copy of the book that it may change as an op does."""
    raw = connection.copy_in_memory(reader)
    try:
        with connection.engine(raw, "BEGIN IMMEDIATE").connect() as on, on.begin() as transaction:
            journal.begin(raw)
            with OpSession(on, autoflush=False, join_transaction_mode="rollback_only") as session:
                value = work(session)
            transaction.rollback()
        return value
    finally:
        raw.close()
