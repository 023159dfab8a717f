"""The plan as a workbook that the partner fills in: one sheet per block, open cells tinted, everything else locked.

No macros, no hidden sheets, no formulas. The first column names each row, so that it is known again when the file comes
back; choices are picked from a list. `ops.plan` decides what stands in it and which cells are open.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from partnerdesk.reports.sheet import Book, Sheet
from partnerdesk.reports.statement.styles import Styles

FRONT = "Joint plan"
ROW = "Row (do not change)"
KEY = "Sheet key (do not change)"
HEAD = 3  # the row of the column titles on every sheet, counted from zero
BLANKS = 12  # rows to be filled in below a block that grows
TEXT, DAY, NUMBER, COUNT, CHOICE = "text", "day", "number", "count", "choice"
_FORMATS: Mapping[str, str] = MappingProxyType({DAY: "dd mmm yyyy", NUMBER: "#,##0.######", COUNT: "0"})
_HOW = (
    "Fill in the tinted cells and send the file back as it is: the same file, saved as XLSX.",
    "New rows go into the tinted lines below a list. Cells with a list are picked from it.",
    "What is not tinted is for reading. Each change is a proposal, which we accept or answer one by one.",
)

Value = str | Decimal | date | None


@dataclass(frozen=True, slots=True)
class SheetColumn:
    title: str
    kind: str
    width: float
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetCell:
    """`is_share` shows a number as per cent."""

    value: Value
    is_open: bool
    is_share: bool = False


@dataclass(frozen=True, slots=True)
class SheetRow:
    name: str
    cells: tuple[SheetCell, ...]


@dataclass(frozen=True, slots=True)
class SheetBlock:
    """One sheet; `blanks` are the lines for new rows. An upright one has its titles at the left and one row."""

    name: str
    title: str
    says: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[SheetRow, ...]
    blanks: int = 0
    is_upright: bool = False


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """The whole workbook. `facts` stand at the top of its first sheet: what it is, of which plan, of which day."""

    title: str
    partner_name: str
    vendor: str
    made: date
    key: str
    facts: tuple[tuple[str, str], ...]
    blocks: tuple[SheetBlock, ...]


def workbook(found: PlanSheet) -> bytes:
    """The bytes of the file. Raises Refused for what a cell cannot hold."""
    book = Book(found.title, found.partner_name, found.vendor, found.made)
    look = _Look(book)
    sheets = [(block, book.sheet(block.name)) for block in found.blocks]
    for n, (block, sheet) in enumerate(sheets):
        sheet.text(0, 0, block.title, look.styles.title if not n else look.styles.section)
        sheet.text(1, 0, block.says, look.styles.muted)
        (_upright if block.is_upright else _listed)(sheet, block, look)
        if not n:
            _about(sheet, found, HEAD + len(block.columns) + 2, look)
        sheet.set_up(found.title, found.key, title_row=None if block.is_upright else HEAD)
        sheet.protect()
    return book.content()


class _Look:
    """The cell formats of a plan's workbook, open and locked."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self.styles = Styles(book, "EUR")

    def cell(self, kind: str, cell: SheetCell) -> Any:
        """The format of a value: tinted and open to the partner, or locked."""
        more: dict[str, Any] = {"text_wrap": True, "valign": "top"} if kind in (TEXT, CHOICE) else {"valign": "top"}
        if kind in _FORMATS:
            more |= {"num_format": "0.0#%" if cell.is_share else _FORMATS[kind], "align": "left"}
        if cell.is_open:
            more |= {"bg_color": "#FFFCF2", "locked": False}
        return self.styles.row(**more)

    def head(self, is_open: bool) -> Any:
        return self.styles.input_head if is_open else self.styles.head

    @property
    def name(self) -> Any:
        return self.styles.row(font_color="#9AA5B1", font_size=8, valign="top")


def _upright(sheet: Sheet, block: SheetBlock, look: _Look) -> None:
    """Titles at the left, values beside them: each line is named like a row."""
    sheet.widths(20, 30, 90)
    for column, title in enumerate((ROW, "What", "Text")):
        sheet.text(HEAD, column, title, look.head(column == 2))
    (only,) = block.rows
    for n, (of, cell) in enumerate(zip(block.columns, only.cells, strict=True), HEAD + 1):
        sheet.text(n, 0, str(n - HEAD), look.name)
        sheet.text(n, 1, of.title, look.styles.row(valign="top", bold=True))
        _value(sheet, n, 2, of, cell, look)
        sheet.height(n, _height([(cell.value, 90.0)]))


def _listed(sheet: Sheet, block: SheetBlock, look: _Look) -> None:
    sheet.widths(19, *(column.width for column in block.columns))
    sheet.text(HEAD, 0, ROW, look.styles.head)
    for n, of in enumerate(block.columns, 1):
        opened = bool(block.blanks) or any(row.cells[n - 1].is_open for row in block.rows)
        sheet.text(HEAD, n, of.title, look.head(opened))
    for line, row in enumerate(block.rows, HEAD + 1):
        sheet.text(line, 0, row.name, look.name)
        for n, (column, cell) in enumerate(zip(block.columns, row.cells, strict=True), 1):
            _value(sheet, line, n, column, cell, look)
        sheet.height(line, _height([(c.value, b.width) for c, b in zip(row.cells, block.columns, strict=True)]))
    first = HEAD + 1 + len(block.rows)
    for line in range(first, first + block.blanks):
        sheet.blank(line, 0, look.name)
        for n, column in enumerate(block.columns, 1):
            sheet.blank(line, n, look.cell(column.kind, SheetCell(None, True)))
    last = first + block.blanks - 1
    if last > HEAD:
        for n, column in enumerate(block.columns, 1):
            if column.choices:
                sheet.choice(HEAD + 1, last, n, list(column.choices), column.title, "Pick one of the list.")
        sheet.quiet(HEAD + 1, last, len(block.columns))
    sheet.freeze(HEAD + 1, 2)


def _value(sheet: Sheet, row: int, column: int, of: SheetColumn, cell: SheetCell, look: _Look) -> None:
    form = look.cell(of.kind, cell)
    if isinstance(cell.value, Decimal):
        sheet.number(row, column, cell.value, form)
    elif isinstance(cell.value, date):
        sheet.day(row, column, cell.value, form)
    else:
        sheet.text(row, column, cell.value or "", form)


def _about(sheet: Sheet, found: PlanSheet, row: int, look: _Look) -> None:
    """How to use the file, and what it is known by when it comes back."""
    sheet.text(row, 1, "How to use this file", look.styles.section)
    for n, line in enumerate(_HOW, 1):
        sheet.text(row + n, 1, line, look.styles.plain())
    start = row + len(_HOW) + 2
    for n, (name, text) in enumerate((*found.facts, (KEY, found.key))):
        sheet.text(start + n, 1, name, look.styles.muted)
        sheet.text(start + n, 2, text, look.styles.plain())


def _height(cells: Sequence[tuple[Value, float]]) -> float:
    """The height that the texts of a row need, so that wrapped words are read without a click."""
    lines = 1
    for value, width in cells:
        if isinstance(value, str):
            room = max(8.0, width * 1.05)
            lines = max(lines, sum(1 + int(len(part) // room) for part in value.split("\n")))
    return min(400.0, max(19.0, 13.0 * lines + 6))
