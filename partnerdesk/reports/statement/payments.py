"""Sheet 7: what was paid in the period: how and by which reference, what was taken off, and what it covers; two columns
for the partner.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from partnerdesk.engine.money import ZERO
from partnerdesk.reports.sheet import Sheet, cell_name
from partnerdesk.reports.statement import balance
from partnerdesk.reports.statement.ledgers import PaymentRow
from partnerdesk.reports.statement.making import (
    BALLOT,
    FIRST,
    PAYMENTS,
    Column,
    Making,
    amounts,
    ballots,
    money_width,
    width_for,
)

TABLE = "Payments"


@dataclass(frozen=True, slots=True)
class _Text:
    """A column of words with its least and greatest width."""

    title: str
    of: Callable[[PaymentRow], str | None]
    least: int
    most: int

    def column(self, rows: Sequence[PaymentRow], *, indent: bool = False) -> Column:
        width = width_for([self.of(row) or "" for row in rows], self.least, self.most)
        return Column(self.title, width, indent=indent)


_NAMES = (_Text("Payment", lambda r: r.id, 12, 24), _Text("Remittance", lambda r: r.remittance, 14, 28))
_WAY = (
    _Text("Method", lambda r: r.method, 12, 20),
    _Text("Bank reference", lambda r: r.bank_reference, 15, 28),
    _Text("Account, last four", lambda r: r.account, 17, 17),
)
_COVERS = (
    _Text("Statements covered", lambda r: r.statements, 18, 34),
    _Text("Self-billing invoice", lambda r: r.invoice, 18, 26),
    _Text("Payment run item", lambda r: r.item, 16, 26),
)
LEARNED, IN_TIME, _LATE = "Learned", "in time", "late, under Corrections"
_AMOUNTS = ("Gross", "Tax withheld", "Fees", "Net")
_DAY = len(_NAMES)
_GROSS = _DAY + 1 + len(_WAY)
_LAST = _GROSS + len(_AMOUNTS) - 1


def write_payments(making: Making) -> None:
    """The sheet; a statement of before it had one has none."""
    rows = making.document.payments
    if rows is None:
        return
    columns = _columns(rows, making.places, balance.widths(making.document, making.places))
    has_late = is_any_late(rows)
    ballot = len(columns) - len(BALLOT)
    sheet = making.table_sheet(PAYMENTS, "Payments", columns)
    for row, payment in enumerate(rows, FIRST):
        _write_row(making, sheet, row, payment)
        if has_late:
            words = _LATE if payment.learned_late else IN_TIME
            sheet.text(row, ballot - 1, words, making.styles.indented)
        making.ballot(sheet, row, ballot)
    making.table(sheet, TABLE, columns, len(rows))
    making.count(sheet, TABLE, "Net", len(rows), "Payments")
    making.total(sheet, 2, TABLE, "Net", amounts([payment.net for payment in rows]))
    if rows:
        last = FIRST + len(rows) - 1
        sheet.quiet(FIRST, last, len(columns) - 1)
        ballots(sheet, FIRST, last, ballot, "this payment")
    balance.write_balance(making, sheet, FIRST + max(len(rows), 1) + 2)


def _columns(rows: Sequence[PaymentRow], places: int, least: tuple[float, float]) -> list[Column]:
    before = [text.column(rows) for text in _NAMES]
    # The sum of what was paid stands in the head of the second column.
    total = money_width("", [amounts([row.net for row in rows])], places)
    widths = max(before[0].width, least[0]), max(before[1].width, least[1], total)
    before = [replace(column, width=width) for column, width in zip(before, widths, strict=True)]
    way = [text.column(rows) for text in _WAY]
    of_amounts: tuple[list[Decimal | None], ...] = (
        [r.gross for r in rows],
        [r.tax for r in rows],
        [r.fees for r in rows],
        [r.net for r in rows],
    )
    money = [
        Column(title, money_width(title, values, places), number=True)
        for title, values in zip(_AMOUNTS, of_amounts, strict=True)
    ]
    covers = [text.column(rows, indent=text is _COVERS[0]) for text in _COVERS]
    learned = [Column(LEARNED, 24, indent=True)] if is_any_late(rows) else []
    return [*before, Column("Value date", 14), *way, *money, *covers, *learned, *BALLOT]


def is_any_late(rows: Sequence[PaymentRow] | None) -> bool:
    """Whether some were learned when their own period was closed: a column says which."""
    return any(row.learned_late for row in rows or ())


def _write_row(making: Making, sheet: Sheet, row: int, payment: PaymentRow) -> None:
    styles = making.styles
    sheet.day(row, _DAY, payment.day, styles.day)
    for first, texts in ((0, _NAMES), (_DAY + 1, _WAY), (_LAST + 1, _COVERS)):
        for column, text in enumerate(texts, first):
            sheet.text(row, column, text.of(payment) or "", styles.indented if column == _LAST + 1 else styles.fitted)
    parts = f"{cell_name(row, _GROSS + 1)}:{cell_name(row, _LAST)}"
    sheet.formula(row, _GROSS, f"=SUM({parts})", styles.money, payment.gross)
    sheet.number(row, _GROSS + 1, payment.tax, styles.money)
    sheet.number(row, _GROSS + 2, payment.fees or ZERO, styles.money)
    sheet.number(row, _LAST, payment.net, styles.strong_money)
