"""One writer per book: a lock on a file beside the book, which the system itself releases when its holder dies.

There is no flag inside the database: one left behind by a crash would lock its owner out. The lock file stays in
place after release, because removing it would let two writers lock two files of the same name. (The `filelock`
package does the same; importing it costs 50 ms of every start, a third of all that opening a book takes.)
"""

import os
import sys
from pathlib import Path

from partnerdesk.errors import Refused

if sys.platform == "win32":
    import msvcrt

    def _take(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class WriterLock:
    """The right to write a book, held from construction until `release`. Raises Refused where another holds it."""

    def __init__(self, book: Path) -> None:
        real = book.resolve()  # two names of one file are one book
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
        self._file: int | None = os.open(real.with_name(f".{real.name}.lock"), flags, 0o600)
        try:
            _take(self._file)
        except OSError:
            self.release()
            raise Refused(
                f"{book.name} is open in another window.", "Close it there first, or open the book for reading only."
            ) from None

    def release(self) -> None:
        """Let others write; releasing twice is harmless."""
        if self._file is not None:
            os.close(self._file)  # closing the only descriptor ends the lock
            self._file = None
