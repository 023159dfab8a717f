"""The one door to XlsxWriter: cells that are text stay text, and a number that Excel cannot hold is refused.

Excel keeps 15 digits and 32,767 characters; anything beyond is refused here before a byte is written, with the place
named. No text becomes a formula, link, number or error; formulas are only those that our own code writes, each with
the value that we computed for it. Nothing that identifies the machine or its user gets into the file, and the same
content gives the same bytes. Workbooks are made new, never from an earlier one.
"""

import io
import re
from collections.abc import Sequence
from copy import deepcopy
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from partnerdesk.errors import Refused
from partnerdesk.reports import printing

LONGEST_TEXT, MOST_DIGITS = 32_767, 15
LONGEST_FOOTER, LONGEST_LEFT = 255, 68  # letters in all, and of the left text, which would run into the middle one
_OPTIONS = {
    "in_memory": True,  # no temporary files with a partner's figures outside the target folder
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_format_properties": {"font_name": "Arial", "font_size": 10},
}
_HALF_A_LETTER = re.compile("[\ud800-\udfff]")
_LANDSCAPE_A4 = 9
_MILLIMETRE = 1 / 25.4


class Book:
    """A new workbook in memory; `content` closes it and returns its bytes."""

    def __init__(self, title: str, subject: str, vendor: str, created: date) -> None:
        from xlsxwriter import Workbook

        from partnerdesk.reports.sheet_rows import RowWriter

        self._bytes = io.BytesIO()
        self._book = Workbook(self._bytes, deepcopy(_OPTIONS))  # XlsxWriter writes into what it is given
        self._book.worksheet_class = RowWriter
        self.string_index = self._book.str_table._get_shared_string_index
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self.sheets: list[Sheet] = []
        self._book.set_properties(
            {
                "title": fitting(title, "the title"),
                "subject": fitting(subject, "the subject"),
                "author": fitting(vendor, "the vendor"),
                "company": vendor,
                "created": datetime.combine(created, time()),
            }
        )

    def format(self, **properties: Any) -> Any:
        """The cell format with these properties; the same one for the same properties."""
        key = tuple(sorted(properties.items()))
        found = self._formats.get(key)
        if found is None:
            found = self._formats[key] = self._book.add_format(properties)
        return found

    def sheet(self, name: str) -> "Sheet":
        """A new sheet at the end."""
        sheet = Sheet(self, self._book.add_worksheet(name), name)
        self.sheets.append(sheet)
        return sheet

    def column_chart(self) -> Any:
        """A native column chart, to be placed by `Sheet.chart`."""
        return self._book.add_chart({"type": "column"})

    def content(self) -> bytes:
        """The whole file."""
        for sheet in self.sheets:
            sheet.settle_scale()
        self._book.close()
        return self._bytes.getvalue()


