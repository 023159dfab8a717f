"""Columns of the wide sheets are as narrow as what stands in them allows, and nothing of it is cut or shown as ####."""

import io
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from partnerdesk.reports.format import Formats
from partnerdesk.reports.sheet import Book
from partnerdesk.reports.statement.earnings import _fitted
from partnerdesk.reports.statement.ledgers import PaymentRow
from partnerdesk.reports.statement.making import Making, heading_width, money_width
from partnerdesk.reports.statement.workbook import workbook
from tests.reports.statement_samples import line, northwind

WIDE = ("2 Earnings", "3 Held and releases", "4 Clawbacks and adjustments", "7 Payments")


def widths_of(sheet: Any) -> dict[int, float]:
    """The width of every column by its number."""
    found = {}
    for one in sheet.column_dimensions.values():
        found |= dict.fromkeys(range(one.min, one.max + 1), one.width)
    return found


def needed(value: object, form: str) -> float:
    """Characters that a figure takes as it is shown."""
    if isinstance(value, datetime):
        return 11
    if not isinstance(value, int | float) or "%" in form or '"' in form.split(";")[0]:
        return 0
    return len(f"{abs(value):,.2f}") + 2 * (value < 0)


@pytest.mark.parametrize("name", WIDE)
def test_every_figure_and_every_title_fits(name: str) -> None:
    paid = Decimal("-1234567.89")
    payment = PaymentRow("PAY-1", "REM-1", date(2026, 9, 20), "transfer", paid, Decimal(0), paid, "PR-0001-001")
    document = replace(northwind(), payments=(payment,))
    book = openpyxl.load_workbook(io.BytesIO(workbook(document, Formats("en_GB", english=True))), data_only=True)
    sheet = book[name]
    widths = widths_of(sheet)
    for row in sheet.iter_rows():
        for cell in row:
            place = f"{name}!{get_column_letter(cell.column)}{cell.row}"
            assert needed(cell.value, cell.number_format) <= widths[cell.column], place
    for title in sheet[5]:
        if title.value:  # smaller letters than those of the cells
            assert 0.9 * len(title.value) <= widths[title.column], title.value


def test_a_column_is_no_wider_than_what_stands_in_it() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(northwind(), Formats("en_GB", english=True))))["2 Earnings"]
    widths = widths_of(sheet)
    titles = {str(cell.value): widths[cell.column] for cell in sheet[5]}
    assert titles["Cap"] < 9 and titles["Computed"] < 12 and titles["Reason"] < 46 and titles["Source"] < 26
    assert sum(titles.values()) < 310


def test_a_long_amount_and_the_total_in_the_head_widen_their_columns() -> None:
    document = northwind()
    lines = [line("0907-01", "UPFRONT", "2000000000", "0.15", "300000000")]
    making = Making(document, Formats("en_GB", english=True), Book("T", "S", "V", document.data_as_of))
    columns = {c.title: c.width for c in _fitted(making, lines, [one.reason for one in lines])}
    assert columns["Base"] >= len("2,000,000,000.00")
    assert money_width("Amount", [Decimal("-1234567.89")], 2) >= len("(1,234,567.89)")
    assert money_width("Amount", [], 2) == heading_width("Amount") and money_width("A", [None], 0) < 5
