"""A reconciliation as a workbook: a summary by class with live sums, and one row for each line. Our own document.

With one partner it is that partner's; with all of them it is the book's and goes to none of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from partnerdesk.engine.money import ZERO
from partnerdesk.reports.sheet import Book, Sheet
from partnerdesk.reports.statement.styles import Styles

TABLE = "Lines"
TITLES = (
    *("Class", "Partner", "Name", "Line", "What for", "Statement", "Paid as", "Currency"),
    *("Statement amount", "Paid", "Difference", "Why", "Where", "Dispute"),
)
_WIDTHS = (13, 12, 26, 24, 26, 14, 20, 10, 17, 15, 15, 46, 40, 12)
_MONEY, _WHY = range(8, 11), 11
_HEAD = 1


@dataclass(frozen=True, slots=True)
class ReconLine:
    """A row of the sheet, in the order of its columns."""

    kind: str
    partner: str
    name: str
    line: str
    says: str
    statement: str
    reference: str
    currency: str
    ours: Decimal
    paid: Decimal
    because: str
    place: str
    dispute: str


@dataclass(frozen=True, slots=True)
class ReconSheet:
    """What the workbook shows; `definitions` say what each class means, `about` the file and the tolerance."""

    title: str
    about: str
    vendor: str
    made: date
    currency: str
    definitions: Mapping[str, str]
    lines: tuple[ReconLine, ...]
    problems: tuple[str, ...]


def as_workbook(found: ReconSheet) -> bytes:
    """The summary, then the lines."""
    book = Book(found.title, found.about, found.vendor, found.made)
    styles = Styles(book, found.currency or "EUR")
    summary, lines = book.sheet("Summary"), book.sheet("Lines")
    _lines(lines, styles, found)
    _summary(summary, styles, found)
    return book.content()


def _lines(sheet: Sheet, styles: Styles, found: ReconSheet) -> None:
    sheet.widths(*_WIDTHS)
    sheet.text(0, 0, found.title, styles.section)
    heads = [(title, styles.number_head if i in _MONEY else styles.head) for i, title in enumerate(TITLES)]
    heads[_WHY] = (TITLES[_WHY], styles.indented_head)
    for column, (title, form) in enumerate(heads):
        sheet.text(_HEAD, column, title, form)
    for row, line in enumerate(found.lines, _HEAD + 1):
        texts = (line.kind, line.partner, line.name, line.line, line.says, line.statement, line.reference)
        for column, text in enumerate((*texts, line.currency)):
            sheet.text(row, column, text, styles.cell)
        sheet.number(row, 8, line.ours, styles.money)
        sheet.number(row, 9, line.paid, styles.money)
        formula = f"={TABLE}[[#This Row],[Paid]]-{TABLE}[[#This Row],[Statement amount]]"
        sheet.formula(row, 10, formula, styles.money, line.paid - line.ours)
        for column, text in enumerate((line.because, line.place, line.dispute), _WHY):
            sheet.text(row, column, text, styles.wrapped_indented if column == _WHY else styles.cell)
    last = _HEAD + max(len(found.lines), 1)
    sheet.table(_HEAD, last, TABLE, heads)
    sheet.quiet(_HEAD + 1, last, len(TITLES) - 1)
    sheet.freeze(_HEAD + 1, 1)
    sheet.set_up(found.title, "", title_row=_HEAD)


def _summary(sheet: Sheet, styles: Styles, found: ReconSheet) -> None:
    sheet.widths(16, 70, 10, 18, 18, 18)
    sheet.text(0, 0, found.title, styles.title)
    sheet.text(1, 0, found.about, styles.muted)
    titles = ("Class", "What it means", "Lines", "Statement amount", "Paid", "Difference")
    for column, title in enumerate(titles):
        sheet.text(3, column, title, styles.number_head if column > 1 else styles.head)
    kinds = list(found.definitions)
    for row, kind in enumerate(kinds, 4):
        own = [line for line in found.lines if line.kind == kind]
        sheet.text(row, 0, kind, styles.cell)
        sheet.text(row, 1, found.definitions[kind], styles.cell)
        sheet.formula(row, 2, f"=COUNTIF({TABLE}[Class],A{row + 1})", styles.counted, len(own))
        for column, title, value in _sums(own):
            sheet.formula(row, column, f"=SUMIFS({TABLE}[{title}],{TABLE}[Class],A{row + 1})", styles.money, value)
    total = 4 + len(kinds)
    sheet.text(total, 0, "Together", styles.section)
    sheet.formula(total, 2, f"=SUM(C5:C{total})", styles.count, len(found.lines))
    for column, _, value in _sums(found.lines):
        letter = "ABCDEF"[column]
        sheet.formula(total, column, f"=SUM({letter}5:{letter}{total})", styles.strong_ledger, value)
    for row, problem in enumerate(found.problems, total + 2):
        sheet.text(row, 0, problem, styles.muted)
    sheet.set_up(found.title, "")


def _sums(lines: Sequence[ReconLine]) -> tuple[tuple[int, str, Decimal], ...]:
    ours, paid = sum((x.ours for x in lines), ZERO), sum((x.paid for x in lines), ZERO)
    return (3, "Statement amount", ours), (4, "Paid", paid), (5, "Difference", paid - ours)
