"""Children that work on a book and are killed: the only honest test of what a crash leaves."""

import multiprocessing
import os
import random
import signal
import time
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from partnerdesk.store import Store

_context = multiprocessing.get_context("forkserver") if os.name == "posix" else multiprocessing.get_context("spawn")


def preload(*modules: str) -> None:
    """Have a fork server, not yet started, load these: it has no threads, and its children start in milliseconds."""
    if os.name == "posix":
        _context.set_forkserver_preload(["partnerdesk.store", "partnerdesk.models", "tests.store.steps", *modules])


preload()


def child(work: Callable[..., object], *args: Any) -> BaseProcess:
    """A running child."""
    started = _context.Process(target=_in_own_home, args=(os.environ["PARTNERDESK_HOME"], work, *args), daemon=True)
    started.start()
    return started


def _in_own_home(home: str, work: Callable[..., object], *args: Any) -> None:
    """The fork server has the environment of whoever started it first; a child needs the one of its test."""
    os.environ["PARTNERDESK_HOME"] = home
    work(*args)


def kill_after(seconds: float, work: Callable[..., object], *args: Any) -> bool:
    """Kill a child so many seconds after it says that it begins; whether it was still at work."""
    began = _context.Event()
    running = child(_begin, began, work, *args)
    assert began.wait(60)
    time.sleep(seconds)
    alive = running.is_alive()
    running.kill()
    running.join()
    assert alive or running.exitcode == 0, f"the child failed with {running.exitcode}"
    running.close()
    return alive


def seconds(work: Callable[..., object], *args: Any) -> float:
    """How long a child is at work after it said that it begins: the time in which it can be killed."""
    began = _context.Event()
    running = child(_begin, began, work, *args)
    assert began.wait(60)
    start = time.perf_counter()
    running.join(120)
    assert running.exitcode == 0, f"the child failed with {running.exitcode}"
    running.close()
    return time.perf_counter() - start


def _begin(began: Any, work: Callable[..., object], *args: Any) -> None:
    began.set()
    work(*args)


def run(work: Callable[..., object], *args: Any) -> int | None:
    """Run a child to its end, which may be its own death."""
    running = child(work, *args)
    running.join(120)
    code = running.exitcode
    running.close()
    return code


def die_inside(raw: Any, instructions: int) -> None:
    """Kill this process when a connection has run about so many instructions of the database's machine."""
    left = [instructions // 1000]

    def count() -> int:
        left[0] -= 1
        if left[0] < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0

    raw.set_progress_handler(count, 1000)


def moment(seed: int, longest: float) -> float:
    """When to kill: spread over the work, oftener at its start and end, where files come and go."""
    return longest * random.Random(seed).betavariate(0.7, 0.7)


def opened(path: Path) -> Store:
    """The book as its user finds it after the crash; the lock of the dead must not stand in the way."""
    return Store.open(path, user="after the crash")
