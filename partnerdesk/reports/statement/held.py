"""Sheet 3: what is held and when it is due, and below it every movement into and out of what is held."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import Held
from partnerdesk.engine.period import add_months, month_end
from partnerdesk.reports.sheet import Sheet, cell_name
from partnerdesk.reports.statement.document import StatementDocument
from partnerdesk.reports.statement.ledgers import Stake
from partnerdesk.reports.statement.making import (
    BALLOT,
    COMMENT,
    FIRST,
    HEADS,
    HELD,
    Column,
    Making,
    amounts,
    ballots,
    heading_width,
    height_of,
    money_width,
    width_for,
)
from partnerdesk.reports.statement.pairs import Moved, movements
from partnerdesk.reports.statement.stake import write_stake
from partnerdesk.reports.statement.ties import TRANSFERS

TABLE, MOVED = "Holds", "Movements"
MONTHS_AHEAD = 12
# Words for the kinds of movement, as the summary's SUMIFS looks for them.
KINDS = {"deferral": "Deferred", "holdback": "Withheld", "release": "Released", "forfeiture": "Forfeited"}
REMAINING, CONDITION = 5, 7
_SCHEDULE = 8
_DATED = 13.5  # characters that a day needs which follows a number
_WHY = 36.0  # characters in which a condition, or why something moved, is wrapped
_BALLOT = 8  # of the movements, where the months of the holds stand above


def write_held(making: Making) -> None:
    """The holds with their due months, and the movements of the period."""
    holds = holds_of(making.document)
    months = _months(making)
    columns = _columns(making, holds, months)
    sheet = making.table_sheet(HELD, "Held and releases", columns)
    for row, hold in enumerate(holds, FIRST):
        _write_hold(making, sheet, row, hold, months, columns[CONDITION].width)
    making.table(sheet, TABLE, columns, len(holds))
    _write_head(making, sheet, holds, months)
    last = _write_movements(making, sheet, FIRST + max(len(holds), 1) + 2)
    write_stake(making, sheet, last + 3, (columns[0].width, columns[1].width))


def holds_of(document: StatementDocument) -> list[Held[Decimal]]:
    """The holds of a statement, and in one row what is held by corrections or from the opening balance."""
    statement = document.statement
    holds = sorted(statement.held, key=lambda h: (h.next_release or date.max, h.id))
    rest = statement.rows[-1].held - amounts([hold.remaining for hold in holds])
    if rest:
        condition = "held by corrections or from the opening balance, not by a hold of its own"
        holds.append(Held("other", "", "other", rest, ZERO, rest, None, condition))
    return holds


def _months(making: Making) -> list[date]:
    """First days of the months after the period, as columns of the schedule."""
    first = (making.document.period.end + timedelta(days=1)).replace(day=1)
    return [add_months(first, n) for n in range(MONTHS_AHEAD)]


def _columns(making: Making, holds: Sequence[Held[Decimal]], months: Sequence[date]) -> list[Column]:
    moved = movements(making.document, KINDS)
    ids = [*(h.id for h in holds), *(m.id for m in moved)]
    lines = [*(h.line for h in holds), *(m.entry.line for m in moved)]
    stake = making.document.stake or Stake()
    at_stake = [*(r.amount for r in stake.lines), *(c.amount for c in stake.customers)]
    below = [*(r.line for r in stake.lines), *(c.customer for c in stake.customers)]
    dues = [_due(hold, months) for hold in holds]
    due = [(*column, amounts(column)) for column in zip(*dues, strict=True)] or [()] * (len(months) + 2)
    remaining = [hold.remaining for hold in holds]

    total = money_width("", [amounts(remaining)], making.places)
    rules = width_for([r.rule for r in stake.lines], 0, 20) + 1

    def money(title: str, values: Sequence[Decimal], least: float = 0) -> Column:
        return Column(title, max(least, money_width(title, values, making.places)), number=True)

    when = [*map(making.formats.short_month, months), "Later", "No date"]
    return [
        Column("Hold", width_for([*ids, *below], 17, 30)),
        Column("Line", max(width_for([*lines, *(r.customer for r in stake.lines)], 12, 26), total)),
        Column("Kind", 13),
        money("Amount", [*(h.amount for h in holds), *(m.held for m in moved), *at_stake]),
        money("Moved out", [*(h.released for h in holds), *(m.payable for m in moved)], rules),
        money("Remaining", [*remaining, amounts(remaining), *(m.total for m in moved)], _DATED),
        Column("Next release", 15, indent=True),
        Column("Condition", _WHY),
        *(
            # Below the second month stands what a partner says of a movement.
            money(title, values, heading_width(COMMENT) if moved and n == 1 else 0)
            for n, (title, values) in enumerate(zip(when, due, strict=True))
        ),
    ]


def _write_hold(
    making: Making, sheet: Sheet, row: int, hold: Held[Decimal], months: Sequence[date], width: float
) -> None:
    styles = making.styles
    sheet.text(row, 0, hold.id, styles.fitted)
    sheet.text(row, 1, hold.line, styles.fitted)
    sheet.text(row, 2, hold.kind.capitalize(), styles.cell)
    sheet.number(row, 3, hold.amount, styles.money)
    sheet.number(row, 4, hold.released, styles.money)
    sheet.number(row, REMAINING, hold.remaining, styles.strong_money)
    sheet.day(row, 6, hold.next_release, styles.indented_day)
    condition = making.document.condition(hold)
    sheet.text(row, CONDITION, condition, styles.wrapped)
    for column, amount in enumerate(_due(hold, months), _SCHEDULE):
        sheet.number(row, column, amount, styles.money)
    if len(condition) > width:
        sheet.height(row, height_of([(condition, width)]))


def _due(hold: Held[Decimal], months: Sequence[date]) -> list[Decimal]:
    """What is due in each month, later, and without a date; they sum to what remains."""
    ends = [month_end(month) for month in months]
    due = [ZERO] * (len(months) + 2)
    for day, amount in hold.schedule:
        due[next((i for i, end in enumerate(ends) if day <= end), len(months))] += amount
    due[-1] = hold.remaining - amounts(due)
    return due


def _write_head(making: Making, sheet: Sheet, holds: Sequence[Held[Decimal]], months: Sequence[date]) -> None:
    styles, remaining = making.styles, amounts([hold.remaining for hold in holds])
    making.count(sheet, TABLE, "Remaining", len(holds), "Holds")
    making.total(sheet, 2, TABLE, "Remaining", remaining)
    sheet.text(1, REMAINING - 1, "Summary minus detail", styles.right)
    closing = f"'1 Summary'!{cell_name(making.closing_row, 2, absolute=True)}"
    formula = f"=ROUND({closing}-SUM({TABLE}[Remaining]),{making.places})"
    sheet.formula(1, REMAINING, formula, styles.plain_difference, ZERO)
    making.verdict(sheet, 1, REMAINING + 1, ZERO)
    condition = ", if its condition holds" if making.document.conditions else ""
    sheet.text(2, CONDITION, f"Due in the month, {making.document.currency}{condition}", styles.right)
    last = FIRST + max(len(holds), 1) - 1
    sums = [amounts(column) for column in zip(*(_due(hold, months) for hold in holds), strict=True)]
    for column, total in enumerate(sums or [ZERO] * (len(months) + 2), _SCHEDULE):
        area = f"{cell_name(FIRST, column)}:{cell_name(last, column)}"
        sheet.formula(2, column, f"=SUM({area})", styles.strong_ledger, total)


def _write_movements(making: Making, sheet: Sheet, row: int) -> int:
    """Everything that moved something into or out of what is held; the last row of it."""
    styles = making.styles
    moved = movements(making.document, TRANSFERS.values())
    columns = [
        Column(title, 0, number, indent=title == "Day")
        for title, number in (
            ("Movement", False),
            ("Line", False),
            ("Kind", False),
            ("Held", True),
            ("Payable", True),
            ("Total", True),
            ("Day", False),
            ("Why", False),
        )
    ]
    columns += BALLOT
    sheet.text(row, 0, "Movements in the period", styles.section)
    for index, movement in enumerate(moved, row + 2):
        _write_movement(making, sheet, index, movement)
    making.table(sheet, MOVED, columns, len(moved), row + 1)
    last = row + 1 + max(len(moved), 1)
    sheet.quiet(HEADS + 1, last, len(columns) - 1)
    if moved:
        ballots(sheet, row + 2, last, _BALLOT, "this movement")
    return last


def _write_movement(making: Making, sheet: Sheet, row: int, moved: Moved) -> None:
    styles, entry = making.styles, moved.entry
    sheet.text(row, 0, moved.id, styles.fitted)
    sheet.text(row, 1, entry.line, styles.fitted)
    sheet.text(row, 2, KINDS[entry.kind], styles.cell)
    sheet.number(row, 3, moved.held, styles.money)
    sheet.number(row, 4, moved.payable, styles.money)
    sheet.formula(row, 5, f"=SUM(D{row + 1}:E{row + 1})", styles.money, moved.total)
    sheet.day(row, 6, entry.day, styles.indented_day)
    sheet.text(row, 7, entry.note, styles.wrapped)
    making.ballot(sheet, row, _BALLOT)
    if len(entry.note) > _WHY:
        sheet.height(row, height_of([(entry.note, _WHY)]))
