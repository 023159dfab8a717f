"""The other side of `Desk.compute`: a process that runs pure functions on frozen arguments.

A busy thread would triple the time a table takes to paint, so long arithmetic runs here. No Qt and no database.
A job that wants to say how far it is takes a keyword `progress` with `step(done, total, label)`; there it also learns
that it shall end after what it has begun, where it leaves files behind.
"""

import inspect
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any

from partnerdesk.errors import Cancelled

STOP = "stop"  # what a process is sent while it works, to end after the step that is under way


class _Reporter:
    def __init__(self, pipe: "Connection[Any, Any]") -> None:
        self._pipe = pipe

    def step(self, done: int, total: int, label: str = "") -> None:
        if self._pipe.poll() and self._pipe.recv() == STOP:  # nothing else comes while it works
            raise Cancelled
        self._pipe.send(("step", (done, total, label)))


def serve(pipe: "Connection[Any, Any]") -> None:
    """Answer (function, arguments, keywords) with ("done", value) or ("failed", error) until None comes."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the window decides when to stop
    while True:
        try:
            request = pipe.recv()
        except EOFError:
            return
        if request is None:
            return
        if request == STOP:  # it came when the work was done already
            continue
        pipe.send(_answer(pipe, *request))


def _answer(
    pipe: "Connection[Any, Any]", function: Callable[..., Any], args: tuple[Any, ...], kw: dict[str, Any]
) -> tuple[str, Any]:
    try:
        if "progress" in inspect.signature(function).parameters and "progress" not in kw:
            kw = {**kw, "progress": _Reporter(pipe)}
        return "done", function(*args, **kw)
    except Exception as error:
        return "failed", _portable(error)


def _portable(error: Exception) -> Exception:
    try:
        pickle.loads(pickle.dumps(error))
        return error
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")


class _Asked:
    """Asks a process to end after the step that is under way, as long as it works on what was asked for."""

    def __init__(self, pipe: "Connection[Any, Any]") -> None:
        import threading

        self._pipe, self._is_over = pipe, False
        self.lock = threading.Lock()  # held while the request is sent, so that nothing overtakes it

    def __call__(self) -> None:
        with self.lock:
            if not self._is_over:
                self._pipe.send(STOP)

    def over(self) -> None:
        """The process goes on with other work, or is gone."""
        with self.lock:
            self._is_over = True


class Processes:
    """Up to `most` such processes, started when first needed and kept; a cancelled one is ended and replaced.

    What gives way waits until nobody else does: somebody looks at one partner while a whole book is worked out.
    """

    def __init__(self, most: int = 2) -> None:
        import multiprocessing
        import threading

        self._context = multiprocessing.get_context("spawn")
        self._free: list[tuple[Any, Any]] = []
        self._room = threading.Condition()
        self._left, self._waiting = most, 0
        self._busy: set[Any] = set()

    def call(
        self,
        function: Callable[..., Any],
        args: tuple[Any, ...],
        kw: dict[str, Any],
        step: Callable[[int, int, str], None],
        started: Callable[[Callable[[], None]], None],
        *,
        gives_way: bool = False,
        ends_whole: bool = False,
    ) -> Any:
        """Run a function in a process and return its value; `started` gets the function that kills it, or that lets it
        end after the step that is under way (`ends_whole`).

        Raises what the function raised, or EOFError when the process was ended.
        """
        with self._place(gives_way=gives_way):
            process, pipe = self._free.pop() if self._free else self._spawn()
            self._busy.add(process)
            asked = _Asked(pipe)
            try:
                with asked.lock:
                    started(asked if ends_whole else process.terminate)
                    pipe.send((function, args, kw))
                while (message := pipe.recv())[0] == "step":
                    step(*message[1])
                self._free.append((process, pipe))
            except BaseException:
                process.terminate()
                process.join()
                pipe.close()
                raise
            finally:
                asked.over()
                self._busy.discard(process)
        if message[0] == "failed":
            raise message[1]
        return message[1]

    @contextmanager
    def _place(self, *, gives_way: bool) -> Iterator[None]:
        """A place among the processes, once there is one; what gives way takes none that somebody waits for."""
        with self._room:
            self._waiting += not gives_way
            self._room.wait_for(lambda: self._left > 0 and not (gives_way and self._waiting))
            self._waiting -= not gives_way
            self._left -= 1
        try:
            yield
        finally:
            with self._room:
                self._left += 1
                self._room.notify_all()

    def _spawn(self) -> tuple[Any, Any]:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=serve, args=(theirs,), daemon=True)
        process.start()
        theirs.close()
        return process, ours

    def close(self) -> None:
        """End every process."""
        for process in list(self._busy):
            process.terminate()
        while self._free:
            process, pipe = self._free.pop()
            pipe.send(None)
            process.join(timeout=2)
            if process.is_alive():
                process.terminate()
                process.join()
            pipe.close()
