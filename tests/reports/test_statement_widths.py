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
from partnerdesk.reports.statement.document import NotCounted
from partnerdesk.reports.statement.earnings import _fitted
from partnerdesk.reports.statement.ledgers import CustomerRisk, FundRequestRow, FundSheet, PaymentRow, Stake
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


LONG = "Zweckverband für die gemeinsame Trinkwasserversorgung im oberen Tal Nummer 03"


def test_a_very_long_customer_wraps_in_a_row_that_is_tall_enough() -> None:
    """Shrunk to one line it was a row of dots that nobody could read."""
    document = northwind()
    details = {id: replace(found, customer=LONG) for id, found in document.details.items()}
    stake = replace(document.stake or Stake(), customers=(CustomerRisk(LONG, Decimal(5), 1, None),))
    left = (NotCounted("D-9", "D-9", LONG, Decimal(5), "EUR", "late", "R-1", ""),)
    document = replace(document, details=details, stake=stake, uncounted=left)
    book = openpyxl.load_workbook(io.BytesIO(workbook(document, Formats("en_GB", english=True))))
    for name in ("2 Earnings", "3 Held and releases", "5 Not counted"):
        sheet = book[name]
        cells = [c for row in sheet.iter_rows() for c in row if c.value == LONG]
        assert cells, name
        for cell in cells:
            assert cell.alignment.wrap_text and not cell.alignment.shrink_to_fit, name
            assert sheet.row_dimensions[cell.row].height >= 2 * 13.5, name


def test_a_partners_comment_has_room_for_its_title_below_the_months() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(northwind(), Formats("en_GB", english=True))))[WIDE[1]]
    title = next(c for row in sheet.iter_rows(min_row=6) for c in row if c.value == "Partner comment")
    assert widths_of(sheet)[title.column] >= heading_width("Partner comment")


def test_a_very_long_legal_name_stands_whole_under_the_title_and_beside_the_middle_of_the_foot() -> None:
    document = replace(northwind(), legal_name=LONG * 2, partner_name=LONG * 2)
    book = openpyxl.load_workbook(io.BytesIO(workbook(document, Formats("en_GB", english=True))))
    sheet = book["1 Summary"]
    assert LONG * 2 in sheet["B3"].value and sheet["B3"].alignment.wrap_text
    assert "B3:F3" in {str(area) for area in sheet.merged_cells.ranges}
    assert sheet.row_dimensions[3].height >= 2 * 13.5
    assert len(sheet.oddFooter.left.text) <= 68 and sheet.oddFooter.left.text.endswith("…")
    short = openpyxl.load_workbook(io.BytesIO(workbook(northwind(), Formats("en_GB", english=True))))["1 Summary"]
    assert "B3:F3" not in {str(area) for area in short.merged_cells.ranges}


def test_texts_of_the_funds_take_the_room_they_need() -> None:
    none = [Decimal(0)] * 5
    said = ("paid", None, "", "", "Two leads")
    request = FundRequestRow("F-1", "Joint marketing", "Breakfast", "Event", date(2026, 9, 1), *none, *said)
    funds = replace(northwind().funds or FundSheet(), requests=(request,))
    book = openpyxl.load_workbook(
        io.BytesIO(workbook(replace(northwind(), funds=funds), Formats("en_GB", english=True)))
    )
    widths = widths_of(book["6 Funds"])
    assert widths[13] < 30 and widths[14] < 20 and widths[15] < 20  # project, activity, result
