"""A worked example: the figures of a case in words, how each was computed, and what the engine gives."""

from partnerdesk.reports.format import Formats
from partnerdesk.reports.guide.data import Worked, WorkedRow
from partnerdesk.reports.guide.phrases import capital, is_money, sentence, value_words
from partnerdesk.reports.look import BODY, HEADING, SUB
from partnerdesk.reports.page import MM, Column, Row, Span, Table, row
from partnerdesk.reports.page.flow import Part, Prose, grid
from partnerdesk.reports.page.portrait import WIDTH

_HEADING = "Worked example"
_LONG = 30  # characters of a result that is rather read than compared


def example_parts(worked: Worked, formats: Formats) -> list[Part]:
    """Heading, what it shows, and the table of its figures."""
    shown = f"As of {formats.day(worked.as_of)}"
    shown += f". {sentence(worked.source)}" if worked.source else ""
    found = [
        Part(Prose(_HEADING, WIDTH, HEADING), 5 * MM, keep=True),
        Part(Prose(sentence(worked.says), WIDTH, BODY), 0.8 * MM, keep=True),
        Part(Prose(shown, WIDTH, SUB), 0.6 * MM, keep=bool(worked.rows)),
    ]
    return [*found, Part(grid(_table(worked, formats), WIDTH), 1.4 * MM)] if worked.rows else found


def seen_before(worked: Worked) -> Part:
    """Where an example stands that works out several rules."""
    words = (Span("Worked example: ", HEADING), Span(f"see “{capital(worked.says)}” above.", BODY))
    return Part(Prose(words, WIDTH, BODY), 3 * MM)


def _table(worked: Worked, formats: Formats) -> Table:
    units = {found.unit for found in worked.rows if not isinstance(found.value, str)}
    unit = units.pop() if len(units) == 1 else ""
    one = unit if is_money(unit) and all(is_money(found.unit) for found in worked.rows) else ""
    columns = (
        Column("Figure", grow=1, least=38),
        Column("Calculation", grow=2, least=56, gap=2),
    )
    rows = tuple(_row(found, formats, bool(one)) for found in worked.rows)
    is_long = any(isinstance(found.value, str) and len(found.value) > _LONG for found in worked.rows)
    result = Column("Result", grow=0.6, least=30, gap=2) if is_long else Column(one or "Result", amount=True)
    return Table((*columns, result), rows)


def _row(found: WorkedRow, formats: Formats, bare: bool) -> Row:
    return row(found.name, found.calculation, value_words(found, formats, bare=bare))
