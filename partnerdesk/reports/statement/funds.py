"""Sheet 6: the funds, a ledger of their own: each as a roll-forward, the requests, and every movement of the period.

Nothing here is part of what is payable. The head of each fund is live over its own cells: what was there, came in and
went out is what is available, approved and claimed.
"""

from collections.abc import Callable, Sequence

from partnerdesk.engine.money import ZERO
from partnerdesk.reports.sheet import Sheet
from partnerdesk.reports.statement.ledgers import FundMoveRow, FundRequestRow, FundRow, FundSheet
from partnerdesk.reports.statement.making import FIRST, FUNDS, HEADS, Column, Making, heading_width, width_for

TABLE, REQUESTS, MOVES = "Funds", "FundRequests", "FundMovements"
NOTE = "A ledger of its own: no part of what is payable"
STATES = {
    "available": "Available",
    "requested": "Requested",
    "approved": "Approved",
    "claimed": "Claimed, proof due",
    "proven": "Claimed and proven",
    "paid": "Reimbursed",
    "denied": "Denied",
    "lapsed": "Lapsed",
    "expired": "Expired",
    "": "–",
}
KINDS = {
    "accrual": "Accrued",
    "grant": "Granted",
    "allocation": "Allocated",
    "approval": "Approved",
    "claim": "Claimed",
    "reimbursement": "Reimbursed",
    "release": "Released",
    "lapse": "Lapsed",
    "expiry": "Expired",
    "trueup": "Corrected",
}
# Of the three tables one below the other: numbers and days, after them texts that are no wider than they need.
_WIDTHS = (14, 14, 14, 14, 14, 14, 14, 14, 16, 14)
_LARGEST = (24, 30, 30, 34)


def write_funds(making: Making) -> None:
    """The sheet; a statement of before there were funds has none."""
    found = making.document.funds
    if found is None:
        return
    columns = _fund_columns()
    names = [*(row.says for row in found.funds), *(r.id for r in found.requests), *(m.id for m in found.moves)]
    asked = [(r.fund, r.project, r.activity, r.result) for r in found.requests] or [("", "", "", "")]
    titles = ("Closing minus parts", "Joint project", "Activity", "Result")
    texts = [
        width_for(column, heading_width(title), most)
        for title, column, most in zip(titles, zip(*asked, strict=True), _LARGEST, strict=True)
    ]
    widths = (width_for(names, 20, 30), *_WIDTHS, *texts)
    sheet = making.table_sheet(FUNDS, "Funds", [Column("", width) for width in widths])
    sheet.text(1, 0, NOTE, making.styles.muted)
    if found.funds:
        making.objecting(sheet)
    for row, fund in enumerate(found.funds, FIRST):
        _write_fund(making, sheet, row, fund)
    making.table(sheet, TABLE, columns, len(found.funds))
    row = _block(making, sheet, FIRST + max(len(found.funds), 1) + 1, "Requests", _requests(found))
    _block(making, sheet, row + 2, "Movements in the period", _moves(found))


Cells = Callable[[Making, Sheet, int], None]
Block = tuple[str, list[Column], Sequence[Cells]]


def _block(making: Making, sheet: Sheet, row: int, title: str, block: Block) -> int:
    """One table under its title; the last row of it."""
    name, columns, rows = block
    sheet.text(row, 0, title, making.styles.section)
    for index, write in enumerate(rows, row + 2):
        write(making, sheet, index)
    making.table(sheet, name, columns, len(rows), row + 1)
    last = row + 1 + max(len(rows), 1)
    sheet.quiet(HEADS + 1, last, len(_WIDTHS) + len(_LARGEST))
    return last


def _fund_columns() -> list[Column]:
    amounts = ("Opening", "Issued", "Reimbursed", "Expired", "Closing", "Approved", "Claimed", "Available", "Requested")
    return [
        Column("Fund", 0),
        Column("Currency", 0),
        *(Column(title, 0, number=True) for title in amounts),
        Column("Closing minus parts", 0, number=True),
        Column("Rule", 0, indent=True),
    ]


def _write_fund(making: Making, sheet: Sheet, row: int, fund: FundRow) -> None:
    styles, n = making.styles, row + 1
    sheet.text(row, 0, fund.says, styles.fitted)
    sheet.text(row, 1, fund.currency, styles.muted_cell)
    for column, value in enumerate((fund.opening, fund.issued, fund.paid, fund.expired), 2):
        sheet.number(row, column, value, styles.money)
    sheet.formula(row, 6, f"=SUM(C{n}:D{n})-SUM(E{n}:F{n})", styles.strong_money, fund.closing)
    for column, value in enumerate((fund.approved, fund.claimed, fund.available, fund.requested), 7):
        sheet.number(row, column, value, styles.money)
    formula = f"=ROUND(G{n}-SUM(H{n}:J{n}),{making.places})"
    sheet.formula(row, 11, formula, styles.plain_difference, ZERO)
    rule = " · ".join(part for part in (fund.rule, fund.version and f"v{fund.version.removeprefix('v')}") if part)
    sheet.text(row, 12, rule, styles.indented)


def _requests(found: FundSheet) -> Block:
    titles = ("Requested", "Approved", "Claimed", "Reimbursed", "Lapsed")
    columns = [
        Column("Request", 0),
        Column("Asked on", 0),
        *(Column(title, 0, number=True) for title in titles),
        Column("Due", 0, indent=True),
        Column("Due for", 0),
        Column("State", 0),
        Column("Proof", 0),
        Column("From fund", 0),
        Column("Joint project", 0),
        Column("Activity", 0),
        Column("Result", 0),
    ]
    return REQUESTS, columns, [_request(row) for row in found.requests]


def _request(request: FundRequestRow) -> Cells:
    def write(making: Making, sheet: Sheet, row: int) -> None:
        styles = making.styles
        sheet.text(row, 0, request.id, styles.fitted)
        sheet.day(row, 1, request.day, styles.day)
        amounts = (request.requested, request.approved, request.claimed, request.paid, request.lapsed)
        for column, value in enumerate(amounts, 2):
            sheet.number(row, column, value, styles.money)
        sheet.day(row, 7, request.due, styles.indented_day)
        texts = (request.due_for.capitalize(), STATES[request.state], request.proof.capitalize(), request.fund)
        for column, text in enumerate((*texts, request.project, request.activity, request.result), 8):
            sheet.text(row, column, text, styles.fitted)

    return write


def _moves(found: FundSheet) -> Block:
    columns = [
        Column("Movement", 0),
        Column("Day", 0),
        Column("What", 0),
        Column("Amount", 0, number=True),
        Column("Money", 0, indent=True),
        Column("From", 0),
        Column("To", 0),
        Column("For request", 0),
        Column("By rule", 0),
        Column("Of fund", 0),
        Column("Why", 0),
    ]
    return MOVES, columns, [_movement(row) for row in found.moves]


def _movement(move: FundMoveRow) -> Cells:
    def write(making: Making, sheet: Sheet, row: int) -> None:
        styles = making.styles
        sheet.text(row, 0, move.id, styles.fitted)
        sheet.day(row, 1, move.day, styles.day)
        sheet.text(row, 2, KINDS[move.kind], styles.cell)
        sheet.number(row, 3, move.amount, styles.money)
        sheet.text(row, 4, move.currency, styles.muted_indented)
        texts = (STATES[move.source], STATES[move.target], move.request, move.rule, move.fund)
        for column, text in enumerate(texts, 5):
            sheet.text(row, column, text, styles.fitted)
        sheet.text(row, 10, move.note, styles.cell)

    return write
