"""What every sheet of a statement is made with, and the parts that all of them share: heads, foots, tables.

Tables begin in row 5 of their sheet, counts and totals stand above them, so that rows can be added below.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from math import ceil
from textwrap import wrap
from typing import Any

from partnerdesk.engine.money import ZERO, decimals
from partnerdesk.reports.format import Formats
from partnerdesk.reports.sheet import Book, Sheet, cell_name, column_name
from partnerdesk.reports.statement.document import StatementDocument
from partnerdesk.reports.statement.styles import Styles
from partnerdesk.reports.statement.ties import earned_type

SUMMARY, EARNINGS, HELD = "1 Summary", "2 Earnings", "3 Held and releases"
CORRECTIONS, NOT_COUNTED, RULES = "4 Clawbacks and adjustments", "5 Not counted", "8 Rules and help"
FUNDS, PAYMENTS = "6 Funds", "7 Payments"
SAMPLE = "Sample data: invented companies and amounts"
HEADS, FIRST = 4, 5  # the rows of a table's titles and of its first line, counted from zero
FIRST_MOVEMENT = 13  # of the roll-forward on the first sheet
LINE_HEIGHT = 13.5  # points of one line of wrapped text
_LETTERS = 1.08  # of usual text in the width of one character
OK, DIFFERS = "OK", "Differs"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its title, its width in characters, whether it holds numbers, whether it is filled in."""

    title: str
    width: float
    number: bool = False
    input: bool = False
    indent: bool = False  # text that follows a column of numbers


MARK, COMMENT = "Dispute?", "Partner comment"  # the titles of what a partner fills in beside a row
BALLOT = (Column(MARK, 10, input=True), Column(COMMENT, 26, input=True))
DISPUTE_TOTAL = "Dispute the total?"
# Where a partner objects to a row of a sheet whose rows were never posted, so that no line or movement stands for them.
OBJECT_AT_TOTAL = f"To object to a row, set “{DISPUTE_TOTAL}” on sheet 1 to Yes and name the row in the comment"


class Making:
    """A document on its way into a workbook."""

    def __init__(self, document: StatementDocument, formats: Formats, book: Book) -> None:
        self.document, self.formats, self.book = document, formats, book
        self.styles = Styles(book, document.currency)
        self.places = decimals(document.currency)

    def sheet(self, name: str, *, title_row: int | None = None, pages_tall: int = 0) -> Sheet:
        """A new sheet with the statement's print set-up."""
        document = self.document
        sheet = self.book.sheet(name)
        left = f"Confidential: prepared for {document.partner_name}"
        as_of = self.formats.day(document.data_as_of)
        sample = "Sample data · " if document.sample else ""
        center = f"{sample}{document.number} {document.state} · Data as of {as_of}"
        sheet.set_up(left, center, title_row=title_row, pages_tall=pages_tall)
        return sheet

    def table_sheet(self, name: str, title: str, columns: Sequence[Column]) -> Sheet:
        """A sheet with title, column widths and frozen heads; the table itself follows when its lines are known."""
        sheet = self.sheet(name, title_row=HEADS)
        sheet.widths(*(column.width for column in columns))
        sheet.height(0, 26)
        sheet.height(3, 9)
        sheet.text(0, 0, title, self.styles.title)
        if self.document.sample:
            sheet.text(0, 4, SAMPLE, self.styles.sample)
        sheet.freeze(FIRST, 1)
        return sheet

    def table(self, sheet: Sheet, name: str, columns: Sequence[Column], count: int, row: int = HEADS) -> None:
        """The real table around lines that are written already; without lines it keeps one empty row."""
        styles = self.styles
        titles = [(column.title, self._head(column)) for column in columns]
        if not count:
            for column in range(len(columns)):
                sheet.blank(row + 1, column, styles.cell)
            sheet.text(row + 1, min(1, len(columns) - 1), "None in this period", styles.muted_cell)
        sheet.table(row, row + max(count, 1), name, titles)

    def objecting(self, sheet: Sheet) -> None:
        """Says in the third row of a sheet without ballots where its rows are objected to."""
        sheet.text(2, 0, OBJECT_AT_TOTAL, self.styles.muted)

    def ballot(self, sheet: Sheet, row: int, column: int) -> None:
        """The two cells of a row in which a partner says that, and why, it objects to it."""
        sheet.text(row, column, "No", self.styles.input)
        sheet.blank(row, column + 1, self.styles.input)

    def name(self, sheet: Sheet, row: int, column: int, text: str, width: float) -> None:
        """A name in a column of that width: a very long one wraps, because shrunk to one line nobody could read it."""
        sheet.text(row, column, text, self.styles.wrapped if overflows(text, width) else self.styles.fitted)

    def _head(self, column: Column) -> Any:
        if column.number:
            return self.styles.number_head
        if column.input:
            return self.styles.input_head
        return self.styles.indented_head if column.indent else self.styles.head

    def total(self, sheet: Sheet, row: int, name: str, column: str, value: Decimal) -> None:
        """A live total of a table's column, in the second column of a sheet's head."""
        sheet.text(row, 0, f"Total, {self.document.currency}", self.styles.muted)
        sheet.formula(row, 1, f"=SUM({name}[{column}])", self.styles.total, value)

    def count(self, sheet: Sheet, name: str, column: str, value: int, label: str, *, numbers: bool = True) -> None:
        """A live count of a table's lines."""
        sheet.text(1, 0, label, self.styles.muted)
        sheet.formula(1, 1, f"={'COUNT' if numbers else 'COUNTA'}({name}[{column}])", self.styles.count, value)

    def verdict(self, sheet: Sheet, row: int, column: int, difference: Decimal) -> None:
        """OK or Differs, live, for the difference in the cell to the left."""
        word = DIFFERS if difference else OK
        left = cell_name(row, column - 1)
        sheet.formula(row, column, f'=IF({left}=0,"{OK}","{DIFFERS}")', self.styles.verdict, word)

    @cached_property
    def closing_row(self) -> int:
        """Where the closing balance stands on the first sheet, counted from zero."""
        return FIRST_MOVEMENT + len(self.document.statement.rows) - 1

    def summary_rows(self, *keys: str) -> str:
        """The totals of some rows of the roll-forward as arguments of SUM; `earned` means all kinds of earnings."""
        cells = []
        for index, row in enumerate(self.document.statement.rows):
            if row.key in keys or ("earned" in keys and earned_type(row) is not None):
                cells.append(f"'{SUMMARY}'!{cell_name(FIRST_MOVEMENT + index, 4, absolute=True)}")
        return ",".join(cells) or "0"