class Sheet:
    """One sheet. Rows and columns count from zero, as XlsxWriter counts them; `cell_name` gives Excel's names."""

    def __init__(self, book: Book, sheet: Any, name: str) -> None:
        from xlsxwriter import worksheet as cells

        self.book, self.name, self._sheet = book, name, sheet
        self._widths: dict[int, float] = {}
        self._is_one_wide = False
        self._areas: list[tuple[int, int, int, int]] = []  # of tables and merged cells
        # Cells go straight into XlsxWriter's table: at every cell it would ask again what was asked here.
        self._rows, self._columns = sheet.table, set[int]()
        self._string, self._number, self._empty = cells.CellStringTuple, cells.CellNumberTuple, cells.CellBlankTuple
        self._formula, self._date, self._index = cells.CellFormulaTuple, cells.CellDatetimeTuple, book.string_index
        self._days: dict[date, float] = {}  # as Excel counts them

    def _put(self, row: int, column: int, cell: Any) -> None:
        """A cell in its place; the sheet's dimensions follow where it is the first of its row or column."""
        if row not in self._rows or column not in self._columns:
            if self._sheet._check_dimensions(row, column):
                raise Refused(
                    f"{self.place(row, column)} lies beyond what Excel holds.", "Write out fewer rows at once."
                )
            self._columns.add(column)
        self._rows[row][column] = cell

    def text(self, row: int, column: int, text: str, form: Any) -> None:
        """A text, verbatim; an empty one leaves the cell empty but formatted."""
        if len(text) > 1_000 or not text.isascii():
            text = fitting(text, self.place(row, column))
        self._put(row, column, self._string(self._index(text), form) if text else self._empty(form))

    def number(self, row: int, column: int, value: Decimal | int, form: Any) -> None:
        """A number that Excel holds exactly; Refused for any other."""
        self._put(row, column, self._number(holdable(value, self, row, column), form))

    def day(self, row: int, column: int, day: date | None, form: Any) -> None:
        """A civil day as a real date; none leaves the cell empty."""
        if day is None:
            self.blank(row, column, form)
        else:
            if (number := self._days.get(day)) is None:
                number = self._days[day] = self._sheet._convert_date_time(day)
            self._put(row, column, self._date(number, form))

    def formula(self, row: int, column: int, formula: str, form: Any, value: Decimal | int | str = 0) -> None:
        """A formula of ours with the value that we computed for it."""
        if not isinstance(value, str):
            value = holdable(value, self, row, column)
        # Not through XlsxWriter's own method: that one rewrites words such as SORT( even inside quoted texts.
        self._put(row, column, self._formula(formula.removeprefix("="), form, value))

    def blank(self, row: int, column: int, form: Any) -> None:
        """An empty cell that shows its format."""
        self._put(row, column, self._empty(form))

    def merged(self, row: int, column: int, last_column: int, form: Any) -> None:
        """One wide cell of a heading; whatever it shows is written into its first column afterwards."""
        self._claim(row, column, row, last_column)
        self._sheet.merge_range(row, column, row, last_column, None, form)

    def words_in(self, area: tuple[int, int, int, int], word: str, form: Any) -> None:
        """Another look for cells of an area (first row, column, last row, column) that show a word of ours."""
        options = {"type": "cell", "criteria": "==", "value": quoted(word), "format": form}
        self._sheet.conditional_format(*area, options)

    def table(self, row: int, last_row: int, name: str, titles: Sequence[tuple[str, Any]], column: int = 0) -> None:
        """A real table over cells that are written already: the titles in `row`, data below; filter on."""
        columns = [{"header": title, "header_format": form} for title, form in titles]
        options = {"name": name, "columns": columns, "style": None, "autofilter": True}
        last = column + len(columns) - 1
        self._claim(row, column, last_row, last)
        # XlsxWriter would look at every cell of it for another table: it sees the first row, and is told the area.
        if self._sheet.add_table(row, column, min(last_row, row + 1), last, options):
            raise ValueError(f"the table {name} was not accepted")
        area = f"{cell_name(row, column)}:{cell_name(last_row, last)}"
        self._sheet.tables[-1].update({"range": area, "a_range": area, "autofilter": area})

    def _claim(self, row: int, column: int, last_row: int, last_column: int) -> None:
        """An area for itself: Excel opens no file in which a table or merged cells lie over others."""
        for top, left, bottom, right in self._areas:
            if row <= bottom and top <= last_row and column <= right and left <= last_column:
                raise ValueError(f"{self.place(row, column)} lies in a table or in merged cells")
        self._areas.append((row, column, last_row, last_column))

    def quiet(self, row: int, last_row: int, last_column: int) -> None:
        """No green corners: identifiers made of digits are text on purpose, and each line has its own formula."""
        area = f"A{row + 1}:{cell_name(last_row, last_column)}"
        self._sheet.ignore_errors({"number_stored_as_text": area, "formula_differs": area})

    def choice(self, row: int, last_row: int, column: int, choices: list[str], title: str, message: str) -> None:
        """Cells in which one of the choices is picked."""
        options = {"validate": "list", "source": choices, "input_title": title, "input_message": message}
        self._sheet.data_validation(row, column, last_row, column, options)

    def chart(self, row: int, column: int, chart: Any, description: str) -> None:
        """A chart with its upper left corner in a cell; the description is read out by screen readers."""
        self._sheet.insert_chart(row, column, chart, {"description": description, "object_position": 2})

    def widths(self, *widths: float, start: int = 0) -> None:
        """Widths of columns in characters."""
        for column, width in enumerate(widths, start):
            self._sheet.set_column(column, column, width)
            self._widths[column] = width

    def height(self, row: int, points: float) -> None:
        self._sheet.set_row(row, points)

    def page_from(self, row: int) -> None:
        """A new page in print begins with this row."""
        self._sheet.set_h_pagebreaks([row])

    def freeze(self, row: int, column: int) -> None:
        self._sheet.freeze_panes(row, column)

    def protect(self) -> None:
        """Locks what is not open to be filled in; without a password, since it guards against slips only."""
        self._sheet.protect("", {"format_columns": True, "format_rows": True, "format_cells": False})

    def set_up(self, left: str, center: str, *, title_row: int | None = None, pages_tall: int = 0) -> None:
        """No grid, and A4 landscape one page wide; texts of the foot, the pages are counted at its right."""
        sheet = self._sheet
        sheet.hide_gridlines(2)
        sheet.set_default_row(19)
        sheet.set_paper(_LANDSCAPE_A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, pages_tall)
        self._is_one_wide = not pages_tall
        side = 12 * _MILLIMETRE
        sheet.set_margins(side, side, side, 16 * _MILLIMETRE)
        sheet.set_footer(footer(left, center), {"margin": 7 * _MILLIMETRE})
        if title_row is not None:
            sheet.repeat_rows(title_row)
            sheet.repeat_columns(0)

    def settle_scale(self) -> None:
        """Few columns print no larger than the other sheets: LibreOffice enlarges what is one page wide."""
        if self._is_one_wide and printing.is_narrow(self._widths.values()):
            self._sheet.set_print_scale(printing.LARGEST)

    def place(self, row: int, column: int) -> str:
        """What a user calls the cell: `2 Earnings!C7`."""
        return f"{self.name}!{cell_name(row, column)}"


