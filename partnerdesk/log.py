"""The log: what the program did and where it failed, in codes and numbers, never in words of the user's data.

Nothing but codes written in the source, numbers, and the names of our functions can get in: a message, a path or a
name has no way to be passed. At most five files of 2 MB, readable by their owner only.
"""

import logging
import os
import re
import time
import traceback
from contextlib import suppress
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

SIZE, FILES = 2_000_000, 5
_CODE = re.compile(r"[a-z][a-z0-9_.-]{0,60}")
_log = logging.getLogger("partnerdesk")
_log.addHandler(logging.NullHandler())  # before `start`, nothing is written anywhere


class _PrivateFile(RotatingFileHandler):
    """A rotating file that is made with mode 0600 before anything is in it; on a full disk entries are lost."""

    def _open(self) -> TextIOWrapper:
        descriptor = os.open(self.baseFilename, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        return TextIOWrapper(
            os.fdopen(descriptor, "ab"), encoding="ascii", errors="backslashreplace", write_through=True
        )

    def handleError(self, record: logging.LogRecord) -> None:
        """Says nothing: what could not be noted must not stand between the user and the sentence about it."""

    def close(self) -> None:
        with suppress(OSError):
            super().close()


def start(folder: Path) -> None:
    """Write the log into a folder from now on; a log that was started before ends."""
    stop()
    handler = _PrivateFile(folder / "partnerdesk.log", maxBytes=SIZE, backupCount=FILES - 1)
    formatter = logging.Formatter("%(asctime)s.%(msecs)03dZ %(process)d %(levelname)s %(message)s", "%Y-%m-%dT%H:%M:%S")
    formatter.converter = time.gmtime
    handler.setFormatter(formatter)
    _log.addHandler(handler)
    _log.setLevel(logging.INFO)


def stop() -> None:
    """End the log and close its file."""
    for handler in [h for h in _log.handlers if isinstance(h, _PrivateFile)]:
        _log.removeHandler(handler)
        handler.close()


def event(code: str, **numbers: int | float | None) -> None:
    """Note that something happened: a code such as `backup.made`, and numbers such as a step's id."""
    _log.info("%s", _line(code, numbers))


def failure(code: str, error: BaseException, **numbers: int | float | None) -> None:
    """Note an error: types and places of it and its causes, and SQLite's name for it; never a message."""
    _log.error("%s %s", _line(code, numbers), " caused by ".join(_trace(e) for e in _causes(error)))


def _line(code: str, numbers: dict[str, int | float | None]) -> str:
    if not _CODE.fullmatch(code):
        raise ValueError("a log entry begins with a code, not with a sentence")
    for name, value in numbers.items():
        if value is not None and not isinstance(value, int | float):
            raise TypeError(f"the log takes numbers, and {name} is a {type(value).__name__}")
    return " ".join([code, *(f"{name}={value}" for name, value in numbers.items())])


def _causes(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    while error not in found and len(found) < 10:
        found.append(error)
        error = error.__cause__ or error.__context__ or error
    return found


def _trace(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    places = " < ".join(f"{Path(f.filename).name}:{f.lineno}:{f.name}" for f in reversed(frames[-12:]))
    return " ".join(part for part in (type(error).__name__, getattr(error, "sqlite_errorname", ""), places) if part)
