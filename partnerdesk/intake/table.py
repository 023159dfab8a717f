"""From a sheet to a table: header, columns, and every row either kept, left out with a reason, or reported.

The balance is kept here from the start: rows read = kept + ignored + rejected. Blank rows at the end of a sheet are no
rows. What the cells mean is not known here.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from partnerdesk.engine.currencies import CODES
from partnerdesk.engine.problem import Problem
from partnerdesk.intake.header import Header, find
from partnerdesk.intake.lexicon import is_known, squash
from partnerdesk.intake.sheet import Sheet
from partnerdesk.intake.tokens import clean

_TOTAL = re.compile(
    r"(?:grand |report |overall )?totals?(?: \(.{1,30}\))?:?|sub-?totals?\b.{0,60}|(?:zwischen|gesamt)?summe:?|gesamt:?"
    r"|(?:sous-)?total (?:g[ée]n[ée]ral|general|geral)|totale:?|totaal:?|suma:?|somme:?|sum:?|average:?|mittelwert:?"
    r"|(?:record )?count:?.{0,20}|.{1,60} totals?",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"confidential information.*|copyright (?:\(c\)|©).*|.*all rights reserved\.?|generated (?:by|on|at)\b.*"
    r"|report generated.*|exported (?:by|on|from)\b.*|as of\b.*|applied filters:?.*|filtered by.*|source:.*"
    r"|page \d+ (?:of|/) \d+",
    re.IGNORECASE | re.DOTALL,
)
_RULE = re.compile(r"[-=_*~. ]{3,}")
BLANK, TOTAL, FOOTER, REPEATED, SECOND = "blank", "total", "footer", "header repeated", "second table"


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a sheet below its header, all of one width.

    `indexes` point into `sheet.rows`. `ignored` counts rows left out by reason; `rejected` are rows that cannot be
    read, by line. `read` is all of them.
    """

    sheet: Sheet
    header: Header
    headers: tuple[str, ...]
    words: tuple[str, ...]
    columns: tuple[tuple[str, ...], ...]
    indexes: Sequence[int]
    ignored: Mapping[str, int]
    rejected: Mapping[int, Problem]
    notes: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        return len(self.indexes)

    @property
    def read(self) -> int:
        return self.count + sum(self.ignored.values()) + len(self.rejected)

    def line(self, row: int) -> int:
        """The line or row number of a row of the table in its file."""
        return self.sheet.lines[self.indexes[row]]

    def place(self, row: int, column: int | None = None) -> str:
        """Where a user looks for a cell."""
        return self.sheet.place(self.line(row), "" if column is None else self.headers[column])


def table(sheet: Sheet, choices: Mapping[str, str], known: frozenset[str] = frozenset()) -> Table:
    """The table of a sheet under the user's choices `header`, `hidden` and `merged`."""
    header = find(sheet, choices.get("header", ""), known)
    width = _width(sheet, header)
    sorted_out = _Sorted(sheet, header, width, choices)
    rows = sorted_out.kept
    columns = sorted_out.columns or (tuple(zip(*map(sorted_out.row, rows), strict=True)) if rows else ((),) * width)
    used = [j for j in range(width) if (j < len(header.texts) and header.texts[j]) or any(map(str.strip, columns[j]))]
    headers = _unique([header.texts[j] if j < len(header.texts) else "" for j in range(width)])
    return Table(
        sheet,
        header,
        headers,
        tuple(squash(h) if j in used else "" for j, h in enumerate(headers)),
        columns,
        rows,
        sorted_out.ignored,
        sorted_out.rejected,
        tuple(sorted_out.notes),
    )


def _width(sheet: Sheet, header: Header) -> int:
    if header.index >= 0:
        texts = list(header.texts)
        while texts and not texts[-1]:
            texts.pop()
        return max(len(texts), 1) if not sheet.kinds else max(len(texts), max(map(len, sheet.rows), default=0))
    widths = Counter(len(row) for row in sheet.rows if any(row))
    return max(widths, key=lambda w: (widths[w], w)) if widths else 0


def _unique(headers: Sequence[str]) -> tuple[str, ...]:
    """Headers that can be told apart: an empty one by its letter, the second of a name by its number."""
    from partnerdesk.intake.cells import letter

    seen: Counter[str] = Counter()
    unique = []
    for i, header in enumerate(headers):
        text = " ".join(header.split()) or f"Column {letter(i)}"
        seen[text] += 1
        unique.append(text if seen[text] == 1 else f"{text} ({seen[text]})")
    return tuple(unique)


