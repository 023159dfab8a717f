"""Who gets a process first, whoever waits for one before what gives way; and how work in one is stopped."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from partnerdesk.ops.stopping import goes_on
from partnerdesk.ui.crunch import Processes


@pytest.fixture
def processes() -> Iterator[Processes]:
    found = Processes(most=1)
    yield found
    found.close()


def test_a_book_gives_way_to_who_looks_at_one_partner(processes: Processes) -> None:
    order: list[str] = []

    def work(name: str, gives_way: bool) -> None:
        with processes._place(gives_way=gives_way):
            order.append(name)
            time.sleep(0.02)

    threads = [threading.Thread(target=work, args=(f"share {n}", True)) for n in range(3)]
    urgent = threading.Thread(target=work, args=("partner", False))
    with processes._place(gives_way=True):
        for thread in threads:
            thread.start()
        urgent.start()
        while not processes._waiting:
            time.sleep(0.005)
    for thread in (*threads, urgent):
        thread.join(timeout=10)
    assert order[0] == "partner" and sorted(order[1:]) == ["share 0", "share 1", "share 2"]


def test_a_place_is_given_back_whatever_happens(processes: Processes) -> None:
    with pytest.raises(ValueError, match="told"), processes._place(gives_way=False):
        raise ValueError("told")
    with processes._place(gives_way=True):
        assert processes._left == 0
    assert (processes._left, processes._waiting) == (1, 0)


def works(steps: int, asked: str, progress: Any = None) -> list[int]:
    """Begins steps until it is stopped; the first tells that it is under way and waits for what `asked` names."""
    found = []
    for number in range(steps):
        if not goes_on(progress, number, steps):
            break
        while not Path(asked).exists():
            time.sleep(0.005)
        found.append(number)
    return found


def test_work_that_leaves_files_ends_after_the_step_that_is_under_way(processes: Processes, tmp_path: Path) -> None:
    stops: list[Callable[[], None]] = []
    asked = tmp_path / "asked"

    def step(done: int, _total: int, _label: str) -> None:
        stops[-1]()
        asked.touch()

    found = processes.call(works, (3, str(asked)), {}, step, stops.append, ends_whole=True)
    assert found == [0]
    stops[0]()
    again = processes.call(works, (3, str(asked)), {}, lambda *_step: None, stops.append, ends_whole=True)
    assert again == [0, 1, 2], "what was asked of the work before, or too late, stops no other"
