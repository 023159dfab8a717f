"""Who gets a process first: whoever waits for one, before what gives way."""

import threading
import time
from collections.abc import Iterator

import pytest

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
