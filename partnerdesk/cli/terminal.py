"""What a command says: text and JSON on standard output, sentences and the progress bar on standard error.

Texts of the user's data reach a terminal here and nowhere else: characters that would steer it (an escape sequence in
a partner's name) are shown, not obeyed.
"""

import json
import os
import re
import signal
import sys
import time
from collections.abc import Iterable, Sequence
from decimal import Decimal
from types import FrameType
from typing import TYPE_CHECKING, Any, TextIO

from partnerdesk.engine.money import decimals
from partnerdesk.engine.problem import Problem, errors
from partnerdesk.errors import Cancelled

if TYPE_CHECKING:
    from partnerdesk.reports.manifest import LeftOut

_STEERS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_BAR_AFTER = 0.6  # seconds; what is done sooner needs no bar
_BAR_WIDTH = 30


def shown(text: str) -> str:
    """The text with steering characters written out, such as \\x1b."""
    return _STEERS.sub(lambda found: found.group().encode("unicode_escape").decode(), text)


def say(text: str = "") -> None:
    """A line of the command's answer."""
    _write(sys.stdout, text)


def complain(text: str) -> None:
    """A sentence that is not part of the answer."""
    _write(sys.stderr, text)


def say_left_out(left_out: "Sequence[LeftOut]") -> int:
    """What a run could not write, each with why; returns how the command ends."""
    for one in left_out:
        complain(one.says)
    return 1 if left_out else 0


STOPPED = 130  # how a command ends that Ctrl-C stopped


def say_stopped(not_reached: int, noun: str) -> int:
    """That a run of documents was stopped after what it told of; returns how the command ends."""
    reached = f"{counted(not_reached, noun)} not reached"
    complain(f"Stopped, {reached}. What is named above is whole and on record; run it again for all of them.")
    return STOPPED


def _write(stream: TextIO, text: str) -> None:
    line = shown(text)
    encoding = stream.encoding or "utf-8"
    print(line.encode(encoding, "backslashreplace").decode(encoding), file=stream, flush=True)


def say_json(content: Any) -> None:
    """The answer for a program: one JSON document."""
    say(json.dumps(content, ensure_ascii=False, indent=1))


def report(problems: Iterable[Problem]) -> int:
    """Every problem on its line; the exit code that they mean."""
    listed = list(problems)
    for problem in listed:
        complain(f"Warning: {problem}" if problem.warning else str(problem))
    return 1 if errors(listed) else 0


def table(head: Sequence[str], rows: Sequence[Sequence[str]], numbers: frozenset[int] = frozenset()) -> list[str]:
    """Lines of a table in columns; columns named in `numbers` are set to the right."""
    cells = [[shown(cell) for cell in row] for row in (head, *rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(head))]

    def line(row: Sequence[str]) -> str:
        padded = (c.rjust(w) if i in numbers else c.ljust(w) for i, (c, w) in enumerate(zip(row, widths, strict=True)))
        return "  ".join(padded).rstrip()

    return [line(cells[0]), line(["-" * w for w in widths]), *map(line, cells[1:])]


def amount(value: Decimal | None, currency: str) -> str:
    """`1,234.50`: an amount with the decimals of its currency, which stands beside it; nothing where none is known."""
    return "" if value is None else f"{value:,.{decimals(currency)}f}"


def counted(number: int, noun: str, plural: str = "") -> str:
    """`1 row`, `2 rows`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def close_output() -> None:
    """Stops writing to a pipe that nobody reads; without this the interpreter complains when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class Bar:
    """Progress of long work as a bar on a terminal; silent where standard error is a file or a pipe."""

    def __init__(self) -> None:
        self._is_seen = sys.stderr.isatty()
        self._start = time.monotonic()
        self._drawn = False

    def step(self, done: int, total: int, label: str = "") -> None:
        """Called by long work as it goes on."""
        if not self._is_seen or time.monotonic() - self._start < _BAR_AFTER:
            return
        filled = _BAR_WIDTH * done // max(total, 1)
        sys.stderr.write(f"\r\x1b[K[{'#' * filled}{' ' * (_BAR_WIDTH - filled)}] {done}/{total} {shown(label)[:40]}")
        sys.stderr.flush()
        self._drawn = True

    def __enter__(self) -> "Bar":
        return self

    def __exit__(self, *_: object) -> None:
        if self._drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def warn_alone(maker: str, checker: str) -> None:
    """Say that one person prepared and checked, which the history keeps."""
    from partnerdesk.queries.statements.approvals import ALONE, same_person

    if same_person(maker, checker):
        complain(f"It was {ALONE}, and the history says so.")


class WholeSteps(Bar):
    """The bar of work that leaves files: once it has begun, Ctrl-C waits until the step that is under way is whole."""

    def __init__(self) -> None:
        super().__init__()
        self._is_asked = self._is_waiting = False
        self._usual: Any = signal.getsignal(signal.SIGINT)

    def step(self, done: int, total: int, label: str = "") -> None:
        """Called between two steps of the work. Raises Cancelled where Ctrl-C was pressed meanwhile."""
        if self._is_asked:
            raise Cancelled
        if not self._is_waiting and self._usual not in (None, signal.SIG_IGN):
            signal.signal(signal.SIGINT, self._ask)
            self._is_waiting = True
        super().step(done, total, label)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self._is_asked = True

    def __exit__(self, *raised: object) -> None:
        if self._is_waiting:
            signal.signal(signal.SIGINT, self._usual)
        super().__exit__(*raised)
