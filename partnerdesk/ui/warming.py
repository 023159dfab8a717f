"""What the first review would wait for is read while nobody waits: the code of the pack, here and in a process.

Reading it takes longer than laying out the pages and writing the file. It gives way to whatever is asked for meanwhile,
and shows nowhere.
"""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from partnerdesk.ui.jobs import Job

if TYPE_CHECKING:
    from partnerdesk.ui.desk import Desk

AFTER_MS = 1_500  # once a book is open: its first page comes before
_CODE = ("partnerdesk.ops.pack.exports", "partnerdesk.ops.joint.reviews", "partnerdesk.reports.pack.titles")
# What only a process needs: it draws and writes pages.
_PAGES = (
    "partnerdesk.ui.screens.review.composing",
    "partnerdesk.reports.charts.vector",
    "partnerdesk.reports.release.pdf",
    "partnerdesk.store",
)


def warm(desk: "Desk") -> None:
    """Read the code in threads of the window and of a process that later work takes."""
    processes = desk.processes

    def call(job: Job) -> None:
        def started(kill: Callable[[], None]) -> None:
            job.stop = kill

        _read(_CODE)
        try:
            processes.call(make_ready, (), {}, job.step, started, gives_way=True)
        except (EOFError, OSError):
            if not job.is_cancelled:
                raise
        finally:
            job.stop = None

    desk.jobs.start_alone(Job("Making ready", call, is_quiet=True, can_cancel=True))


def make_ready() -> None:
    """What a process reads for its first pages and their way through the gate."""
    from partnerdesk.reports.release import templates

    _read(_CODE + _PAGES)
    templates.phrases()


def _read(names: tuple[str, ...]) -> None:
    for name in names:
        import_module(name)
