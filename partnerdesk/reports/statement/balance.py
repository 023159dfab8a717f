"""What the payable balance is made of, where a draw or an invoice is part of it: its words, and its two tables below
the payments on sheet 7.
"""

from collections.abc import Sequence

from partnerdesk.engine.money import decimals
from partnerdesk.reports.format import Formats
from partnerdesk.reports.sheet import Sheet
from partnerdesk.reports.statement.document import StatementDocument
from partnerdesk.reports.statement.ledgers import (
    ADVANCE,
    ADVANCED,
    BEFORE,
    CARRIED,
    INVOICED,
    KEPT,
    NOT_RECOVERED,
    RECOVERED,
    REST,
    UNPAID,
    Part,
    Settled,
)
from partnerdesk.reports.statement.making import PAYMENTS, Column, Making, amounts, money_width, width_for

BALANCE, DRAW = "PayableBalance", "Advances"
TITLES = {
    BALANCE: "What the payable balance is made of",
    DRAW: "What the draw advanced, and what of it is still to be recovered",
}
_HEADS = {
    BALANCE: ("Part", "In the balance", "Day", "What it is"),
    DRAW: ("Of the draw", "To be recovered", "Paid on", "In words"),
}
_SUMS = {BALANCE: "the payable closing balance of sheet 1", DRAW: "still to be recovered at the end of the period"}
_IN_A_WORD = {
    UNPAID: "To be paid",
    CARRIED: "Carried",
    INVOICED: "Invoiced",
    ADVANCE: "Advance",
    KEPT: "Advance kept",
    REST: "Other",
    BEFORE: "Before",
    ADVANCED: "Advanced",
    RECOVERED: "Recovered",
    NOT_RECOVERED: "Kept",
}
_SAYS = {
    UNPAID: "To be paid to you",
    CARRIED: "Carried to the next payment",
    INVOICED: "Invoiced to you",
    ADVANCE: "Advanced by the draw, to be recovered from what you earn later",
    KEPT: "Advanced by the draw, yours to keep",
    REST: "Not settled yet, or paid otherwise than the rules say",
    BEFORE: "To be recovered before the period",
    ADVANCED: "Advanced for the period, on top of what it earned",
    RECOVERED: "Recovered from what was earned",
    NOT_RECOVERED: "Of it yours to keep",
}
_IN_SHORT = {
    UNPAID: "to be paid",
    CARRIED: "carried forward",
    INVOICED: "invoiced",
    ADVANCE: "an advance to be recovered",
    KEPT: "an advance that you keep",
}
_OWN = {INVOICED, ADVANCE, KEPT}  # what only a draw or an invoice brings


def part_words(part: Part) -> str:
    """A part in words, with what else the rule says of it."""
    return f"{_SAYS[part.kind]}: {part.because}" if part.because else _SAYS[part.kind]


def title_words(document: StatementDocument, formats: Formats) -> str:
    """What becomes of the balance and when, kind by kind; empty where no invoice or draw is in it."""
    kinds = _kinds(document)
    if not kinds & _OWN:
        return ""
    return ", ".join(_in_short(document, kind, formats) for kind in _IN_SHORT if kind in kinds)


def _in_short(document: StatementDocument, kind: str, formats: Formats) -> str:
    """All parts of a kind together, with their day, or the last of several."""
    parts = [part for part in (document.settled or Settled()).balance if part.kind == kind]
    amount = formats.number(abs(amounts([part.amount for part in parts])), decimals(document.currency))
    days = sorted({part.day for part in parts if part.day})
    when = f" {'on' if len(days) == 1 else 'by'} {formats.day(days[-1])}" if days else ""
    return f"{amount} is {_IN_SHORT[kind]}{when}"


def below_zero_words(document: StatementDocument, detail: str = PAYMENTS) -> str:
    """In a word what becomes of a balance below zero, and where the detail of it stands."""
    kinds = _kinds(document)
    if not kinds & _OWN:
        return "carried forward"
    word = "invoiced" if INVOICED in kinds else "carried forward" if CARRIED in kinds else "an advance"
    return f"{word}, see {detail}"


def _kinds(document: StatementDocument) -> set[str]:
    return {part.kind for part in (document.settled or Settled()).balance}


def write_balance(making: Making, sheet: Sheet, row: int) -> None:
    """The two tables, the first of them from a row on; nothing where no draw or invoice is part of the balance."""
    settled = making.document.settled
    if settled is None:
        return
    last = _write_parts(making, sheet, row, BALANCE, settled.balance)
    if settled.draw:
        _write_parts(making, sheet, last + 3, DRAW, settled.draw)


def widths(document: StatementDocument, places: int) -> tuple[float, float]:
    """The widths that the first two columns of the tables need; nothing where there are none."""
    settled = document.settled
    if settled is None:
        return 0, 0
    shown = [p.amount for p in (*settled.balance, *settled.draw)]
    sums = [amounts([p.amount for p in settled.balance]), settled.owed]
    return width_for(list(_IN_A_WORD.values()), 0, 20), money_width(_HEADS[BALANCE][1], [*shown, *sums], places)


def _write_parts(making: Making, sheet: Sheet, row: int, name: str, parts: Sequence[Part]) -> int:
    """A title, a table with a row a part, and their live total below; the last row of it."""
    styles = making.styles
    sheet.text(row, 0, TITLES[name], styles.section)
    for index, part in enumerate(parts, row + 2):
        sheet.text(index, 0, _IN_A_WORD[part.kind], styles.cell)
        sheet.number(index, 1, part.amount, styles.money)
        sheet.day(index, 2, part.day, styles.indented_day)
        sheet.text(index, 3, part_words(part), styles.cell)
    word, amount, day, says = _HEADS[name]
    columns = [Column(word, 0), Column(amount, 0, number=True), Column(day, 0, indent=True), Column(says, 0)]
    making.table(sheet, name, columns, len(parts), row + 1)
    last = row + 2 + max(len(parts), 1)
    making.total(sheet, last, name, amount, amounts([part.amount for part in parts]))
    sheet.text(last, 3, _SUMS[name], styles.muted)
    return last
