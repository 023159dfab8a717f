"""One writer per book: a lock file beside the book that the system itself releases when its holder dies.

There is no flag inside the database: one left behind by a crash would lock its owner out.
"""

from pathlib import Path

from partnerdesk.errors import Refused


class WriterLock:
    """The right to write a book, held from construction until `release`. Raises Refused where another holds it."""

    def __init__(self, book: Path) -> None:
        from filelock import FileLock, Timeout

        real = book.resolve()
        self.path = real.with_name(f".{real.name}.lock")
        self._lock = FileLock(
            self.path, timeout=0, mode=0o600, thread_local=False, is_singleton=False, fallback_to_soft=False
        )
        try:
            self._lock.acquire()
        except Timeout:
            raise Refused(
                f"{book.name} is open in another window.", "Close it there first, or open the book for reading only."
            ) from None

    def release(self) -> None:
        """Let others write."""
        self._lock.release()
