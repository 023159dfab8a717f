"""Text tables, read strictly: every record becomes cells, or a broken line with its reason; nothing is swallowed.

A stray quotation mark makes a lenient reader take hundreds of rows for one cell without a word. Here such a line is
reported alone, and reading goes on after it.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from io import StringIO

from partnerdesk.errors import Refused
from partnerdesk.intake import separators
from partnerdesk.intake.characters import Decoded
from partnerdesk.intake.limits import Limits
from partnerdesk.intake.separators import Separators
from partnerdesk.intake.sheet import Sheet

_LONGEST_CELL = 16 * 1024 * 1024
_LINE = re.compile(r"\r\n|\r|\n")
_CHOSEN = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|", "\\t": "\t", "none": ""}


def read(decoded: Decoded, file: str, sha256: str, limits: Limits, chosen: str = "") -> Sheet:
    """The sheet of a text table. Raises Refused where it is empty or larger than the limits."""
    text = decoded.text
    if not text.strip("\ufeff \t\r\n"):
        raise Refused(f"{file} is empty.", "Choose a file with a header and rows.")
    if "\0" in text:
        raise Refused(
            f"{file} is not a text file: it contains zero bytes.", "Save it as CSV or XLSX, then import that."
        )
    marks = Separators(_CHOSEN.get(chosen, chosen)) if chosen else separators.found(text)
    if re.match(r"(?i)\"?sep=.\"?\s*[\r\n]", text):
        text = "\n" + _LINE.split(text, 1)[1]  # the line counts, its content does not
    rows, lines, broken = _records(text, marks)
    if len(rows) > limits.rows:
        raise Refused(f"{file} has more than {limits.rows:,} rows.", "Split it, for instance by year.")
    widest = max(map(len, rows), default=0)
    if widest > limits.columns:
        raise Refused(
            f"{file} has {widest:,} columns; at most {limits.columns} can be imported.",
            "Export only the columns that are needed.",
        )
    return Sheet(
        file,
        rows,
        lines,
        sha256=sha256,
        encoding=decoded.label,
        is_encoding_certain=decoded.is_certain,
        encodings=decoded.rivals,
        delimiter=str(marks),
        broken=tuple(broken),
        notes=(decoded.note,) if decoded.note else (),
    )


def _records(text: str, marks: Separators) -> tuple[list[list[str]], list[int], list[tuple[int, str]]]:
    if marks.cell == "" or len(marks.cell) > 1 or marks.row:
        rows = [list(cells) for cells in _cut(text, marks)]
        return rows, list(range(1, len(rows) + 1)), []
    csv.field_size_limit(_LONGEST_CELL)
    if '"' not in text:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=marks.cell, quoting=csv.QUOTE_NONE))
        return rows, list(range(1, len(rows) + 1)), []
    return _quoted(text, marks.cell)


def _cut(text: str, marks: Separators) -> Iterator[list[str]]:
    """Without quoting: separators of several characters come from bulk copies, which know no quotes."""
    lines = _LINE.split(text)
    if lines and not lines[-1]:
        lines.pop()
    for line in lines:
        body = line[: -len(marks.row)] if marks.row and line.endswith(marks.row) else line
        yield body.split(marks.cell) if marks.cell else [body]


def _quoted(text: str, delimiter: str) -> tuple[list[list[str]], list[int], list[tuple[int, str]]]:
    source = StringIO(text, newline="").readlines()
    rows: list[list[str]] = []
    lines: list[int] = []
    broken: list[tuple[int, str]] = []
    start = 0
    while start < len(source):
        reader = csv.reader(source[start:] if start else source, delimiter=delimiter, strict=True)
        line = 0
        try:
            for row in reader:
                rows.append(row)
                lines.append(start + line + 1)
                line = reader.line_num
            break
        except csv.Error as error:
            broken.append((start + line + 1, _reason(str(error))))
            start += line + 1
            if len(broken) > 1000:
                raise Refused(
                    "More than 1,000 lines have quotation marks that do not close.",
                    "Export the file again, or choose another separator.",
                ) from None
    return _without_swallowed(rows, lines, broken, delimiter)


def _reason(error: str) -> str:
    if "limit" in error:
        return "A cell is longer than 16 million characters."
    return "A quotation mark opens a cell and does not close it properly."


def _without_swallowed(
    rows: list[list[str]], lines: list[int], broken: list[tuple[int, str]], delimiter: str
) -> tuple[list[list[str]], list[int], list[tuple[int, str]]]:
    """Two stray quotation marks make one cell of all the rows between them, without an error; its lines tell."""
    widths = Counter(map(len, rows))
    usual = widths.most_common(1)[0][0] if widths else 0
    bad = {i for i, row in enumerate(rows) if usual > 2 and _swallows(row, usual, delimiter)}
    for i in sorted(bad):
        last = lines[i] + sum(cell.count("\n") for cell in rows[i])
        broken.append((lines[i], f"A stray quotation mark makes one cell of the lines {lines[i]} to {last}."))
    if bad:
        rows = [row for i, row in enumerate(rows) if i not in bad]
        lines = [line for i, line in enumerate(lines) if i not in bad]
    return rows, lines, sorted(broken)


def _swallows(row: list[str], usual: int, delimiter: str) -> bool:
    for cell in row:
        if "\n" in cell:
            inner = cell.split("\n")[1:-1]
            if inner and sum(line.count(delimiter) == usual - 1 for line in inner) * 2 > len(inner):
                return True
    return False
