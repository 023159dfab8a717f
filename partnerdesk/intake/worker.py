"""Reading a workbook in a process of its own, which is killed when it takes too long or too much.

The process gets a path and gives back plain JSON: whatever a hostile file does to it stays in it.
"""

import json
import multiprocessing
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from partnerdesk.errors import Refused
from partnerdesk.intake.limits import Limits

_REMEDY = "Save the sheet as CSV, then import that."


def read_workbook(path: Path, limits: Limits, wait: Callable[[], None] | None = None) -> list[dict[str, Any]]:
    """What `workbook.read` gives. `wait` is called ten times a second and may raise to give up.

    Raises Refused as `workbook.read` does, and where the reading takes longer or needs more memory than the limits.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(theirs, str(path), limits), daemon=True)
    process.start()
    theirs.close()
    try:
        return _answer(path.name, ours, limits, wait)
    finally:
        process.kill()
        process.join()
        process.close()
        ours.close()


def _answer(file: str, ours: Connection, limits: Limits, wait: Callable[[], None] | None) -> list[dict[str, Any]]:
    end = time.monotonic() + limits.seconds
    while not ours.poll(1 / 10):
        if wait is not None:
            wait()
        if time.monotonic() > end:
            raise Refused(f"{file} takes longer than {limits.seconds:.0f} seconds to read.", _REMEDY)
    try:
        answer = json.loads(ours.recv_bytes())
    except EOFError:
        raise Refused(f"{file} cannot be read: it stops the reader.", _REMEDY) from None
    if "refused" in answer:
        raise Refused(answer["refused"], answer["remedy"])
    sheets: list[dict[str, Any]] = answer["sheets"]
    return sheets


def _work(theirs: Connection, path: str, limits: Limits) -> None:
    _confine(limits)
    try:
        from partnerdesk.intake import workbook

        answer: dict[str, Any] = {"sheets": workbook.read(Path(path), limits)}
    except Refused as refused:
        answer = {"refused": refused.sentence, "remedy": refused.remedy}
    except MemoryError:
        size = limits.memory // (1024 * 1024)
        answer = {"refused": f"{Path(path).name} needs more than {size:,} MB to read.", "remedy": _REMEDY}
    except RecursionError:
        answer = {"refused": f"{Path(path).name} is nested too deeply to be a workbook.", "remedy": _REMEDY}
    theirs.send_bytes(json.dumps(answer, ensure_ascii=True).encode())
    theirs.close()


def _confine(limits: Limits) -> None:
    if sys.platform == "win32":
        return
    import resource

    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    most = limits.memory if hard == resource.RLIM_INFINITY else min(limits.memory, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
