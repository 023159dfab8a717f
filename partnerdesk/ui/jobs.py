"""Work away from the window: one thread per lane, results brought back by one queued signal.

A job is a call with its callbacks; they are arguments, because a signal connected afterwards misses the result of a
fast job. Results, failures and progress reach the GUI thread in the order in which they happened. A new job in the
same slot drops the delivery of the older one. Nothing here knows a database.
"""

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from partnerdesk.errors import Cancelled, PartnerDeskError

SHOW_AFTER = 0.6  # seconds until a job's bar appears


@dataclass(eq=False)
class Job:
    """A call, who hears of it, and how far it is. Touched by the GUI thread except for `is_cancelled`."""

    label: str
    call: Callable[["Job"], Any]
    done: Callable[[Any], object] | None = None
    failed: Callable[[Exception], object] | None = None
    moved: Callable[[int, int, str], object] | None = None
    slot: str | None = None
    started: float = 0.0
    step_done: int = 0
    step_total: int = 0
    step_label: str = ""
    can_cancel: bool = False
    ends_whole: bool = False  # it leaves files or a record: cancelled, it ends after the step that is under way
    is_quiet: bool = False  # never shown in the status bar
    is_cancelled: bool = False
    is_over: bool = False
    report: Callable[["Job"], None] | None = field(default=None, repr=False)
    stop: Callable[[], object] | None = field(default=None, repr=False)
    stopped: Callable[[], object] | None = field(default=None, repr=False)  # called once a cancelled job has ended

    def step(self, done: int, total: int, label: str = "") -> None:
        """Say how far the work is; raises Cancelled when the user stopped it. Called by the work itself, and for work
        that ends whole by who waits for it.
        """
        if self.is_cancelled and not self.ends_whole:
            raise Cancelled(self.label)
        self.step_done, self.step_total, self.step_label = done, total, label
        if self.report is not None:
            self.report(self)

    def cancel(self) -> None:
        """Ask the work to stop; what it changed so far is rolled back by whoever runs it."""
        self.is_cancelled = True
        if self.stop is not None:
            self.stop()


class Jobs(QObject):
    """Runs jobs on named lanes. `moved` tells that the list of running jobs or their progress changed."""

    moved = Signal()
    _arrived = Signal(object)

    def __init__(self, crashed: Callable[[Exception], object] | None = None) -> None:
        super().__init__()
        self._lanes: dict[str, queue.SimpleQueue[Job | None]] = {}
        self._threads: list[threading.Thread] = []
        self._slots: dict[str, Job] = {}
        self._crashed = crashed
        self._closed = False
        self.running: list[Job] = []
        self._last_report = 0.0
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def start(self, lane: str, job: Job) -> Job:
        """Queue a job on a lane; its callbacks run in the GUI thread."""
        if self._closed:
            raise RuntimeError("the window is closing")
        self._enter(job)
        if lane not in self._lanes:
            self._open(lane)
        self._lanes[lane].put(job)
        return job

    def start_alone(self, job: Job) -> Job:
        """Run a job on a thread of its own (it waits for another process)."""
        self._enter(job)
        thread = threading.Thread(target=self._run, args=(job,), name=f"job {job.label}", daemon=True)
        self._threads = [t for t in self._threads if t.is_alive()] + [thread]
        thread.start()
        return job

    def _enter(self, job: Job) -> None:
        job.report = self._report
        job.started = time.monotonic()
        if job.slot is not None:
            self._slots[job.slot] = job
        self.running.append(job)

    def _open(self, lane: str) -> None:
        jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._lanes[lane] = jobs

        def work() -> None:
            while (job := jobs.get()) is not None:
                self._run(job)

        thread = threading.Thread(target=work, name=f"lane {lane}", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _run(self, job: Job) -> None:
        outcome: tuple[str, Any]
        try:
            if job.is_cancelled or self._is_outdated(job):
                raise Cancelled(job.label)
            outcome = ("done", job.call(job))
        except Cancelled:
            outcome = ("cancelled", None)
        except Exception as error:
            outcome = ("failed", error)
        self._send((job, *outcome))

    def _report(self, job: Job) -> None:
        now = time.monotonic()
        if job.step_done >= job.step_total or now - self._last_report > 0.05:
            self._last_report = now
            self._send((job, "step", (job.step_done, job.step_total, job.step_label)))

    def _send(self, message: tuple[Job, str, Any]) -> None:
        if not self._closed:
            self._arrived.emit(message)

    def _is_outdated(self, job: Job) -> bool:
        return job.slot is not None and self._slots.get(job.slot) is not job

    def _deliver(self, message: tuple[Job, str, Any]) -> None:
        job, what, value = message
        if self._closed:  # sent before the close, delivered after it: whoever asked is gone
            return
        if what == "step":
            if job.moved is not None and not job.is_cancelled:
                job.moved(*value)
            self.moved.emit()
            return
        job.is_over = True
        self.running.remove(job)
        wanted = not self._is_outdated(job)
        if job.slot is not None and wanted:
            del self._slots[job.slot]
        self.moved.emit()
        if what == "done" and wanted and job.done is not None:
            job.done(value)
        elif what == "failed":
            self._fail(job, value, wanted)
        elif what == "cancelled" and wanted and job.stopped is not None:
            job.stopped()

    def _fail(self, job: Job, error: Exception, wanted: bool) -> None:
        if not isinstance(error, PartnerDeskError):
            from partnerdesk import log

            log.failure("job.failed", error)
        if wanted and job.failed is not None:
            job.failed(error)
        elif wanted and self._crashed is not None:
            self._crashed(error)

    @property
    def is_closed(self) -> bool:
        """Whether no further job is taken."""
        return self._closed

    @property
    def is_busy(self) -> bool:
        """Whether any job is waiting or running."""
        return bool(self.running)

    def drop(self, slot: str) -> None:
        """Deliver nothing more to a slot: the screen that asked is gone."""
        self._slots.pop(slot, None)

    def cancel_all(self) -> None:
        """Cancel what runs or waits."""
        for job in list(self.running):
            job.cancel()

    def close(self) -> None:
        """Cancel what runs, end the threads and wait for them."""
        self.cancel_all()
        self._closed = True
        for jobs in self._lanes.values():
            jobs.put(None)
        for thread in self._threads:
            thread.join(timeout=10)
        self.running.clear()
