"""One long piece of arithmetic shared out among the window's processes: one job, one bar, one Cancel."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import TYPE_CHECKING, Any

from partnerdesk.errors import Cancelled
from partnerdesk.ui.jobs import Job

if TYPE_CHECKING:
    from partnerdesk.ui.crunch import Processes
    from partnerdesk.ui.desk import Desk

AT_ONCE = 2  # threads that wait for a process each; `Processes` has no more


def share_out(
    desk: "Desk",
    function: Callable[..., Any],
    common: Sequence[Any],
    portions: Sequence[Any],
    join: Callable[[list[Any]], Any],
    *,
    label: str,
    done: Callable[[Any], object],
    failed: Callable[[Exception], object],
    slot: str,
) -> Job:
    """Run `function(*common, portion)` for every portion in processes, and `join` on the values in the portions' order.

    A portion gives way to whatever else asks for a process, so that portions had better be short. Functions are
    importable and arguments picklable, as for `Desk.compute`; Cancel ends the processes that are at it.
    """

    def call(job: Job) -> Any:
        return join(_Shares(desk.processes, job, function, common).all(portions, label))

    return desk.jobs.start_alone(Job(label, call, done, failed, slot=slot, can_cancel=True))


class _Shares:
    """The portions of a job under way."""

    def __init__(self, processes: "Processes", job: Job, function: Callable[..., Any], common: Sequence[Any]) -> None:
        self.processes, self.job, self.function, self.common = processes, job, function, common
        self._kills: dict[int, Callable[[], None]] = {}
        job.stop = self._stop

    def all(self, portions: Sequence[Any], label: str) -> list[Any]:
        """The values of all portions. Raises Cancelled once the job is, and what any portion raised."""
        found: dict[int, Any] = {}
        with ThreadPoolExecutor(AT_ONCE) as pool:
            waiting = {pool.submit(self._one, n, portion): n for n, portion in enumerate(portions)}
            try:
                for one in as_completed(waiting):
                    found[waiting[one]] = one.result()
                    self.job.step(len(found), len(portions), label)
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                self._stop()
                raise
        return [found[n] for n in range(len(portions))]

    def _one(self, number: int, portion: Any) -> Any:
        if self.job.is_cancelled:
            raise Cancelled(self.job.label)

        def started(kill: Callable[[], None]) -> None:
            self._kills[number] = kill

        try:
            return self.processes.call(self.function, (*self.common, portion), {}, _quiet, started, gives_way=True)
        except (EOFError, OSError) as error:
            if self.job.is_cancelled:
                raise Cancelled(self.job.label) from error
            raise
        finally:
            self._kills.pop(number, None)

    def _stop(self) -> None:
        for kill in list(self._kills.values()):
            kill()


def _quiet(_done: int, _total: int, _label: str) -> None:
    """A portion is small: the bar moves from one to the next."""
