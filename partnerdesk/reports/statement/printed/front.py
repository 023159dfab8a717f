"""Page 1: who and when, four key figures, the roll-forward, when held money is released, checks and disputes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from partnerdesk.engine.money import ZERO, decimals
from partnerdesk.engine.outcome import Row as Movement
from partnerdesk.engine.outcome import Statement
from partnerdesk.engine.period import add_months, month_end
from partnerdesk.program.words.naming import many
from partnerdesk.reports.charts import ReleaseColumn, Releases, held_releases
from partnerdesk.reports.format import HARD_SPACE, Formats
from partnerdesk.reports.look import BODY, CELL, CELL_BOLD, CELL_MUTED, SUB, Role
from partnerdesk.reports.page import MM, Column, Paper, Row, Span, Table, row, wrapped
from partnerdesk.reports.page.blocks import heading, heading_height
from partnerdesk.reports.page.paper import baseline
from partnerdesk.reports.page.portrait import BOTTOM, LEFT, WIDTH
from partnerdesk.reports.page.table import Laid
from partnerdesk.reports.page.text import fitted
from partnerdesk.reports.statement.balance import below_zero_words, title_words
from partnerdesk.reports.statement.document import StatementDocument
from partnerdesk.reports.statement.making import amounts
from partnerdesk.reports.statement.phrases import (
    before_words,
    held_words,
    paid_words,
    reference_words,
    restated_words,
)
from partnerdesk.reports.statement.printed.who import BETWEEN, HALF, facts

_GAP = 7 * MM
_FIGURE = Role(15, 20, "semibold")
_STRIP = 14.5 * MM
_CHART, _LEAST_CHART, _MONTHS = 40.0, 24.0, 6
_PADS = (1.25, 1.0, 0.75, 0.5, 0.3)
_MUTED = Role(9, 12.5, "regular", "muted")


def title(document: StatementDocument, formats: Formats) -> str:
    """What is payable once the period is over, or was paid in it, and what is held until when."""
    statement, currency = document.statement, document.currency
    paid, closing = -statement.row("paid").total, statement.rows[-1]
    month, made_of = formats.period(document.period), title_words(document, formats)
    if closing.payable and made_of:
        first = f"{_money(formats, closing.payable, currency)} after {month}: {made_of}"
    elif closing.payable < 0:
        first = f"{_money(formats, closing.payable, currency)} carried forward from {month}"
    elif closing.payable:
        first = f"{_money(formats, closing.payable, currency)} payable after {month}"
    elif paid:
        earlier = statement.rows[0].payable  # what is paid is of this period only where nothing was owed before
        first = f"{_money(formats, paid, currency)} paid {'in' if earlier else 'for'} {month}"
    else:
        first = f"Nothing payable for {month}"
    if not closing.held:
        return first
    held = formats.number(abs(closing.held), decimals(currency))
    if closing.held < 0:
        return f"{first}; {held}{HARD_SPACE}will be taken from what is released later"
    return f"{first}; {held}{HARD_SPACE}{held_words(document, formats).replace('held', 'is held', 1)}"


def draw(paper: Paper, top: float, document: StatementDocument, formats: Formats) -> None:
    """Everything below the title. Where many movements leave the chart no room it is left out: page 2 has the dates."""
    top = facts(paper, top, document, formats) + _GAP
    top = _figures(paper, top, document, formats) + _GAP
    notes = _notes_height(document, formats)
    table = _fitting(document, formats, BOTTOM - top - notes - _GAP)
    top = table.draw(paper, LEFT, top) + _GAP
    room = BOTTOM - notes - _GAP - top - heading_height(WIDTH, "x", "x")
    if document.statement.rows[-1].held > 0 and room > _LEAST_CHART * MM:
        top = _releases(paper, top, min(_CHART, room / MM), document, formats) + _GAP
    _notes(paper, top, document, formats)


def _money(formats: Formats, amount: Decimal, currency: str) -> str:
    return formats.money(amount, currency=currency)


@dataclass(frozen=True, slots=True)
class _KeyFigure:
    name: str
    amount: Decimal
    note: str
    colour: str = "text"


def _key_figures(document: StatementDocument, formats: Formats) -> tuple[_KeyFigure, ...]:
    statement, currency = document.statement, document.currency
    lines = statement.lines
    customers = len({document.detail(line).customer for line in lines} - {""})
    counted = _counted(len(lines), "line") + (f", {_counted(customers, 'customer')}" if customers else "")
    taken = statement.row("clawback").total
    closing, paid = statement.rows[-1], -statement.row("paid").total
    words = paid_words(document, formats).removeprefix("paid, ").removeprefix("paid ")
    if paid and not closing.payable:
        money = _KeyFigure("Paid", paid, words, "accent")
    else:
        usual = below_zero_words(document, "page 2") if closing.payable < 0 else f"{currency}, at the end of the period"
        rest = before_words(document, formats) or usual
        before = (
            f"{formats.number(paid, decimals(currency))} paid {words.removeprefix('value date ').partition(' by ')[0]}"
        )
        money = _KeyFigure("Payable", closing.payable, before if paid else rest, "accent")
    return (
        _KeyFigure("Earned", amounts([line.amount for line in lines]), counted),
        _KeyFigure("Clawed back", taken, reference_words(document, statement.row("clawback")) if taken else "none"),
        money,
        _KeyFigure("Held", closing.held, _held_note(statement)),
    )


def _held_note(statement: Statement[Decimal]) -> str:
    """What is said of the amount held; where it is nothing, the second page may list holds of lines and of what
    corrected them."""
    held = statement.rows[-1].held
    if held:
        return "see below" if held > 0 else "taken from later releases"
    return "holds offset each other" if any(hold.remaining for hold in statement.held) else "nothing held"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _figures(paper: Paper, top: float, document: StatementDocument, formats: Formats) -> float:
    """Four key figures in one strip, hairlines between them."""
    figures, places = _key_figures(document, formats), decimals(document.currency)
    wide = WIDTH / len(figures)
    for n, figure in enumerate(figures):
        x = LEFT + n * wide + (5 * MM if n else 0)
        room = (x, LEFT + (n + 1) * wide - 3 * MM)
        if n:
            paper.divider(LEFT + n * wide, top, top + _STRIP)
        paper.text(x, top, figure.name, SUB, room=room)
        role = Role(_FIGURE.size, _FIGURE.leading, "semibold", figure.colour)
        value = formats.accounting(figure.amount, places)
        paper.line_at(x, baseline(top + 3.6 * MM, role), fitted(value, role, room[1] - x, smallest=9), room)
        paper.text(x, top + 10.6 * MM, fitted(figure.note, SUB, room[1] - x), SUB, room=room)
    return top + _STRIP


def _fitting(document: StatementDocument, formats: Formats, room: float) -> Laid:
    """The roll-forward, its rows as airy as the page allows; with very many, those of nothing and small ones give way.

    The chart has its room where the rows leave it.
    """
    chart = heading_height(WIDTH, "x", "x") + _LEAST_CHART * MM + _GAP
    rows = list(document.statement.rows)
    for pad in _PADS:
        laid = _table(document, formats, rows, pad).laid(WIDTH)
        if laid.height <= room - chart:
            return laid
    if laid.height > room:
        rows = [r for r in rows if r.held or r.payable or r.key in ("opening", "closing")]
        laid = _table(document, formats, rows, pad).laid(WIDTH)
    while laid.height > room and sum(map(_is_earned, rows)) > 1:
        rows = _merged(rows)
        laid = _table(document, formats, rows, pad).laid(WIDTH)
    return laid


def _is_earned(found: Movement[Decimal]) -> bool:
    return found.key.startswith("earned.")


def _merged(rows: Sequence[Movement[Decimal]]) -> list[Movement[Decimal]]:
    """The rows with the last two kinds of earnings as one."""
    first, second = [n for n, found in enumerate(rows) if _is_earned(found)][-2:]
    held, payable = rows[first].held + rows[second].held, rows[first].payable + rows[second].payable
    other = Movement("earned.other", "Other earnings", held, payable, held + payable, "2 Earnings")
    return [*rows[:first], other, *rows[second + 1 :]]


def _table(document: StatementDocument, formats: Formats, rows: Sequence[Movement[Decimal]], pad: float) -> Table:
    columns = (
        Column(f"Movement, {document.currency}", grow=1, least=46),
        Column("Held", amount=True),
        Column("Payable", amount=True),
        Column("Total", amount=True),
        Column("Reference", grow=0.7, least=36),
    )
    return Table(columns, tuple(_movement(document, formats, found) for found in rows), pad)


def _movement(document: StatementDocument, formats: Formats, found: Movement[Decimal]) -> Row:
    is_balance = found.key in ("opening", "closing")
    role = CELL_BOLD if is_balance else CELL_MUTED if found.transfer else CELL
    places, dash = decimals(document.currency), found.key != "closing"
    numbers = [formats.accounting(n, places, dash=dash) for n in (found.held, found.payable, found.total)]
    words = (Span(reference_words(document, found), CELL_MUTED),)
    return row(found.label, *numbers, words, role=role, above=found.key == "closing")


def _releases(paper: Paper, top: float, height: float, document: StatementDocument, formats: Formats) -> float:
    """What is due by month, in months that follow one another; later months are one column."""
    closing, places = document.statement.rows[-1], decimals(document.currency)
    columns, undated = _columns(document, formats)
    sub = f"{document.currency} by month, if the conditions on page 2 are met"
    if undated:
        sub += f"; {formats.number(undated, places)} waits for an event"
    top = heading(paper, LEFT, top, WIDTH, f"When the held {formats.number(closing.held, places)} is released", sub)
    sums = [sum((getattr(c, kind) for c in columns), ZERO) for kind in ("vesting", "holdback")]
    vesting, holdback = (formats.number(total, places) for total in sums)
    data = Releases(tuple(columns), f"vesting {vesting}", f"holdback and other {holdback}")
    return paper.chart(LEFT, top, WIDTH / MM, height, held_releases, data)


def _columns(document: StatementDocument, formats: Formats) -> tuple[list[ReleaseColumn], Decimal]:
    """A column for each of the next months, one for what is later, and what has no day."""
    first = (document.period.end + timedelta(days=1)).replace(day=1)
    months = [add_months(first, n) for n in range(_MONTHS)]
    due: dict[tuple[date | None, bool], Decimal] = {}
    for hold in document.statement.held:
        for day, amount in hold.schedule:
            month = next((m for m in months if day <= month_end(m)), None)
            key = month, hold.kind == "vesting"
            due[key] = due.get(key, ZERO) + amount
    later = [m for m, _ in due if m is None]
    found = [_column(document, formats, month, due, n == 0 or month.month == 1) for n, month in enumerate(months)]
    if later:
        found.append(_column(document, formats, None, due, False))
    dated = sum(due.values(), ZERO)
    return found, document.statement.rows[-1].held - dated


def _column(
    document: StatementDocument,
    formats: Formats,
    month: date | None,
    due: dict[tuple[date | None, bool], Decimal],
    has_year: bool,
) -> ReleaseColumn:
    vesting, other = due.get((month, True), ZERO), due.get((month, False), ZERO)
    total = vesting + other
    label = formats.short_month(month).split(" ")[0] if month else "Later"
    says = formats.amount(total, document.currency) if total else ""
    note = str(month.year) if month and has_year else ""
    return ReleaseColumn(label, vesting, other, says, formats.compact(total) if total else "", note)


def _notes_words(document: StatementDocument, formats: Formats) -> Sequence[tuple[str, str]]:
    checks = document.statement.checks
    failed = [check for check in checks if not check.is_ok]
    if failed:
        head = f"{len(failed)} of {many(len(checks), 'check')} differ"
        said = ". ".join(f"{c.name}: differs by {formats.amount(c.difference, document.currency)}" for c in failed)
    else:
        head, said = f"Checks, all {len(checks)} met", ". ".join(check.name for check in checks)
    until = f" by {formats.day(document.dispute_until)}" if document.dispute_until else ""
    answer = f" We answer within {many(document.answer_days, 'day')};" if document.answer_days is not None else ""
    rest = " lines you do not dispute stay payable." if answer else " Lines you do not dispute stay payable."
    wrong = f"Mark it in the workbook and return the file{until}.{answer}{rest}"
    if words := restated_words(document):
        said = f"{said}. {words.removesuffix('.')}"
    return (head, f"{said}."), ("If a line looks wrong", wrong)


def _notes_height(document: StatementDocument, formats: Formats) -> float:
    words = _notes_words(document, formats)
    return max(heading_height(HALF, head) + len(wrapped(said, BODY, HALF)) * BODY.leading for head, said in words)


def _notes(paper: Paper, top: float, document: StatementDocument, formats: Formats) -> None:
    for n, (head, said) in enumerate(_notes_words(document, formats)):
        x = LEFT + n * (HALF + BETWEEN)
        paper.paragraph(x, heading(paper, x, top, HALF, head), HALF, said, _MUTED)
