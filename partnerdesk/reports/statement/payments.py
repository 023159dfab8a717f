"""Sheet 7: what was paid in the period, with value date, remittance, and the tax withheld beside it."""

from collections.abc import Sequence

from partnerdesk.reports.sheet import Sheet
from partnerdesk.reports.statement.ledgers import PaymentRow
from partnerdesk.reports.statement.making import FIRST, PAYMENTS, Column, Making, amounts, width_for

TABLE = "Payments"


def write_payments(making: Making) -> None:
    """The sheet; a statement of before it had one has none."""
    rows = making.document.payments
    if rows is None:
        return
    columns = _columns(rows)
    sheet = making.table_sheet(PAYMENTS, "Payments", columns)
    for row, payment in enumerate(rows, FIRST):
        _write_row(making, sheet, row, payment)
    making.table(sheet, TABLE, columns, len(rows))
    making.count(sheet, TABLE, "Net", len(rows), "Payments")
    making.total(sheet, 2, TABLE, "Net", amounts([payment.net for payment in rows]))
    if rows:
        sheet.quiet(FIRST, FIRST + len(rows) - 1, len(columns) - 1)


def _columns(rows: Sequence[PaymentRow]) -> list[Column]:
    return [
        Column("Payment", width_for([row.id for row in rows], 12, 26)),
        Column("Remittance", width_for([row.remittance for row in rows], 18, 28)),
        Column("Value date", 14),
        Column("Method", 14),
        Column("Gross", 14, number=True),
        Column("Tax withheld", 14, number=True),
        Column("Net", 14, number=True),
        Column("Payment run item", width_for([row.item for row in rows], 18, 26), indent=True),
    ]


def _write_row(making: Making, sheet: Sheet, row: int, payment: PaymentRow) -> None:
    styles = making.styles
    sheet.text(row, 0, payment.id, styles.fitted)
    sheet.text(row, 1, payment.remittance, styles.fitted)
    sheet.day(row, 2, payment.day, styles.day)
    sheet.text(row, 3, payment.method, styles.fitted)
    sheet.formula(row, 4, f"=SUM(F{row + 1}:G{row + 1})", styles.money, payment.gross)
    sheet.number(row, 5, payment.tax, styles.money)
    sheet.number(row, 6, payment.net, styles.strong_money)
    sheet.text(row, 7, payment.item, styles.indented)
