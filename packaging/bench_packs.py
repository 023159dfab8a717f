"""24 packs shared out among processes, beside independent copies of the run: `bench_packs.py WHAT BOOK FOLDER`.

`processes` is the command with two processes; `copies` starts the command with one process twice at the same time, and
tells half of what that took: how long the run would last if it could be cut in two for nothing. Both include the start
of the interpreter and the gate, and must write the same files.
"""

import hashlib
import json
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
QUARTER, AS_OF, DUE, AT_ONCE = "2026Q4", "2026-11-19", 24, 2


def processes(book: Path, folder: Path) -> float:
    """Seconds of the run in processes."""
    start = time.perf_counter()
    _ended(_run(book, folder / "processes", AT_ONCE))
    return time.perf_counter() - start


def copies(book: Path, folder: Path) -> float:
    """Half the seconds of as many runs side by side."""
    start = time.perf_counter()
    runs = [_run(book, folder / f"copy {n}", 1) for n in range(AT_ONCE)]
    for run in runs:
        _ended(run)
    seconds = time.perf_counter() - start
    written = [_digests(folder / name) for name in ("processes", *(f"copy {n}" for n in range(AT_ONCE)))]
    if any(one != written[0] for one in written) or len(written[0]) != DUE:
        sys.exit("The runs wrote different packs.")
    return seconds / AT_ONCE


def _run(book: Path, folder: Path, at_once: int) -> "subprocess.Popen[bytes]":
    """The command, from the source beside this file."""
    folder.mkdir(parents=True, exist_ok=True)
    start = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); from partnerdesk.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    command = ["qbr", "--all", QUARTER, "--as-of", AS_OF, "--book", str(book), "--out", str(folder)]
    return subprocess.Popen(
        [sys.executable, "-c", start, *command, "--processes", str(at_once), "--json"],
        stdout=subprocess.DEVNULL,
        cwd=ROOT,
    )


def _ended(run: "subprocess.Popen[bytes]") -> None:
    if run.wait():
        sys.exit("A run of packs failed.")


def _digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.pdf")}


if __name__ == "__main__":
    what, book, folder = sys.argv[1:]
    print(json.dumps({"processes": processes, "copies": copies}[what](Path(book), Path(folder))))
