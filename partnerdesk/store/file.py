"""`Store`: one open book. The only place that begins and commits transactions.

Reads go through a query-only connection and return complete frozen rows; writes go through `transact`, one op, one
transaction, one undo step. Both may be called from any thread; writes queue behind each other.
"""

import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from partnerdesk.errors import Refused
from partnerdesk.store import connection, header, journal, schema
from partnerdesk.store.faults import told
from partnerdesk.store.journal import Done
from partnerdesk.store.lock import WriterLock

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class BookInfo:
    """Who a book is. `as_of` is the day its figures are of; None: the day on which they are asked for."""

    id: str
    name: str
    sample: bool
    created: str
    as_of: date | None
    version: int


class OpSession(Session):
    """The session of an op: it writes, and only `Store.transact` ends its transaction."""

    def commit(self) -> None:
        raise RuntimeError("an op never commits: Store.transact does")

    def rollback(self) -> None:
        raise RuntimeError("an op never rolls back: it raises, and Store.transact does")


class Store:
    """An open book. Use `Store.open` or `Store.create`; `close` it, or use it in a `with` statement."""

    def __init__(self, path: Path, user: str, write: bool) -> None:
        self.path = path
        self.user = user
        self.writable = write
        self._lock = WriterLock(path) if write else None
        self._writing = threading.RLock()
        self._reading = threading.Lock()
        self._writer: Any = None
        self._reader: Any = None
        try:
            self._connect()
        except BaseException:
            self.close()
            raise

    @classmethod
    def create(cls, path: Path | str, *, user: str, sample: bool = False) -> "Store":
        """Make a new book at a path where nothing is yet, and open it for writing."""
        path = Path(path)
        if path.exists():
            raise Refused(f"{path.name} exists already.", "Choose another name, or open it.")
        with told(path.name):
            temp = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.part")
            try:
                _make(temp, path.stem, user, sample)
                temp.rename(path)
            finally:
                temp.unlink(missing_ok=True)
        return cls.open(path, user=user)

    @classmethod
    def open(cls, path: Path | str, *, user: str, write: bool = True) -> "Store":
        """Open a book. Raises Refused or Damaged, with the file unchanged, for anything this program cannot use."""
        path = Path(path)
        header.version_of(path)
        return cls(path, user, write)

    def _connect(self) -> None:
        with told(self.path.name):
            if self.writable:
                self._writer = connection.connect(self.path, write=True)
                self._write_engine = connection.engine(self._writer, "BEGIN IMMEDIATE")
            self._reader = connection.connect(self.path, write=False)
            schema.check_triggers(self._reader, self.path.name)
            self._read_engine = connection.engine(self._reader, "BEGIN")

    def close(self) -> None:
        """Close the file and let others write it. Closing twice is harmless."""
        for raw in (self._reader, self._writer):
            if raw is not None:
                raw.close()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Reading

    def read(self, query: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What `query(session, ...)` returns: complete rows, never a cursor or a mapped object."""
        with self._reading, told(self.path.name), Session(self._read_engine, autoflush=False) as session:
            return query(session, *args, **kwargs)

    @property
    def info(self) -> BookInfo:
        """Who this book is."""
        with self._reading, told(self.path.name):
            row = self._reader.execute("SELECT id, name, sample, created, as_of FROM book").fetchone()
            version = self._reader.execute("PRAGMA user_version").fetchone()[0]
        number, name, sample, created, as_of = row
        return BookInfo(number, name, bool(sample), created, date.fromisoformat(as_of) if as_of else None, version)

    @property
    def revision(self) -> int:
        """The id of the last step; it grows with every change."""
        last = self._last()
        return last.id if last else 0

    def _last(self) -> journal.Step | None:
        with self._reading, told(self.path.name):
            return journal.last_step(self._reader)

    # Writing

    def transact(
        self, label: str, op: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> Done[T]:
        """Run `op(session, ...)` in one transaction, as one undo step named `label`. An error changes nothing."""

        def work(on: Connection) -> T:
            with OpSession(on, autoflush=False, join_transaction_mode="rollback_only") as session:
                value = op(session, *args, **kwargs)
                session.flush()
            return value

        return self._step(label, "do", work)

    def undo(self) -> Done[None]:
        """Take back the last step, as a step of its own."""
        return self._reverse("undo")

    def redo(self) -> Done[None]:
        """Do again what the last undo took back, as a step of its own."""
        return self._reverse("redo")

    @property
    def undo_label(self) -> str | None:
        """What `undo` would take back; None where there is nothing."""
        return self._label("undo")

    @property
    def redo_label(self) -> str | None:
        """What `redo` would do again; None where there is nothing."""
        return self._label("redo")

    def _label(self, kind: str) -> str | None:
        with self._reading, told(self.path.name):
            target = _target(self._reader, kind)
        return target.label if target else None

    def _reverse(self, kind: str) -> Done[None]:
        with self._writing:
            with self._reading:
                target = _target(self._reader, kind)
            if target is None:
                raise Refused(f"There is nothing to {kind}.")
            return self._step(target.label, kind, lambda _: journal.reverse(self._writer, target), target)

    def _step(
        self, label: str, kind: str, work: Callable[[Connection], T], reverses: journal.Step | None = None
    ) -> Done[T]:
        """One transaction: open a step, do the work, seal the step, commit; nothing of it stays after an error."""
        if self._writer is None:
            raise Refused(f"{self.path.name} is open for reading only.", "Close it in the other window first.")
        with self._writing, told(self.path.name), self._write_engine.connect() as on, on.begin() as transaction:
            before, number = journal.begin(self._writer)
            value = work(on)
            changes = journal.seal(self._writer, before, number, self.user, label, kind, reverses)
            with self._reading:  # a read in progress would make the commit fail with "database is locked"
                transaction.commit()
        return Done(value, changes)


def _target(raw: Any, kind: str) -> journal.Step | None:
    """The step that undo or redo would reverse."""
    last = journal.last_step(raw)
    number = last and (last.undo_top if kind == "undo" else last.redo_top)
    return journal.step(raw, number) if number else None


def _make(path: Path, name: str, user: str, sample: bool) -> None:
    connection.make_file(path)
    raw = connection.connect(path, write=True)
    try:
        raw.execute("BEGIN IMMEDIATE")
        schema.create(raw)
        _, number = journal.begin(raw)
        row = (str(uuid.uuid4()), name, journal.now(), sample)
        raw.execute("INSERT INTO book(one, id, name, created, sample) VALUES (1, ?, ?, ?, ?)", row)
        journal.seal(raw, None, number, user, "Create book", "create")
        raw.execute("COMMIT")
    finally:
        raw.close()
