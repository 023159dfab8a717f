"""The connections of an open book: one that writes, one that only reads, and who may use which when.

A write and a read may go on at the same time; a commit waits for the read in progress, because a cursor that is open
would make it fail with "database is locked". Two writes follow each other.

Another process that reads for long, as an export does, would hold up every commit as well: it reads a copy of the book
as it was at one moment (`is_copy`).
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from partnerdesk.errors import PartnerDeskError, Refused
from partnerdesk.store import connection, header, journal, schema
from partnerdesk.store.faults import told, told_by_system
from partnerdesk.store.journal import End, end
from partnerdesk.store.lock import WriterLock

if TYPE_CHECKING:
    from sqlalchemy import RootTransaction


class Connections:
    """Both connections to a book, opened on construction, and the right to write it where that was asked for."""

    def __init__(self, path: Path, user: str, write: bool, *, is_copy: bool = False) -> None:
        self.path = path
        self.user = user
        self._is_copy = is_copy
        self._writer: Any = None  # connected with the first write: it costs every start as much as the reader
        self._reader: Any = None
        self._writing = threading.RLock()
        self._reading = threading.Lock()
        self._in_step = False
        self._known_end: End | None = None
        with told_by_system(path.name):
            self._lock = WriterLock(path) if write else None
        try:
            self._connect()
        except BaseException:
            self.close()
            raise

    def _connect(self) -> None:
        with told_by_system(self.path.name):
            if header.has_journal(self.path):
                connection.recover(self.path)
            self._update()
            self._reader = self._copied() if self._is_copy else connection.connect(self.path, write=False)
            self._read_engine = connection.engine(self._reader, "BEGIN")
            schema.check_triggers(self._reader, self.path.name)

    def _copied(self) -> Any:
        """A reader of the book as it is now, in memory: whoever writes the file waits for the copying alone."""
        raw = connection.connect(self.path, write=False)
        try:
            return connection.copy_in_memory(raw, write=False)
        finally:
            raw.close()

    def _update(self) -> None:
        """Bring a book of an earlier version to this one."""
        # The version is read again: under the lock, and after an interrupted write was rolled back.
        version = header.version_of(self.path)
        if version == header.SCHEMA_VERSION:
            return
        if self._lock is None:
            raise Refused(
                f"{self.path.name} has version {version} of the file; this PartnerDesk reads version "
                f"{header.SCHEMA_VERSION}.",
                "Open it once for writing: it is backed up and then updated.",
            )
        from partnerdesk.store.migrate import upgrade

        upgrade(self.path, self.user)

    def close(self) -> None:
        """Close the file, after the work in progress, and let others write it. Closing twice is harmless."""
        with self._writing, self._reading:
            if self._writer is not None and self._lock is not None:  # something was written
                self._note_end()
            self._disconnect()
            if self._lock is not None:
                self._lock.release()

    def _disconnect(self) -> None:
        for raw in (self._reader, self._writer):
            if raw is not None:
                raw.close()
        self._reader = self._writer = self._known_end = None

    def _end(self) -> End:
        """How the history ends. The only writer knows it: a window asks for it often, also during a long read."""
        known = self._known_end
        if known is None:
            with self._reader_alone() as raw:
                known = end(raw)
                if self._lock is not None:
                    self._known_end = known
        return known

    def _note_end(self) -> None:
        """Note outside the file how its history ends, so that a lost end is noticed. No reason to fail a close."""
        from partnerdesk.store.chain import remember

        with suppress(PartnerDeskError), told_by_system(self.path.name):
            (book,) = self._reader.execute("SELECT id FROM book").fetchone()
            last = journal.last_step(self._reader)
            if last:
                remember(book, last.id, last.hash)

    @contextmanager
    def _reader_alone(self) -> Iterator[Any]:
        with self._reading, told(self.path.name):
            if self._reader is None:
                raise Refused(f"{self.path.name} was closed.", "Open it again.")
            yield self._reader

    def _refuse_to_write(self) -> NoReturn:
        if self._reader is None:
            raise Refused(f"{self.path.name} was closed.", "Open it again.")
        raise Refused(f"{self.path.name} is open for reading only.", "Close it in the other window first.")

    def _commit(self, transaction: "RootTransaction") -> None:
        """Commit; where another program reads the file, nothing stays begun, so that the next try can begin."""
        try:
            transaction.commit()
        except BaseException:
            if self._writer is not None and self._writer.in_transaction:
                self._writer.execute("ROLLBACK")
            raise

    @contextmanager
    def _writer_alone(self, *, beside: bool = False) -> Iterator[Any]:
        """The writer, for this thread alone; an op that asks for it again would wait for itself, so it is told.

        With `beside` also where another holds the right to write the book: for what is no step of it.
        """
        with self._writing, told(self.path.name):
            if self._in_step:
                raise RuntimeError("an op runs inside one transaction and cannot open another")
            if self._reader is None or (self._lock is None and not beside):
                self._refuse_to_write()
            if self._writer is None:
                self._writer = connection.connect(self.path, write=True)
                self._write_engine = connection.engine(self._writer, "BEGIN IMMEDIATE")
            self._in_step = True
            try:
                yield self._writer
            finally:
                self._in_step = False
