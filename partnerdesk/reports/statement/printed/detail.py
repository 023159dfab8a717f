"""Page 2: the lines, what is held with its conditions, clawbacks and adjustments, and what the file was made from.

Each table shows as many rows as fit; what is left is one row with its sum and the sheet of the workbook where it
stands, so that every table still adds up.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from partnerdesk.engine.money import ONE, decimals
from partnerdesk.engine.outcome import EarningLine
from partnerdesk.reports.format import Formats, decimals_of
from partnerdesk.reports.look import CELL, CELL_BOLD, CELL_MUTED, SOURCE
from partnerdesk.reports.page import MM, Column, Paper, Row, Span, Table, row
from partnerdesk.reports.page.blocks import heading, heading_height, source
from partnerdesk.reports.page.portrait import BOTTOM, LEFT, WIDTH
from partnerdesk.reports.page.table import Laid
from partnerdesk.reports.page.text import wrapped
from partnerdesk.reports.statement.balance import BALANCE, DRAW, TITLES, part_words
from partnerdesk.reports.statement.canonical import fingerprint
from partnerdesk.reports.statement.document import StatementDocument
from partnerdesk.reports.statement.held import holds_of
from partnerdesk.reports.statement.making import amounts
from partnerdesk.reports.statement.pairs import movements
from partnerdesk.reports.statement.phrases import limit_words
from partnerdesk.reports.statement.ties import CORRECTIONS

_GAP, _PAD = 7 * MM, 0.9
_FEWEST = 3  # rows that a table keeps before another one gives way


@dataclass(frozen=True, slots=True)
class Section:
    """A table with its rows and their amounts, in the order of the workbook's sheet."""

    title: str
    sheet: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    amounts: tuple[Decimal, ...]
    total_at: int

    def laid(self, count: int, formats: Formats, places: int) -> Laid:
        """The table with its first rows; the others in one, and the total below."""
        shown = [*self.rows[:count]]
        if count < len(self.rows):
            rest = len(self.rows) - count
            words = f"and {rest} more, on sheet {self.sheet} of the workbook"
            shown.append(self._summed((Span(words, CELL_MUTED),), self.amounts[count:], formats, places))
        if len(self.rows) > 1:
            shown.append(self._summed((Span("Total", CELL_BOLD),), self.amounts, formats, places, is_total=True))
        return Table(self.columns, tuple(shown), _PAD).laid(WIDTH)

    def _summed(
        self,
        words: tuple[Span, ...],
        parts: Sequence[Decimal],
        formats: Formats,
        places: int,
        *,
        is_total: bool = False,
    ) -> Row:
        role = CELL_BOLD if is_total else CELL_MUTED
        cells: list[tuple[Span, ...] | str] = [""] * len(self.columns)
        cells[self._words_at], cells[self.total_at] = words, formats.accounting(amounts(parts), places)
        return row(*cells, role=role, above=is_total)

    @property
    def _words_at(self) -> int:
        """The column that has room for words."""
        return max(range(len(self.columns)), key=lambda n: self.columns[n].grow)


def draw(paper: Paper, top: float, document: StatementDocument, formats: Formats) -> None:
    """The tables one below the other, and below them what the file was made from."""
    places, made = decimals(document.currency), _made(document, formats)
    bottom = BOTTOM - len(wrapped(made, SOURCE, WIDTH)) * SOURCE.leading - 4 * MM
    sections = _lines(document, formats), _held(document, formats), _corrected(document, formats)
    found = [section for section in (*sections, *_settled(document, formats)) if section.rows]
    for section, laid in zip(found, _shares(found, bottom - top, formats, places), strict=True):
        top = heading(paper, LEFT, top, WIDTH, section.title)
        top = laid.draw(paper, LEFT, top) + _GAP
    source(paper, LEFT, BOTTOM, WIDTH, made)


def rests(document: StatementDocument) -> Iterator[Decimal]:
    """What a table may say of the rows that it has no room for: their sum from any row on, in its own order."""
    corrected = [m.total for m in movements(document, CORRECTIONS.values())]
    for column in ([hold.remaining for hold in holds_of(document)], corrected):
        yield from accumulate(reversed(column))


def _shares(found: Sequence[Section], room: float, formats: Formats, places: int) -> list[Laid]:
    """How many rows each table shows: the longest gives way first, down to a few rows of each."""
    counts = [len(section.rows) for section in found]

    def laid() -> list[Laid]:
        return [s.laid(count, formats, places) for s, count in zip(found, counts, strict=True)]

    tables = laid()
    while _height(found, tables) > room and max(counts, default=0) > 1:
        over = _height(found, tables) - room
        longest = max(range(len(counts)), key=lambda n: counts[n] if counts[n] > _FEWEST else counts[n] - 100)
        usual = max(1.0, tables[longest].height / (len(tables[longest].rows) + 1))
        counts[longest] = max(1, counts[longest] - max(1, int(over / usual)))
        tables = laid()
    return tables


def _height(found: Sequence[Section], tables: Sequence[Laid]) -> float:
    heads = sum(heading_height(WIDTH, section.title) for section in found)
    return heads + sum(table.height for table in tables) + _GAP * max(0, len(found) - 1)


