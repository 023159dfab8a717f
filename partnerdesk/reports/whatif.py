"""A what-if as a workbook: both sides of every figure, by period, line by line, and what would be another way.

Each sheet begins with the badge, and the gate of partners' documents lets nothing pass that holds it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from partnerdesk.reports.sheet import Book, Sheet
from partnerdesk.reports.statement.styles import Styles

BADGE = "WHAT-IF, INTERNAL: not what is, and not for the partner"
FIGURES = ("Figure", "Unit", "As is", "What-if", "Difference")
PERIODS = ("Period", "Earned", "Earned, what-if", "Payable", "Payable, what-if", "Closing", "Closing, what-if")
LINES = ("Line", "What", "Customer", "Date", "As is", "What-if", "Difference")
CHANGES = ("What would be another way", "Left out because")
_PLACES = Decimal("0.000001")
Cell = Decimal | date | str | None


@dataclass(frozen=True, slots=True)
class WhatIfSheet:
    """What the workbook shows: `facts` are (name, words) of the head, the rest rows under the titles above."""

    title: str
    vendor: str
    made: date
    currency: str
    facts: tuple[tuple[str, str], ...]
    figures: tuple[tuple[Cell, ...], ...]
    periods: tuple[tuple[Cell, ...], ...]
    lines: tuple[tuple[Cell, ...], ...]
    changes: tuple[tuple[Cell, ...], ...]


def as_workbook(found: WhatIfSheet) -> bytes:
    """Four sheets, each with the badge."""
    book = Book(found.title, BADGE, found.vendor, found.made)
    styles = Styles(book, found.currency)
    first = book.sheet("What-if")
    for row, (name, words) in enumerate(found.facts, 2):
        first.text(row, 0, name, styles.muted)
        first.text(row, 1, words, styles.wrapped)
    _table(first, styles, found.title, (len(found.facts) + 3, FIGURES, found.figures), "Figures")
    _table(book.sheet("By period"), styles, found.title, (3, PERIODS, found.periods), "Periods")
    _table(book.sheet("Lines"), styles, found.title, (3, LINES, found.lines), "Lines")
    _table(book.sheet("Changes"), styles, found.title, (3, CHANGES, found.changes), "Changes")
    return book.content()


def _table(
    sheet: Sheet, styles: Styles, title: str, rows: tuple[int, Sequence[str], Sequence[Sequence[Cell]]], name: str
) -> None:
    head, titles, cells = rows
    sheet.widths(34, *((28,) if len(titles) == len(CHANGES) or titles is LINES else (16,)), *(17,) * (len(titles) - 2))
    sheet.text(0, 0, title, styles.title)
    sheet.text(1, 0, BADGE, styles.section)
    for column, words in enumerate(titles):
        sheet.text(head, column, words, styles.head)
    for row, values in enumerate(cells, head + 1):
        for column, value in enumerate(values):
            _cell(sheet, styles, row, column, value)
    last = head + max(len(cells), 1)
    sheet.table(head, last, name, [(words, styles.head) for words in titles])
    sheet.quiet(head + 1, last, len(titles) - 1)
    sheet.set_up(title, BADGE, title_row=head)


def _cell(sheet: Sheet, styles: Styles, row: int, column: int, value: Cell) -> None:
    if isinstance(value, Decimal):
        sheet.number(
            row, column, value.quantize(_PLACES).normalize() + 0, styles.factor if _is_fine(value) else styles.money
        )
    elif isinstance(value, date):
        sheet.day(row, column, value, styles.day)
    else:
        sheet.text(row, column, value or "", styles.cell)


def _is_fine(value: Decimal) -> bool:
    """Whether a number has more decimals than money has: a share, a mean."""
    exponent = value.normalize().as_tuple().exponent
    return isinstance(exponent, int) and exponent < -2
