"""What was read of a book and may be asked for again at once: it stays with the connection that it was read by.

What that connection writes, and what another one commits, makes it be read anew; a rollback after writes takes it along
(`store.connection`).
"""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy.orm import Session

T = TypeVar("T")


def kept(session: Session, what: str, key: object, read: Callable[[], T], most: int = 1) -> T:
    """`read()`, or what it gave for the same key while nothing was written; of `what` the last `most` are kept."""
    shelf: dict[str, Any] = session.connection().info
    now = _state(session)
    if what not in shelf or shelf[what][0] != now:
        shelf[what] = (now, {})
    found: dict[object, T] = shelf[what][1]
    if key not in found:
        value = read()
        while len(found) >= most:
            found.pop(next(iter(found)))
        found[key] = value
    return found[key]


def _state(session: Session) -> tuple[object, ...]:
    """Another one whenever this connection wrote something, or another one committed."""
    on = session.connection()
    seen = on.exec_driver_sql("PRAGMA data_version").scalar_one()
    return seen, on.exec_driver_sql("SELECT total_changes()").scalar_one()
