"""The code of a pack is read before anybody asks for one, in a process that later work takes."""

import sys
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from partnerdesk.ui.crunch import Processes
from partnerdesk.ui.jobs import Jobs
from partnerdesk.ui.warming import warm


def loaded(names: tuple[str, ...]) -> list[str]:
    """Which of some modules this process has read."""
    return [name for name in names if name in sys.modules]


@pytest.fixture
def desk() -> Iterator[Any]:
    crashed: list[Exception] = []
    found = SimpleNamespace(processes=Processes(most=1), jobs=Jobs(crashed.append), crashed=crashed)
    yield found
    found.processes.close()
    found.jobs.close()


def test_a_process_has_read_what_draws_and_checks_pages(desk: Any, qtbot: QtBot) -> None:
    warm(desk)
    assert [job.is_quiet for job in desk.jobs.running] == [True]
    qtbot.waitUntil(lambda: not desk.jobs.running, timeout=90_000)
    wanted = ("partnerdesk.reports.charts.vector", "partnerdesk.reports.release.pdf", "partnerdesk.ops.pack.exports")
    assert desk.processes.call(loaded, (wanted,), {}, lambda *_: None, lambda _: None) == [*wanted]
    assert desk.crashed == []


def test_who_closes_the_window_meanwhile_hears_of_nothing(desk: Any, qtbot: QtBot) -> None:
    warm(desk)
    (job,) = desk.jobs.running
    qtbot.waitUntil(lambda: job.stop is not None, timeout=90_000)
    job.cancel()
    qtbot.waitUntil(lambda: not desk.jobs.running, timeout=90_000)
    assert desk.crashed == []
