"""What is not safe yet, on the sheet of what is held: what could still be clawed back, by customer and by line."""

from partnerdesk.reports.sheet import Sheet
from partnerdesk.reports.statement.ledgers import CustomerRisk, RiskRow, Stake
from partnerdesk.reports.statement.making import Column, Making, broken, height_of, overflows

LINES, CUSTOMERS = "AtStake", "IfLeaving"
FOR_GOOD = "without end"


def write_stake(making: Making, sheet: Sheet, row: int, widths: tuple[float, float]) -> None:
    """Two tables below the others, in whose first two columns names wrap; a statement of before it said so has none."""
    stake = making.document.stake
    if stake is None:
        return
    day = making.formats.day(making.document.data_as_of)
    row = _write_customers(making, sheet, row, stake, day, widths[0])
    _write_lines(making, sheet, row + 2, stake, day, widths[1])


def _write_name(making: Making, sheet: Sheet, row: int, column: int, name: str, width: float) -> None:
    making.name(sheet, row, column, name, width)
    if overflows(name, width):
        sheet.height(row, height_of([broken(name, width)]))


def _write_customers(making: Making, sheet: Sheet, row: int, stake: Stake, day: str, width: float) -> int:
    """What each customer's leaving would take; the last row of it."""
    sheet.text(row, 0, f"If one customer leaves after {day}", making.styles.section)
    columns = [
        Column("Customer", 0),
        Column("Lines", 0, number=True),
        Column("Safe after", 0, indent=True),
        Column("At stake", 0, number=True),
    ]
    for index, risk in enumerate(stake.customers, row + 2):
        _write_customer(making, sheet, index, risk)
        _write_name(making, sheet, index, 0, risk.customer, width)
    making.table(sheet, CUSTOMERS, columns, len(stake.customers), row + 1)
    return row + 1 + max(len(stake.customers), 1)


def _write_customer(making: Making, sheet: Sheet, row: int, risk: CustomerRisk) -> None:
    styles = making.styles
    sheet.number(row, 1, risk.lines, styles.row(num_format="0", align="right"))
    if risk.until is None:
        sheet.text(row, 2, FOR_GOOD, styles.indented)
    else:
        sheet.day(row, 2, risk.until, styles.indented_day)
    sheet.number(row, 3, risk.amount, styles.strong_money)


def _write_lines(making: Making, sheet: Sheet, row: int, stake: Stake, day: str, width: float) -> None:
    sheet.text(row, 0, f"What could still be clawed back after {day}", making.styles.section)
    columns = [
        Column("At stake line", 0),
        Column("Of customer", 0),
        Column("Cause", 0),
        Column("At most", 0, number=True),
        Column("Rule", 0, indent=True),
        Column("Last day", 0, indent=True),
    ]
    for index, risk in enumerate(stake.lines, row + 2):
        _write_line(making, sheet, index, risk)
        _write_name(making, sheet, index, 1, risk.customer, width)
    making.table(sheet, LINES, columns, len(stake.lines), row + 1)


def _write_line(making: Making, sheet: Sheet, row: int, risk: RiskRow) -> None:
    styles = making.styles
    sheet.text(row, 0, risk.line, styles.fitted)
    sheet.text(row, 2, risk.cause.capitalize(), styles.cell)
    sheet.number(row, 3, risk.amount, styles.money)
    sheet.text(row, 4, risk.rule, styles.indented)
    if risk.until is None:
        sheet.text(row, 5, FOR_GOOD, styles.indented)
    else:
        sheet.day(row, 5, risk.until, styles.indented_day)