class _Sorted:
    """Each row of the sheet below the header: kept, ignored or rejected."""

    def __init__(self, sheet: Sheet, header: Header, width: int, choices: Mapping[str, str]) -> None:
        self._sheet, self._header, self._width, self._choices = sheet, header, width, choices
        self.kept: list[int] = []
        self.ignored: Counter[str] = Counter()
        self.rejected: dict[int, Problem] = {}
        self.notes: list[str] = []
        self.columns: tuple[tuple[str, ...], ...] = ()
        self._filled: dict[int, tuple[str, ...]] = {}  # rows whose merged cells were repeated
        last = self._last()
        if not self._are_plain(last):
            self._sort(last)
        self._reject_broken()
        self._reject_hidden()
        self._merged()

    def row(self, index: int) -> Sequence[str]:
        """The cells of a row, cut or filled to the table's width."""
        cells = self._filled.get(index) or self._sheet.rows[index]
        if len(cells) == self._width:
            return cells
        return (*cells[: self._width], *[""] * (self._width - len(cells)))

    def _last(self) -> int:
        last = self._header.last
        while last > self._header.first and not any(map(str.strip, self._sheet.rows[last - 1])):
            last -= 1
        return last

    def _are_plain(self, last: int) -> bool:
        """The quick way for a clean table: equal widths, no blank row, nothing that looks like a total or footer."""
        rows = self._sheet.rows[self._header.first : last]
        if set(map(len, rows)) != {self._width} or not all(map(any, rows)):
            return False
        columns = tuple(zip(*rows, strict=True))
        for cells in columns[:3]:
            if any(self._could_be_odd(clean(v)) for v in set(cells)):
                return False
        self.kept = list(range(self._header.first, last))
        if not self._sheet.broken and not self._sheet.hidden and not self._sheet.merged:
            self.columns = columns
        return True

    def _could_be_odd(self, cell: str) -> bool:
        if not cell or _TOTAL.fullmatch(cell) or _FOOTER.fullmatch(cell) or _RULE.fullmatch(cell):
            return True
        return cell in self._header.texts

    def _sort(self, last: int) -> None:
        gap = False
        after_total = False
        for i in range(self._header.first, last):
            cells = [clean(c) for c in self._sheet.rows[i]]
            gap = gap or (i > self._header.first and self._sheet.lines[i] - self._sheet.lines[i - 1] > 1)
            reason = self._reason(cells, gap, after_total)
            if reason == SECOND:
                self.notes.append(f"A second table starts in line {self._sheet.lines[i]}; it was left out.")
                self.ignored[SECOND] += sum(1 for row in self._sheet.rows[i:last] if any(map(str.strip, row)))
                return
            if reason:
                self.ignored[reason] += 1
            elif problem := self._ragged(i, cells):
                self.rejected[self._sheet.lines[i]] = problem
            else:
                self.kept.append(i)
            gap = reason == BLANK
            after_total = reason in (BLANK, TOTAL, FOOTER)

    def _reason(self, cells: list[str], gap: bool, after_total: bool) -> str:
        filled = [c for c in cells if c]
        if not filled or all(_RULE.fullmatch(c) for c in filled):
            return BLANK
        if tuple(cells[: len(self._header.texts)]) == self._header.texts[: len(cells)] and len(filled) > 1:
            return REPEATED
        if self._is_total(cells, filled):
            return TOTAL
        if len(filled) <= 2 < self._width and (_FOOTER.fullmatch(filled[0]) or (after_total and len(filled) == 1)):
            return FOOTER
        if gap and self._header.index >= 0 and self._is_header(filled):
            return SECOND
        return ""

    def _is_total(self, cells: list[str], filled: list[str]) -> bool:
        """A label such as "Total" in a row that leaves most of its other text cells empty."""
        label = filled[0]
        if self._width < 2 or not _TOTAL.fullmatch(label):
            return False
        words = [c for c in filled[1:] if not _is_amount(c) and c not in CODES]
        return len(filled) < max(self._width, 2) and len(words) <= max(self._width // 4 - 1, 0)

    def _is_header(self, filled: list[str]) -> bool:
        known = sum(1 for c in filled if is_known(squash(c)))
        return len(filled) >= 2 and known * 10 >= len(filled) * 6 and not any(map(_is_amount, filled))

    def _ragged(self, i: int, cells: list[str]) -> Problem | None:
        found, wanted = len(cells), self._width
        if self._sheet.kinds or found == wanted or (found > wanted and not any(cells[wanted:])):
            return None
        return Problem(
            self._sheet.place(self._sheet.lines[i]),
            f"The row has {found} cells where the header has {wanted}.",
            "A separator or a quotation mark is missing, or there is one too many; correct the line.",
        )

    def _reject_broken(self) -> None:
        for line, reason in self._sheet.broken:
            remedy = "Double the quotation mark inside the text or remove it."
            self.rejected[line] = Problem(self._sheet.place(line), reason, remedy)

    def _reject_hidden(self) -> None:
        hidden = [i for i in self.kept if i in self._sheet.hidden] if self._sheet.hidden else []
        if not hidden or self._choices.get("hidden") == "include":
            return
        for i in hidden:
            line = self._sheet.lines[i]
            self.rejected[line] = Problem(
                self._sheet.place(line),
                "The row is hidden in the workbook.",
                "Unhide it, or choose to include hidden rows.",
            )
        self.kept = [i for i in self.kept if i not in self._sheet.hidden]

    def _merged(self) -> None:
        touched: set[int] = set()
        for first, left, last, right in self._sheet.merged:
            for i in self._kept_between(first, last):
                touched.add(i)
                if self._choices.get("merged") == "repeat":
                    self._repeat(i, first, left, right)
        if not touched or self._choices.get("merged"):
            return
        for i in touched:
            line = self._sheet.lines[i]
            self.rejected[line] = Problem(
                self._sheet.place(line),
                "The row has merged cells, and only the first of them holds a value.",
                "Separate them, or choose to repeat the value in all of them.",
            )
        self.kept = [i for i in self.kept if i not in touched]

    def _kept_between(self, first: int, last: int) -> Iterator[int]:
        for i in self.kept[bisect_left(self.kept, first, key=lambda k: self._sheet.lines[k]) :]:
            if self._sheet.lines[i] > last:
                return
            yield i

    def _repeat(self, i: int, first: int, left: int, right: int) -> None:
        top = bisect_left(self._sheet.lines, first)
        source = self._sheet.rows[top] if top < len(self._sheet.lines) and self._sheet.lines[top] == first else ()
        value = source[left] if left < len(source) else ""
        cells = list(self.row(i))
        for j in range(left, min(right + 1, self._width)):
            cells[j] = value
        self._filled[i] = tuple(cells)


def _is_amount(cell: str) -> bool:
    return any(c.isdigit() for c in cell) and sum(c.isalpha() for c in cell) <= 3
