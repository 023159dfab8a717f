"""What a screen is handed: read, run, compute, undo, and the word that something changed.

Reads and writes run on the database threads, never in the window's; callbacks are arguments of the call and run in
the window's thread. The store is opened after the first paint, so nothing here imports it at the top.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from partnerdesk.errors import Cancelled
from partnerdesk.ui.jobs import Job, Jobs
from partnerdesk.ui.opened import Opened, open_book, opened_as

if TYPE_CHECKING:
    from partnerdesk.reports.format import Formats
    from partnerdesk.store import Done, Store
    from partnerdesk.store.backup import Backup
    from partnerdesk.ui.crunch import Processes

T = TypeVar("T")
DoneCall = Callable[[Any], object] | None
FailedCall = Callable[[Exception], object] | None
READS, WRITES = "reads", "writes"


class Desk(QObject):
    """One book, as screens see it. All signals come in the window's thread."""

    opened = Signal()
    closed = Signal()
    changed = Signal(object)  # Changes: label, tables, op id
    failed = Signal(object, str)  # an error nobody else handles, and the label of what failed

    def __init__(self, user: str, locale: str, clock: Callable[[], date]) -> None:
        super().__init__()
        self.user = user
        self.jobs = Jobs(lambda error: self.failed.emit(error, ""))
        self._clock = clock
        self._locale = locale
        self._formats: Formats | None = None
        self._store: Store | None = None
        self._stores: list[Store] = []  # all that are open; touched by the database thread
        self._processes: Processes | None = None
        self.book: Opened | None = None
        self.path: Path | None = None

    # The book

    @property
    def is_open(self) -> bool:
        """Whether there is a book."""
        return self.book is not None

    def open(self, path: Path, done: DoneCall = None, failed: FailedCall = None) -> Job:
        """Open a book in place of the one that is open; `opened` is emitted before `done` is called."""
        return self._enter(lambda: open_book(path, self.user), path, "Opening the book", done, failed)

    def create(
        self,
        path: Path,
        make: Callable[[Path, str], "Store"],
        label: str,
        done: DoneCall = None,
        failed: FailedCall = None,
    ) -> Job:
        """Make a book with `make(path, user)` on the database thread and open it."""
        return self._enter(lambda: (make(path, self.user), True), path, label, done, failed)

    def _enter(
        self, get: "Callable[[], tuple[Store, bool]]", path: Path, label: str, done: DoneCall, failed: FailedCall
    ) -> Job:
        def call(_job: Job) -> tuple["Store", Opened]:
            store, is_writable = get()
            self._stores.append(store)
            return store, opened_as(store, is_writable)

        def arrived(result: tuple["Store", Opened]) -> None:
            previous, (self._store, self.book) = self._store, result
            self.path, self.formats.places = path, self.book.places  # screens have the formats already
            if previous is not None:
                self.jobs.start(WRITES, Job("Closing the book", lambda _job: self._shut(previous)))
            self.opened.emit()
            if done is not None:
                done(self.book)

        return self.jobs.start(WRITES, Job(label, call, arrived, failed or self._unhandled(label)))

    # Reads and writes

    def read(
        self,
        query: Callable[..., T],
        *args: Any,
        done: Callable[[T], object],
        failed: FailedCall = None,
        slot: str | None = None,
        **kw: Any,
    ) -> Job:
        """Run `query(session, *args, **kw)` on the reader; a newer read in the same slot drops this one's delivery."""
        store = self._open_store()
        label = query.__name__.replace("_", " ")
        job = Job(label, lambda _job: store.read(query, *args, **kw), done, failed or self._unhandled(label), slot=slot)
        return self.jobs.start(READS, job)

    def run(
        self,
        label: str,
        op: Callable[..., T],
        *args: Any,
        done: Callable[[T], object] | None = None,
        failed: FailedCall = None,
        progress: bool = False,
        **kw: Any,
    ) -> Job:
        """Run an op as one transaction and one undo step named `label`; failed means that nothing changed.

        With `progress` the op gets a keyword `progress` with `step(done, total, label)`, and can be cancelled.
        """
        store = self._open_store()

        def call(job: Job) -> "Done[T]":
            more = {**kw, "progress": job} if progress else kw
            return store.transact(label, op, *args, **more)

        return self._write(label, call, done, failed, progress)

    def undo(self, done: DoneCall = None, failed: FailedCall = None) -> Job:
        """Take back the last step."""
        store = self._open_store()
        return self._write(f"Undo {store.undo_label or ''}".strip(), lambda _job: store.undo(), done, failed)

    def redo(self, done: DoneCall = None, failed: FailedCall = None) -> Job:
        """Do again what was taken back last."""
        store = self._open_store()
        return self._write(f"Redo {store.redo_label or ''}".strip(), lambda _job: store.redo(), done, failed)

    def restore(self, backup: "Backup", done: DoneCall = None, failed: FailedCall = None) -> Job:
        """Put a backup in the place of the book; every page reads again."""
        store = self._open_store()
        return self._write("Restoring the backup", lambda _job: store.restore(backup), done, failed)

    def with_store(
        self,
        label: str,
        call: Callable[..., T],
        *args: Any,
        done: Callable[[T], object] | None = None,
        failed: FailedCall = None,
        slot: str | None = None,
    ) -> Job:
        """Run `call(store, *args)` between two writes: backups, check. Not for reading or changing rows."""
        store = self._open_store()
        job = Job(label, lambda _job: call(store, *args), done, failed or self._unhandled(label), slot=slot)
        return self.jobs.start(WRITES, job)

    def _write(
        self,
        label: str,
        call: Callable[[Job], "Done[Any]"],
        done: DoneCall,
        failed: FailedCall,
        can_cancel: bool = False,
    ) -> Job:
        store = self._open_store()

        def work(job: Job) -> tuple["Done[Any]", Opened]:
            return call(job), opened_as(store, is_writable=True)

        def arrived(result: tuple["Done[Any]", Opened]) -> None:
            finished, self.book = result
            self.formats.places = self.book.places
            if done is not None:
                done(finished.value)
            self.changed.emit(finished.changes)

        job = Job(label, work, arrived, failed or self._unhandled(label), can_cancel=can_cancel)
        return self.jobs.start(WRITES, job)

    # Long arithmetic

    @property
    def processes(self) -> "Processes":
        """The processes of this window, started when first needed."""
        from partnerdesk.ui.crunch import Processes

        if self._processes is None:
            self._processes = Processes()
        return self._processes

    def compute(
        self,
        function: Callable[..., T],
        *args: Any,
        label: str = "",
        done: Callable[[T], object],
        failed: FailedCall = None,
        progress: Callable[[int, int, str], object] | None = None,
        slot: str | None = None,
        ends_whole: bool = False,
        **kw: Any,
    ) -> Job:
        """Run a pure, importable function on picklable arguments in another process; Cancel ends that process.

        What `ends_whole` leaves files: Cancel waits for the step under way, and `done` gets what was made until then.
        """
        processes = self.processes

        def call(job: Job) -> T:
            def started(kill: Callable[[], None]) -> None:
                job.stop = kill
                if job.is_cancelled:  # while it waited for a process
                    raise Cancelled(job.label)

            try:
                value: T = processes.call(function, args, kw, job.step, started, ends_whole=ends_whole)
                return value
            except (EOFError, OSError) as error:
                if job.is_cancelled:
                    raise Cancelled(job.label) from error
                raise
            finally:
                job.stop = None  # the process goes on with other work

        label = label or function.__name__.replace("_", " ")
        job = Job(label, call, done, failed or self._unhandled(label), progress, slot, can_cancel=True)
        job.ends_whole = ends_whole
        return self.jobs.start_alone(job)

    # What screens ask

    def today(self) -> date:
        """The day the book stands at: the sample's own day, or the clock's."""
        return (self.book and self.book.info.as_of) or self._clock()

    @property
    def formats(self) -> "Formats":
        """How numbers, money and days are written for this user."""
        if self._formats is None:
            from partnerdesk.reports.format import Formats

            self._formats = Formats(self._locale)
        if self.book is not None:
            self._formats.places = self.book.places
        return self._formats

    def set_locale(self, locale: str) -> None:
        """Write numbers and days another way from now on."""
        self._locale, self._formats = locale, None

    @property
    def undo_label(self) -> str | None:
        """The name of the step that Undo takes back."""
        return self.book.undo_label if self.book else None

    @property
    def redo_label(self) -> str | None:
        """The name of the step that Redo does again."""
        return self.book.redo_label if self.book else None

    def close(self) -> None:
        """Close the book and end every thread and process; waits for them."""
        self._store, self.book = None, None
        self.jobs.cancel_all()
        if self._processes is not None:
            self._processes.close()
        self.jobs.close()
        for store in list(self._stores):
            self._shut(store)
        self.closed.emit()

    def _shut(self, store: "Store") -> None:
        self._stores.remove(store)
        store.close()

    def _open_store(self) -> "Store":
        if self._store is None:
            raise RuntimeError("no book is open")
        return self._store

    def _unhandled(self, label: str) -> Callable[[Exception], object]:
        return lambda error: self.failed.emit(error, label)