def cell_name(row: int, column: int, *, absolute: bool = False) -> str:
    """`C7` or `$C$7` for row 6, column 2."""
    letters = column_name(column)
    return f"${letters}${row + 1}" if absolute else f"{letters}{row + 1}"


def column_name(column: int) -> str:
    """`C` for 2, `AA` for 26."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def quoted(text: str) -> str:
    """A text as a literal inside a formula."""
    return '"' + text.replace('"', '""') + '"'


def criterion(text: str) -> str:
    """A text as a criterion of SUMIFS that matches it and nothing else: no wildcard, no comparison."""
    for sign in "~*?":
        text = text.replace(sign, f"~{sign}")
    return quoted(f"={text}")


def fitting(text: str, place: str) -> str:
    """The text itself where a cell can hold it; else Refused."""
    if len(text) > LONGEST_TEXT // 2 and len(text.encode("utf-16-le", "surrogatepass")) > 2 * LONGEST_TEXT:
        raise Refused(
            f"A text of {len(text):,} characters does not fit into {place}.",
            f"Excel holds {LONGEST_TEXT:,}; shorten “{text[:40]}…”.",
        )
    if not text.isascii() and _HALF_A_LETTER.search(text):
        shown = text[:40].encode("ascii", "backslashreplace").decode()
        raise Refused(f"A text for {place} holds half a letter: {shown}.", "Type it again at its source.")
    return text


def holdable(value: Decimal | int, sheet: Sheet, row: int, column: int) -> Decimal | int:
    """The number itself where Excel holds it exactly; else Refused."""
    if isinstance(value, Decimal):
        # A short text is the quick proof; only a long one needs its digits counted.
        if value.is_finite() and (len(str(value)) <= MOST_DIGITS or digits(value) <= MOST_DIGITS):
            return value
    elif type(value) is int and abs(value) < 10**MOST_DIGITS:
        return value
    raise Refused(
        f"{sheet.place(row, column)} cannot hold {value!s:.60}.",
        f"Excel keeps numbers of up to {MOST_DIGITS} digits exactly; correct the figure.",
    )


def digits(value: Decimal) -> int:
    """Significant digits of a finite number."""
    return len(value.normalize().as_tuple().digits)


def footer(left: str, center: str) -> str:
    """Left and centre text, page numbers at the right; what people typed is never a code, and is cut to fit."""
    center, right = center.replace("&", "&&"), '&R&"Arial,Regular"&8&P/&N'
    frame = f'&L&"Arial,Regular"&8 &C&"Arial,Regular"&8 {center}{right}'
    room = min(LONGEST_FOOTER - len(frame.encode("utf-16-le")) // 2, LONGEST_LEFT)
    shown = left.replace("&", "&&")
    while len(shown.encode("utf-16-le")) // 2 > room:
        left = left[:-2].rstrip() + "…"
        shown = left.replace("&", "&&")
    return frame.replace("&8 &C", f"&8 {shown}&C", 1)