def ballots(sheet: Sheet, row: int, last_row: int, column: int, what: str) -> None:
    """The drop-down list of ballots that are written already."""
    sheet.choice(row, last_row, column, ["No", "Yes"], f"Dispute {what}?", "Yes, and say why beside it.")


def height_of(texts: Sequence[tuple[str, float]]) -> float:
    """The height in points of a row that wraps texts in columns of so many characters."""
    lines = max((_lines(text, width) for text, width in texts), default=1)
    return max(19.0, LINE_HEIGHT * lines + 3)


def overflows(text: str, width: float) -> bool:
    """Whether a text takes more than one line of a column of so many characters."""
    return len(text) > width * _LETTERS


def broken(name: str, width: float) -> tuple[str, float]:
    """A name for `height_of`, broken where a column of that width breaks it: names have words of half a line."""
    return ("\n".join(wrap(name, max(1, int(width)))) if overflows(name, width) else name), width


def _lines(text: str, width: float) -> int:
    return sum(max(1, ceil(len(part) / (width * _LETTERS))) for part in text.split("\n"))


def width_for(texts: Sequence[str], least: float, most: float) -> float:
    """A column's width: as wide as its longest text needs, within limits."""
    longest = max(map(len, texts), default=0)
    return max(least, min(most, longest * 0.95 + 2))


def heading_width(title: str) -> float:
    """What a title needs beside the button of its filter."""
    return len(title) * 0.9 + 3.5


def money_width(title: str, values: Iterable[Decimal | None], places: int) -> float:
    """A column of amounts as wide as its title and its longest amount need, in parentheses where it is negative."""
    longest = max((len(f"{value:,.{places}f}") + (value < 0) for value in values if value is not None), default=0)
    return max(heading_width(title), longest + 1.5)


def amounts(values: Sequence[Decimal]) -> Decimal:
    return sum(values, ZERO)


def letters(columns: Sequence[Column]) -> dict[str, str]:
    """The letter of each column by its title."""
    return {column.title: column_name(index) for index, column in enumerate(columns)}


def label(text: str, otherwise: str = "Entry") -> str:
    """A row label that is still text when someone edits it."""
    return f"{otherwise}: {text}" if text.lstrip()[:1] in ("+", "-", "=", ">", "@", "<") else text
