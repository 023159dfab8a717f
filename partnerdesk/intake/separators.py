"""Which separator a text table uses: the one that cuts the header and the rows into the same number of cells.

Separators may have several characters (`+|`), and a row may end in signs of its own (`&|`). Only what comes from the
whole sample counts; a single line proves nothing.
"""

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO

NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", ":": "colon", "~": "tilde", "^": "caret", "": "none"}
_SINGLE = (",", ";", "\t", "|", "~", "^", "\x1f", "\x01")
_SAMPLE_LINES = 200
_LINE = re.compile(r"\r\n|\r|\n")
_SIGN = r"[^\w\s\"'.\-$€£%()]"
_RUN = re.compile(_SIGN + "{2,4}")


@dataclass(frozen=True, slots=True)
class Separators:
    """What stands between the cells and, besides the line break, at the end of each row."""

    cell: str
    row: str = ""

    def __str__(self) -> str:
        name = NAMES.get(self.cell, f"“{self.cell}”")
        return f"{name}, rows end in “{self.row}”" if self.row else name


def found(text: str) -> Separators:
    """The separators of a text; a cell separator of "" where the table has one column only."""
    declared = re.match(r"(?i)\"?sep=(.)\"?\s*[\r\n]", text)
    if declared:
        return Separators(declared[1])
    lines = [line for line in _LINE.split(text[:400_000]) if line.strip()][:_SAMPLE_LINES]
    if not lines:
        return Separators("")
    if several := _several(lines):
        return several
    weighed = [(weight, -i, d) for i, d in enumerate(_SINGLE) if (weight := _weight(text[:400_000], d)) > (0, 0)]
    return Separators(max(weighed)[2]) if weighed else Separators("")


def _weight(text: str, delimiter: str) -> tuple[int, int]:
    """How evenly the delimiter cuts the sample: the percentage of rows with the usual width, then that width."""
    widths = _widths(text, delimiter)
    wide = [w for w in widths if w > 1]
    if not wide:
        return 0, 0
    usual, count = Counter(wide).most_common(1)[0]
    share = 100 * count // len(widths)
    # The first rows may be a title; a separator that cuts less than half of the rest is a comma in prose.
    if share < 40:
        return 0, 0
    # Between two digits it is rather a decimal comma, wherever another separator cuts as evenly.
    sample = text[:40_000]
    between = len(re.findall(rf"(?<=\d){re.escape(delimiter)}(?=\d)", sample))
    return share - 30 * between // max(sample.count(delimiter), 1), usual


def _widths(text: str, delimiter: str) -> list[int]:
    widths: list[int] = []
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    try:
        for row in reader:
            if row:
                widths.append(len(row))
            if len(widths) >= _SAMPLE_LINES:
                break
    except csv.Error:
        pass  # a sample may end inside a quoted cell; the strict reading comes later
    return widths


def _several(lines: Sequence[str]) -> Separators | None:
    """A separator of several signs: a run that stands equally often in every line, and its signs never alone."""
    ending = _ending(lines)
    bodies = [line.removesuffix(ending) for line in lines]
    runs = Counter(run for line in bodies[:20] for run in _RUN.findall(line))
    for run, _ in runs.most_common(5):
        if not set(run) & set("|~^#§¦;,") or set(run) <= {","} or set(run) <= {";"}:
            continue  # empty cells, or signs of the content
        counts = {line.count(run) for line in bodies}
        marks = [c for c in run if c in _SINGLE] or list(run)
        if counts != {0} and len(counts) == 1 and not any(c in line.replace(run, "") for line in bodies for c in marks):
            return Separators(run, ending)
    return None


def _ending(lines: Sequence[str]) -> str:
    """Signs that end every row, such as `&|`; a plain separator at the end is an empty last cell."""
    last = {line[-2:] for line in lines}
    signs = last.pop() if len(lines) > 1 and len(last) == 1 else ""
    return signs if re.fullmatch(_SIGN + "{2}", signs) and len(set(signs)) == 2 else ""
