"""A payment run as a file for finance: one row per item, as CSV for a bank or an accounting system, as XLSX for people.

What is invoiced stands below zero: the partner pays it. The last five columns are for finance to fill in: the file
that comes back with them settles its items, and says on the statement how each was paid. Net is what arrives: where
a bank takes fees off it, the file may say the lower net with them, or leave the net and say the fees alone.

It is our own document: it holds all partners of the run and never goes to one of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from partnerdesk.engine.money import ZERO, decimals
from partnerdesk.reports.csvfile import Value, csv_content
from partnerdesk.reports.format import Formats
from partnerdesk.reports.sheet import Book, Sheet

TABLE = "Items"
TITLES = (
    *("Item", "Kind", "Due", "Partner", "Name", "Legal name", "Tax number", "Country", "Account", "Currency"),
    *("Gross", "Tax withheld", "Net", "Statements", "Value date", "Remittance"),
    *("Bank reference", "Fees", "Self-billing invoice"),
)
_WIDTHS = (15, 10, 13, 12, 30, 30, 18, 14, 28, 10, 15, 15, 15, 34, 14, 20, 20, 12, 20)
_HEAD, _FIRST = 4, 5
_MONEY = range(10, 13)
_DAYS = tuple(TITLES.index(title) for title in ("Due", "Value date"))
_SUMS = (*_MONEY, TITLES.index("Fees"))
_KINDS = {"pay": "Pay", "invoice": "Invoice"}


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """An item with who gets it; `account` is the partner's own attribute of that name or its IBAN, if there is one."""

    reference: str
    kind: str
    due: date
    partner: str
    name: str
    legal_name: str
    tax_id: str
    country: str
    account: str
    currency: str
    gross: Decimal
    tax: Decimal
    net: Decimal
    statements: str


@dataclass(frozen=True, slots=True)
class PaymentFile:
    """A run with its lines; `total` is the net that is paid out, invoices aside."""

    number: str
    day: date
    currency: str
    total: Decimal
    maker: str
    checker: str
    vendor: str
    lines: tuple[PaymentLine, ...]


def as_csv(run: PaymentFile) -> bytes:
    """One record per item."""
    return csv_content(TITLES, (_values(line) for line in run.lines))


def _values(line: PaymentLine) -> tuple[Value, ...]:
    values = {f.name: getattr(line, f.name) for f in fields(line)} | {"kind": _KINDS[line.kind]}
    if line.kind == "invoice":
        values |= {"gross": -line.gross, "net": -line.net}
    return (*values.values(), None, "", "", None, "")


def as_workbook(run: PaymentFile, formats: Formats) -> bytes:
    """The items as a table under their live totals."""
    book = Book(f"Payment run {run.number}", formats.day(run.day), run.vendor, run.day)
    sheet = book.sheet("Payments")
    sheet.widths(*_WIDTHS)
    plain, bold = book.format(), book.format(bold=True)
    sheet.text(0, 0, f"Payment run {run.number}", book.format(bold=True, font_size=16))
    words = f"Due up to {formats.day(run.day)}, {run.currency}. Prepared by {run.maker}, checked by {run.checker}."
    sheet.text(1, 0, f"{words} Net is what arrives: with tax and the bank's fees it makes up the gross.", plain)
    _totals(book, sheet, run)
    looks = _looks(book, run.currency)
    for row, line in enumerate(run.lines, _FIRST):
        for column, (value, look) in enumerate(zip(_values(line), looks, strict=True)):
            if isinstance(value, Decimal):
                sheet.number(row, column, value, look)
            elif isinstance(value, date):
                sheet.day(row, column, value, look)
            else:
                sheet.text(row, column, str(value or ""), look)
    heads = [(title, book.format(bold=True, align="right") if i in _SUMS else bold) for i, title in enumerate(TITLES)]
    sheet.table(_HEAD, _FIRST + max(len(run.lines), 1) - 1, TABLE, heads)
    sheet.freeze(_FIRST, 1)
    sheet.set_up(f"Payment run {run.number}", "", title_row=_HEAD)
    return book.content()


def _looks(book: Book, currency: str) -> list[Any]:
    """The format of each column, filled in or not: what finance types into an empty cell is read as what it is.

    References are text: Excel keeps no more than 15 digits of a number, and no zero before it.
    """
    day = book.format(num_format="dd mmm yyyy", align="left")
    money, text = book.format(num_format=_money(currency)), book.format(num_format="@")
    return [day if i in _DAYS else money if i in _SUMS else text for i in range(len(TITLES))]


def _money(currency: str) -> str:
    places = decimals(currency)
    return f"#,##0.{'0' * places}" if places else "#,##0"


def _totals(book: Book, sheet: Sheet, run: PaymentFile) -> None:
    """What is paid out in gross, tax and net, above the table, live over it."""
    strong = book.format(bold=True, num_format=_money(run.currency))
    sheet.text(2, _MONEY[0] - 1, "Paid out", book.format(bold=True, align="right"))
    for column, values in zip(_MONEY, _paid_out(run.lines), strict=True):
        title = TITLES[column]
        formula = f'=SUMIFS({TABLE}[{title}],{TABLE}[Kind],"Pay")'
        sheet.formula(2, column, formula, strong, sum(values, ZERO))


def _paid_out(lines: Sequence[PaymentLine]) -> Iterator[list[Decimal]]:
    for name in ("gross", "tax", "net"):
        yield [getattr(line, name) for line in lines if line.kind == "pay"]
