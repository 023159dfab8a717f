"""Our writer of a sheet's rows gives what XlsxWriter's own gives, and says what a sheet cannot hold."""

import zipfile
from datetime import date
from decimal import Decimal as D
from io import BytesIO
from typing import Any

import pytest
from xlsxwriter.worksheet import Worksheet

from partnerdesk.errors import Refused
from partnerdesk.reports.format import Formats
from partnerdesk.reports.sheet import Book, Sheet
from partnerdesk.reports.sheet_rows import RowWriter
from partnerdesk.reports.statement.workbook import workbook
from tests.reports.statement_samples import HOSTILE, northwind, random_lines, with_lines

OVER = "_write_rows", "_calculate_spans"


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def everything() -> bytes:
    """A book with every kind of cell that our sheets write, gaps between rows, and heights of empty ones."""
    book = Book("T", "S", "V", date(2026, 1, 1))
    sheet, form, bold = book.sheet("One & two"), book.format(italic=True), book.format(bold=True)
    sheet.height(2, 26)
    sheet.text(20, 3, "a < b & c", bold)
    sheet.text(20, 1, HOSTILE[0], form)
    sheet.text(20, 2, "", form)
    sheet.number(37, 40, D("-1240.50"), form)
    sheet.number(37, 0, D("0.333333333333333"), form)
    sheet.number(37, 30, 12, bold)
    sheet.day(3, 5, date(1900, 2, 1), form)
    sheet.day(3, 4, date(2026, 11, 28), bold)
    sheet.formula(50, 4, '=IF(D4<>1,"A&B",2)', form, "A&B")
    sheet.formula(50, 5, "=1<2", bold, D("1.50"))
    sheet.merged(60, 2, 8, bold)
    sheet.text(60, 2, "wide", bold)
    for column, title in enumerate(("A", "B")):
        sheet.text(71, column, title, form)
    sheet.table(70, 90, "T", [("A", bold), ("B", bold)])
    return book.content()


def test_rows_are_written_as_xlsxwriter_writes_them(monkeypatch: pytest.MonkeyPatch) -> None:
    documents: list[Any] = [northwind(), with_lines(northwind(), random_lines(60, 3))]
    ours = [everything(), *(workbook(document, Formats()) for document in documents)]
    for name in OVER:
        monkeypatch.setattr(RowWriter, name, getattr(Worksheet, name))
    theirs = [everything(), *(workbook(document, Formats()) for document in documents)]
    for mine, its in zip(ours, theirs, strict=True):
        assert parts(mine) == parts(its)


def sheet_of() -> tuple[Book, Sheet, Any]:
    book = Book("T", "S", "V", date(2026, 1, 1))
    return book, book.sheet("Lines"), book.format(bold=True)


def test_a_table_has_the_area_of_all_its_rows_and_lies_over_no_other_one() -> None:
    book, sheet, form = sheet_of()
    sheet.table(4, 90, "First", [("A", form), ("B", form)])
    for area in ((50, 99), (90, 95), (1, 4)):
        with pytest.raises(ValueError, match="lies in a table"):
            sheet.table(*area, "Second", [("C", form), ("D", form)], column=1)
    with pytest.raises(ValueError, match="lies in a table"):
        sheet.merged(60, 1, 5, form)
    sheet.table(4, 90, "Beside", [("C", form)], column=2)
    made = parts(book.content())
    assert b'ref="A5:B91"' in made["xl/tables/table1.xml"]
    assert b'<autoFilter ref="A5:B91"/>' in made["xl/tables/table1.xml"]
    assert b'ref="C5:C91"' in made["xl/tables/table2.xml"]


def test_a_row_that_no_sheet_has_is_refused_with_its_place() -> None:
    _, sheet, form = sheet_of()
    sheet.text(1_048_575, 0, "the last one", form)
    with pytest.raises(Refused, match="Lines!A1048577 lies beyond"):
        sheet.text(1_048_576, 0, "one more", form)
