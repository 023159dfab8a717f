"""Sheet 5: what did not count, which rule said so, and until when what would make it count."""

from partnerdesk.reports.sheet import Sheet
from partnerdesk.reports.statement.document import NotCounted
from partnerdesk.reports.statement.making import FIRST, NOT_COUNTED, Column, Making, broken, height_of, width_for

TABLE = "NotCounted"
_REASON, _REMEDY = 42.0, 42.0


def write_uncounted(making: Making) -> None:
    """The sheet; amounts stand in their own currencies and are not summed, and nobody reads columns without a word."""
    rows = making.document.left_out
    is_remedied = any(row.remedy or row.fix_by for row in rows)
    columns = (
        Column("Item", width_for([r.item for r in rows], 12, 26)),
        Column("Deal", width_for([r.deal for r in rows], 12, 26)),
        Column("Customer", width_for([r.customer for r in rows], 18, 30)),
        Column("Amount", 14, number=True),
        Column("Currency", 11, indent=True),
        Column("Why it did not count", _REASON, indent=True),
        Column("Rule", 12),
        *((Column("How to make it count", _REMEDY, indent=True), Column("By", 14, indent=True)) if is_remedied else ()),
    )
    sheet = making.table_sheet(NOT_COUNTED, "Not counted", columns)
    for row, uncounted in enumerate(rows, FIRST):
        _write_row(making, sheet, row, uncounted, columns[2].width)
        if is_remedied:
            sheet.text(row, 7, uncounted.remedy, making.styles.wrapped_indented)
            sheet.day(row, 8, uncounted.fix_by, making.styles.indented_day)
    making.table(sheet, TABLE, columns, len(rows))
    making.count(sheet, TABLE, "Item", len(rows), "Items", numbers=False)
    if rows:
        making.objecting(sheet)
        sheet.quiet(FIRST, FIRST + len(rows) - 1, len(columns) - 1)


def _write_row(making: Making, sheet: Sheet, row: int, uncounted: NotCounted, wide: float) -> None:
    styles = making.styles
    sheet.text(row, 0, uncounted.item, styles.fitted)
    sheet.text(row, 1, uncounted.deal, styles.fitted)
    making.name(sheet, row, 2, uncounted.customer, wide)
    if uncounted.amount is None:
        sheet.blank(row, 3, styles.money)
    else:
        sheet.number(row, 3, uncounted.amount, styles.money)
    sheet.text(row, 4, uncounted.currency if uncounted.amount is not None else "", styles.muted_indented)
    sheet.text(row, 5, uncounted.reason, styles.wrapped_indented)
    sheet.text(row, 6, uncounted.rule, styles.fitted)
    texts = [(uncounted.reason, _REASON - 2), (uncounted.remedy, _REMEDY - 2), broken(uncounted.customer, wide)]
    sheet.height(row, height_of(texts))
