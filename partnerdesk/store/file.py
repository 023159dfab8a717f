"""`Store`: one open book. The only place that begins and commits transactions.

Reads go through a query-only connection and return complete frozen rows; writes go through `transact`: one op, one
transaction, one undo step. Both may be called from any thread: writes queue behind each other, reads go on meanwhile.
What is done to the file as a whole (backup, check, migration) is in modules of its own.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Result
from sqlalchemy.orm import Session

from partnerdesk.errors import Refused
from partnerdesk.store import header, journal
from partnerdesk.store.connections import Connections
from partnerdesk.store.faults import told_by_system
from partnerdesk.store.journal import Changes, Done, Step
from partnerdesk.store.lock import WriterLock
from partnerdesk.store.sessions import OpSession

if TYPE_CHECKING:
    from partnerdesk.store.backup import Backup
    from partnerdesk.store.check import Finding

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


class Store(Connections):
    """An open book. Use `Store.open` or `Store.create`; `close` it, or use it in a `with` statement."""

    @classmethod
    def create(
        cls, path: Path | str, *, user: str, sample: bool = False, settings: Mapping[str, str | int] | None = None
    ) -> "Store":
        """Make a new book at a path where nothing is yet, and open it for writing; no undo takes `settings` back."""
        from partnerdesk.store.create import create

        create(Path(path), user, sample, settings or {})
        return cls.open(path, user=user)

    @classmethod
    def open(cls, path: Path | str, *, user: str, write: bool = True) -> "Store":
        """Open a book. Raises Refused or Damaged, with the file unchanged, for anything this program cannot use.

        With `write` this program alone may write it until `close`; without, others may, and reads see what they
        committed.
        """
        path = Path(path)
        header.version_of(path)
        return cls(path, user, write)

    @classmethod
    def snapshot(cls, path: Path | str, *, user: str) -> "Store":
        """Open a book for reading as it is at this moment: what is read long does not hold up whoever writes it.

        Raises what `open` raises.
        """
        path = Path(path)
        header.version_of(path)
        return cls(path, user, False, is_copy=True)

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Reading

    def read(self, query: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What `query(session, ...)` returns: complete rows, never a cursor."""
        with self._reader_alone(), Session(self._read_engine, autoflush=False) as session:
            value = query(session, *args, **kwargs)
        if isinstance(value, Result | Iterator):
            raise TypeError(f"{query!r} returns a {type(value).__name__}; a query returns complete rows")
        return value

    @property
    def info(self) -> BookInfo:
        """Who this book is."""
        with self._reader_alone() as raw:
            number, name, sample, created, as_of = raw.execute(
                "SELECT id, name, sample, created, as_of FROM book"
            ).fetchone()
            (version,) = raw.execute("PRAGMA user_version").fetchone()
        return BookInfo(number, name, bool(sample), created, date.fromisoformat(as_of) if as_of else None, version)

    @property
    def revision(self) -> int:
        """The id of the last step; it grows with every change."""
        return self._end().revision

    @property
    def undo_label(self) -> str | None:
        """What `undo` would take back; None where there is nothing."""
        target = self._end().undo
        return target.label if target else None

    @property
    def redo_label(self) -> str | None:
        """What `redo` would do again; None where there is nothing."""
        target = self._end().redo
        return target.label if target else None

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

        return self._step(label, "final" if getattr(op, "irreversible", False) else "do", work)

    def suppose(self, op: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What `op(session, ...)` returns on a copy of the book that is forgotten: the book stays as it is."""
        from partnerdesk.store.supposing import suppose

        with self._reader_alone() as raw:
            return suppose(raw, lambda session: op(session, *args, **kwargs))

    def keep(self, op: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run an op that writes only what the journal does not watch. No step: neither undone nor audited.

        A change of anything that the journal does watch is refused by its triggers, which find no open step. So it may
        also be written while another window works on the book: the file itself lets one commit at a time.
        """
        with self._writer_alone(beside=True), self._write_engine.connect() as on, on.begin() as transaction:
            with OpSession(on, autoflush=False, join_transaction_mode="rollback_only") as session:
                value = op(session, *args, **kwargs)
                session.flush()
            with self._reading:
                self._commit(transaction)
        return value

    def undo(self) -> Done[None]:
        """Take back the last step, as a step of its own; Refused where there is none or a rule of the file forbids."""
        return self._reverse("undo")

    def redo(self) -> Done[None]:
        """Do again what the last undo took back, as a step of its own."""
        return self._reverse("redo")

    def _reverse(self, kind: str) -> Done[None]:
        from partnerdesk.store.reverse import reverse

        with self._writing:
            target = self._end().undo if kind == "undo" else self._end().redo
            if target is None:
                raise Refused(f"There is nothing to {kind}.")
            return self._step(target.label, kind, lambda _: reverse(self._writer, target), target)

    def _step(self, label: str, kind: str, work: Callable[[Connection], T], reverses: Step | None = None) -> Done[T]:
        """One transaction: open a step, do the work, seal the step, commit; nothing of it stays after an error."""
        with self._writer_alone() as raw, self._write_engine.connect() as on, on.begin() as transaction:
            before, number = journal.begin(raw)
            value = work(on)
            changes = journal.seal(raw, before, number, self.user, label, kind, reverses)
            known = journal.end(raw)
            with self._reading:  # a read in progress would make the commit fail with "database is locked"
                self._commit(transaction)
                self._known_end = known
        return Done(value, changes)

    # The file as a whole

    def backup(self, reason: str) -> "Backup":
        """Make a verified backup, and throw away those that the rule of `store.prune` does not keep."""
        from partnerdesk.store import backup, prune

        with self._writing, self._reader_alone() as raw:
            made = backup.make(raw, self.path, reason)
            for old in prune.superfluous(backup.listed(made.book), datetime.now(UTC)):
                prune.remove(old)
        return made

    def backups(self) -> "list[Backup]":
        """The verified backups of this book, newest first."""
        from partnerdesk.store.backup import listed

        return listed(self.info.id)

    @property
    def backup_age(self) -> timedelta | None:
        """How long ago the last verified backup was made; None where there is none."""
        now = datetime.now(UTC)
        return next((now - b.at for b in self.backups() if b.at <= now), None)

    def is_backup_due(self, after: timedelta = timedelta(minutes=30)) -> bool:
        """Whether there is work that no backup holds, and the last backup is older than `after`."""
        newest = next(iter(self.backups()), None)
        if newest is not None and newest.op >= self.revision:
            return False
        age = self.backup_age
        return age is None or age > after

    def lost_work(self) -> str | None:
        """A sentence where this file is not as this machine last closed it: an older copy, or another history.

        Quick enough for every opening; `check` looks at all of it.
        """
        from partnerdesk.store.chain import last_seen, missing

        seen = last_seen(self.info.id)
        with self._reader_alone() as raw:
            return next(missing(raw, [seen]), None) if seen else None

    def restore(self, backup: "Backup") -> Done[None]:
        """Put a backup in the place of this book, after a backup of the book as it is; a failure leaves it so."""
        from partnerdesk.store import restore

        with self._writing:
            with self._writer_alone():
                restore.verify(backup, self.info.id)
                last = self.revision
                restore.save_present(self.backup, self.path)
            with self._reading:
                self._disconnect()
                try:
                    number = restore.swap(backup, self.path, self.user, last)
                finally:
                    self._connect()
                tables = restore.tables_of(self._reader)
        return Done(None, Changes(number, restore.moment(backup), tables))

    @classmethod
    def recover(cls, path: Path | str, backup: "Backup", *, user: str) -> "Store":
        """Put a backup in the place of a book that cannot be opened any more, which is kept under another name."""
        from partnerdesk.store.restore import recover

        path = Path(path)
        with told_by_system(path.name):
            lock = WriterLock(path)
            try:
                recover(path, backup, user)
            finally:
                lock.release()
        return cls.open(path, user=user)

    def check(self) -> "list[Finding]":
        """What is wrong with this book, by category; no row is changed, and an index of the search that is wrong is
        made anew where this book may be written."""
        from partnerdesk.store.check import findings

        with self._reader_alone() as raw:
            found = findings(raw, self.path)
        if self._lock is not None and any(one.category == "search" for one in found):
            self._index_anew()
        return found

    def _index_anew(self) -> None:
        """Make the index of the search anew. It is derived, so this is no step."""
        from partnerdesk.store.search_index import rebuild

        revision = self.revision
        with self._writer_alone() as raw, self._write_engine.connect() as on, on.begin() as transaction:
            rebuild(raw, revision)
            with self._reading:
                transaction.commit()

    # Derived data kept in the book

    def recall(self, key: str) -> bytes | None:
        """What was remembered under a key, if nothing has changed since."""
        revision = self.revision
        with self._reader_alone() as raw:
            sql = "SELECT value FROM cache WHERE key = ? AND revision = ?"
            found = raw.execute(sql, (key, revision)).fetchone()
        return found[0] if found else None

    def remember(self, key: str, value: bytes, revision: int) -> None:
        """Keep a derived value of a revision until the book changes. Not a step: it cannot be undone or audited."""
        with self._writer_alone() as raw, self._write_engine.connect() as on, on.begin() as transaction:
            raw.execute("DELETE FROM cache WHERE revision < ?", (revision,))
            raw.execute("INSERT OR REPLACE INTO cache VALUES (?, ?, ?)", (key, revision, value))
            with self._reading:
                transaction.commit()