def _lines(document: StatementDocument, formats: Formats) -> Section:
    lines, places = document.statement.lines, decimals(document.currency)
    columns = (
        Column("Event"),
        Column("What", grow=0.01, least=24),  # gives way before days and rules are broken
        Column("Deal or customer", grow=1, least=34),
        Column("Base", amount=True),
        Column("Rate, share", right=True),
        Column("Rule", gap=2),
        Column(f"Amount, {document.currency}", amount=True),
    )
    rows = tuple(_line(document, line, formats, places) for line in lines)
    count = len(lines)
    title = f"{count} {'line' if count == 1 else 'lines'} earned in {formats.period(document.period)}"
    return Section(title, "2", columns, rows, tuple(line.amount for line in lines), 6)


def _line(document: StatementDocument, line: EarningLine[Decimal], formats: Formats, places: int) -> Row:
    detail = document.detail(line)
    whom = ", ".join(dict.fromkeys(text for text in (detail.customer, detail.deal) if text)) or line.says
    limits = limit_words(line, formats)
    return row(
        formats.day(line.event),
        line.says,
        (Span(f"{whom}: ", CELL), Span(limits, CELL_MUTED)) if limits else whom,
        formats.accounting(line.base, places),
        _rate(line, formats),
        (Span(line.rule.reference, CELL_MUTED),),
        formats.accounting(line.amount, places),
    )


def _rate(line: EarningLine[Decimal], formats: Formats) -> str:
    """By what the base is multiplied: the rate, and behind it a factor and a share that are not one."""
    rate = "in bands" if line.steps else ""
    if line.rate is not None:
        rate = formats.rate(line.rate, line.pays_each)
    factor = formats.number(line.factor, decimals_of(line.factor)) if line.factor not in (None, ONE) else ""
    share = formats.percent(line.share, decimals_of(line.share * 100)) if line.share not in (None, ONE) else ""
    return " × ".join(part for part in (rate, factor, share) if part) or "–"


def _held(document: StatementDocument, formats: Formats) -> Section:
    holds = [hold for hold in holds_of(document) if hold.remaining]  # what is released in full is on the sheet alone
    places = decimals(document.currency)
    columns = (
        Column("Held since line"),
        Column("Kind"),
        Column("Condition", grow=1, least=50),
        Column("Next", gap=2),
        Column(f"Still held, {document.currency}", amount=True),
    )
    rows = tuple(
        row(
            hold.line or "sum of a period",
            hold.kind.capitalize(),
            document.condition(hold),
            formats.day(hold.next_release) if hold.next_release else "no date yet",
            formats.accounting(hold.remaining, places),
        )
        for hold in holds
    )
    return Section("What is held, and what releases it", "3", columns, rows, tuple(h.remaining for h in holds), 4)


def _corrected(document: StatementDocument, formats: Formats) -> Section:
    moved, places = movements(document, CORRECTIONS.values()), decimals(document.currency)
    columns = (
        Column("Day"),
        Column("Corrects"),
        Column("Why", grow=1, least=50),
        Column("Approved by", gap=2),
        Column(f"Amount, {document.currency}", amount=True),
    )
    rows = tuple(
        row(
            formats.day(m.entry.day),
            document.corrects(m.entry) or "–",
            document.note(m.entry) or m.entry.kind,
            document.correction(m.entry).approver or "–",
            formats.accounting(m.total, places),
        )
        for m in moved
    )
    return Section("Clawbacks, adjustments and corrections", "4", columns, rows, tuple(m.total for m in moved), 4)


def _settled(document: StatementDocument, formats: Formats) -> Iterator[Section]:
    """What the payable balance is made of, and what is to be recovered of draws; nothing where neither is told."""
    settled, places = document.settled, decimals(document.currency)
    if settled is None:
        return
    columns = (
        Column("What it is", grow=1, least=80),
        Column("Day", gap=2),
        Column(f"Amount, {document.currency}", amount=True),
    )
    for name, parts in ((BALANCE, settled.balance), (DRAW, settled.draw)):
        rows = tuple(
            row(
                part_words(part),
                formats.day(part.day) if part.day else "–",
                formats.accounting(part.amount, places),
            )
            for part in parts
        )
        title = TITLES[name]
        if name == DRAW:
            title = f"{title}: {formats.number(settled.owed, places) if settled.owed else 'nothing'}"
        yield Section(title, "7", columns, rows, tuple(part.amount for part in parts), 2)


def _made(document: StatementDocument, formats: Formats) -> str:
    """What did not count, and what makes the file checkable."""
    count = len({left_out.item for left_out in document.left_out})  # two rules may refuse the same one
    missing = (
        f"{count} {'fact' if count == 1 else 'facts'} did not count: see sheet 5 of the workbook. " if count else ""
    )
    return (
        f"{missing}Amounts in {document.currency}. Made by {document.engine} from data as of "
        f"{formats.day(document.data_as_of)}. SHA-256 of the canonical statement {fingerprint(document)}."
    )
