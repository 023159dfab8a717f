"""Exports that die, and disks that fail: shared by the suite and the full-size proof."""

import errno
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from partnerdesk.reports import atomic

WRITER = (
    "import sys; from pathlib import Path; from partnerdesk.reports.format import Formats\n"
    "from partnerdesk.reports.statement.twin import write_csv\n"
    "from partnerdesk.reports.statement.workbook import write_statement\n"
    "from tests.reports.statement_samples import northwind\n"
    "folder, formats, n = Path(sys.argv[1]), Formats(), int(sys.argv[2])\n"
    "print('ready', flush=True)\n"
    "while True:\n"
    "    n += 1\n"
    "    write_statement(northwind(version=n), formats, folder / 'st.xlsx')\n"
    "    write_csv(northwind(version=n), folder / 'st.csv')\n"
)


def kill_an_export(folder: Path, rng: random.Random, version: int) -> None:
    """A process that writes the statement over and over, with ever higher versions, killed at some moment."""
    with subprocess.Popen([sys.executable, "-c", WRITER, folder, str(version)], stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"ready\n"
        time.sleep(rng.uniform(0, 0.4))
        writer.send_signal(signal.SIGKILL)


class Disk:
    """An operating system whose k-th call that touches the disk fails; it counts the calls it sees."""

    CALLS = ("open", "fsync", "replace", "fdopen")

    def __init__(self, fail_at: int, number: int) -> None:
        self.left, self.number, self.calls = fail_at, number, 0

    def __getattr__(self, name: str) -> Any:
        real = getattr(os, name)
        if name not in self.CALLS:
            return real

        def touched(*args: Any, **named: Any) -> Any:
            self.touch()
            found = real(*args, **named)
            return _Writing(found, self) if name == "fdopen" and "w" in args[1] else found

        return touched

    def touch(self) -> None:
        self.calls += 1
        self.left -= 1
        if self.left == 0:
            raise OSError(self.number, os.strerror(self.number))


class _Writing:
    """A file whose writes count as touching the disk."""

    def __init__(self, file: Any, disk: Disk) -> None:
        self._file, self._disk = file, disk

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> "_Writing":
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()

    def write(self, content: bytes) -> int:
        for start in range(0, len(content), 4_096):
            self._disk.touch()
            self._file.write(content[start : start + 4_096])
        return len(content)


@contextmanager
def failing_disk(fail_at: int, number: int = errno.ENOSPC) -> Iterator[Disk]:
    """The k-th touch of the disk fails within; 0 never fails and only counts."""
    disk, real = Disk(fail_at, number), atomic.os
    atomic.os = disk  # type: ignore[assignment]
    try:
        yield disk
    finally:
        atomic.os = real
