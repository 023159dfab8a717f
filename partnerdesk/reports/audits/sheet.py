"""A metric audit as a workbook: what was audited by whom with which result, and every row of the sample."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from partnerdesk.reports.sheet import Book, Sheet
from partnerdesk.reports.statement.styles import Styles

TABLE = "Sample"
TITLES = (
    *("No.", "Stratum", "Kind", "Row", "What it is", "Amount", "Currency", "Source"),
    *("Finding", "Evidence", "Note", "Corrected"),
)
_WIDTHS = (7, 10, 14, 16, 28, 15, 11, 34, 14, 40, 40, 40)
_NUMBERS = (0, 1, 5)
_HEAD = 1


@dataclass(frozen=True, slots=True)
class AuditLine:
    """A row of the sample as the sheet shows it; the texts follow `TITLES` around the amount."""

    number: int
    stratum: int
    kind: str
    fact: str
    says: str
    amount: Decimal
    currency: str
    source: str
    finding: str
    evidence: str
    note: str
    changed: str


@dataclass(frozen=True, slots=True)
class AuditSheet:
    """What the workbook shows: `facts` are (name, words) of the head, `findings` the words of each, counted live."""

    title: str
    vendor: str
    made: date
    currency: str
    facts: tuple[tuple[str, str], ...]
    findings: tuple[str, ...]
    lines: tuple[AuditLine, ...]


def as_workbook(found: AuditSheet) -> bytes:
    """The summary, then the sample."""
    book = Book(found.title, "Metric audit", found.vendor, found.made)
    styles = Styles(book, found.currency or "EUR")
    summary, sample = book.sheet("Summary"), book.sheet("Sample")
    _sample(sample, styles, found)
    _summary(summary, styles, found)
    return book.content()


def _sample(sheet: Sheet, styles: Styles, found: AuditSheet) -> None:
    sheet.widths(*_WIDTHS)
    sheet.text(0, 0, found.title, styles.section)
    heads = [(title, styles.number_head if i in _NUMBERS else styles.head) for i, title in enumerate(TITLES)]
    for column, (title, form) in enumerate(heads):
        sheet.text(_HEAD, column, title, form)
    for row, line in enumerate(found.lines, _HEAD + 1):
        sheet.number(row, 0, Decimal(line.number), styles.count)
        sheet.number(row, 1, Decimal(line.stratum), styles.count)
        for column, text in enumerate((line.kind, line.fact, line.says), 2):
            sheet.text(row, column, text, styles.cell)
        sheet.number(row, 5, line.amount, styles.money)
        for column, text in enumerate((line.currency, line.source, line.finding), 6):
            sheet.text(row, column, text, styles.cell)
        for column, text in enumerate((line.evidence, line.note, line.changed), 9):
            sheet.text(row, column, text, styles.wrapped)
    last = _HEAD + max(len(found.lines), 1)
    sheet.table(_HEAD, last, TABLE, heads)
    sheet.quiet(_HEAD + 1, last, len(TITLES) - 1)
    sheet.freeze(_HEAD + 1, 1)
    sheet.set_up(found.title, "", title_row=_HEAD)


def _summary(sheet: Sheet, styles: Styles, found: AuditSheet) -> None:
    sheet.widths(24, 70)
    sheet.text(0, 0, found.title, styles.title)
    for row, (name, words) in enumerate(found.facts, 2):
        sheet.text(row, 0, name, styles.muted)
        sheet.text(row, 1, words, styles.wrapped)
    first = len(found.facts) + 3
    sheet.text(first, 0, "Finding", styles.head)
    sheet.text(first, 1, "Rows", styles.number_head)
    for row, finding in enumerate(found.findings, first + 1):
        sheet.text(row, 0, finding, styles.cell)
        count = Decimal(sum(line.finding == finding for line in found.lines))
        sheet.formula(row, 1, f"=COUNTIF({TABLE}[Finding],A{row + 1})", styles.count, count)
    last = first + len(found.findings)
    sheet.text(last + 1, 0, "Together", styles.section)
    sheet.formula(last + 1, 1, f"=SUM(B{first + 2}:B{last + 1})", styles.count, Decimal(len(found.lines)))
    sheet.set_up(found.title, "")
