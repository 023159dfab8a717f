"""Sheet 4: clawbacks, adjustments by people, corrections of closed periods, each with what it corrects, and what
settlement forfeited or waived; two columns for the partner.
"""

from collections.abc import Sequence
from decimal import Decimal

from partnerdesk.engine.outcome import Entry
from partnerdesk.reports.sheet import Sheet
from partnerdesk.reports.statement.earnings import version_words
from partnerdesk.reports.statement.making import (
    BALLOT,
    FIRST,
    Column,
    Making,
    amounts,
    ballots,
    height_of,
    money_width,
    width_for,
)
from partnerdesk.reports.statement.making import CORRECTIONS as NAME
from partnerdesk.reports.statement.pairs import Moved, movements
from partnerdesk.reports.statement.ties import CORRECTIONS

TABLE = "Corrections"
KINDS = {"clawback": "Clawback", "adjustment": "Adjustment", "trueup": "Correction", "loss": "Forfeited"}
NEVER = "never posted"
_NOTE = 13


def write_corrections(making: Making) -> None:
    """The sheet, one row per clawback, adjustment or correction."""
    moved = movements(making.document, CORRECTIONS.values())
    columns = _columns(making, moved)
    sheet = making.table_sheet(NAME, "Clawbacks and adjustments", columns)
    for row, correction in enumerate(moved, FIRST):
        _write_correction(making, sheet, row, correction, columns[_NOTE].width)
    making.table(sheet, TABLE, columns, len(moved))
    making.count(sheet, TABLE, "Total", len(moved), "Entries")
    making.total(sheet, 2, TABLE, "Total", amounts([m.total for m in moved]))
    if moved:
        last = FIRST + len(moved) - 1
        sheet.quiet(FIRST, last, len(columns) - 1)
        ballots(sheet, FIRST, last, _NOTE + 1, "this entry")


def _columns(making: Making, moved: Sequence[Moved]) -> list[Column]:
    document = making.document
    details = [document.correction(m.entry) for m in moved]
    rules = [rule for m in moved if (rule := document.rule(m.entry))]
    total = amounts([m.total for m in moved])

    def money(title: str, values: Sequence[Decimal | None]) -> Column:
        return Column(title, money_width(title, values, making.places), number=True)

    return [
        Column("Entry", width_for([m.id for m in moved], 12, 30)),
        Column("Day", money_width("11 Sep 26", [total], making.places)),
        Column("Cause", 12),
        Column("Line", width_for([document.corrects(m.entry) for m in moved], 10, 26)),
        Column("Posted in", width_for([_posted_in(making, m.entry) for m in moved], 12, 18)),
        money("Original", [d.original for d in details]),
        money("Vested", [d.vested for d in details]),
        money("Held", [m.held for m in moved]),
        money("Payable", [m.payable for m in moved]),
        money("Total", [m.total for m in moved]),
        Column("Rule", width_for([rule.reference for rule in rules], 9, 24), indent=True),
        Column("Version", width_for([version_words(rule.version) for rule in rules], 10.5, 18)),
        Column("Approved by", width_for([d.approver for d in details], 14, 24)),
        Column("Note", 40),
        *BALLOT,
    ]


def _write_correction(making: Making, sheet: Sheet, row: int, moved: Moved, width: float) -> None:
    styles, entry = making.styles, moved.entry
    detail = making.document.correction(entry)
    sheet.text(row, 0, moved.id, styles.fitted)
    sheet.day(row, 1, entry.day, styles.day)
    sheet.text(row, 2, KINDS[entry.kind], styles.cell)
    sheet.text(row, 3, making.document.corrects(entry), styles.fitted)
    sheet.text(row, 4, _posted_in(making, entry), styles.fitted)
    for column, value in ((5, detail.original), (6, detail.vested)):
        if value is None:
            sheet.blank(row, column, styles.money)
        else:
            sheet.number(row, column, value, styles.money)
    sheet.number(row, 7, moved.held, styles.money)
    sheet.number(row, 8, moved.payable, styles.money)
    sheet.formula(row, 9, f"=SUM(H{row + 1}:I{row + 1})", styles.strong_money, moved.total)
    rule = making.document.rule(entry)
    sheet.text(row, 10, rule.reference if rule else "", styles.indented)
    sheet.text(row, 11, version_words(rule.version) if rule else "", styles.muted_cell)
    sheet.text(row, 12, detail.approver, styles.fitted)
    note = making.document.note(entry)
    sheet.text(row, _NOTE, note, styles.wrapped)
    making.ballot(sheet, row, _NOTE + 1)
    if len(note) > width:
        sheet.height(row, height_of([(note, width)]))


def _posted_in(making: Making, entry: Entry[Decimal]) -> str:
    """The statement that posted the line, or that none did: a statement from before that was told has neither."""
    document = making.document
    is_known = entry.kind == "trueup" and entry.id in document.corrections
    return document.correction(entry).statement or (NEVER if is_known else "")
