"""Page 4: the last statement from opening to closing, when held money is released, and the quarter as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from partnerdesk.engine.period import add_months
from partnerdesk.reports.charts import ReleaseColumn, Releases, Step, Waterfall, earnings_waterfall, held_releases
from partnerdesk.reports.charts.waterfall import Kind
from partnerdesk.reports.format import Formats
from partnerdesk.reports.look import CELL, CELL_BOLD, CELL_MUTED
from partnerdesk.reports.pack import titles, words
from partnerdesk.reports.pack.data import Earnings, PackData, ReleaseMonth, StatementLine
from partnerdesk.reports.pack.frame import LEFT, RIGHT, SOURCE_BOTTOM, WIDTH, Leaf
from partnerdesk.reports.page import MM, Cell, Column, Paper, Row, Span, Table
from partnerdesk.reports.page.blocks import heading, source

_SECTION = "Earnings"
_WATERFALL, _RELEASES, _HEIGHT = 158.0, 84.0, 74.0
_PAD = 1.37
_MONTHS = 6
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class _Movement:
    """A kind of movement: its column title, its field, its kind in the waterfall, and whether it always shows."""

    label: str
    field: str
    kind: Kind
    always: bool = False

    def of(self, line: StatementLine) -> Decimal:
        return Decimal(getattr(line, self.field))


_MOVEMENTS = (
    _Movement("Earned", "earned", "earned", True),
    _Movement("Top-up", "topup", "earned"),
    _Movement("Clawed back", "clawed_back", "taken", True),
    _Movement("Forfeited", "forfeited", "taken"),
    _Movement("Adjusted", "adjusted", "adjusted", True),
    _Movement("Corrected", "corrected", "adjusted"),
    _Movement("Paid before", "paid_late", "paid"),
    _Movement("Paid", "paid", "paid", True),
)


def leaves(data: PackData, formats: Formats) -> list[Leaf]:
    """The page; none without statements."""
    earnings = data.earnings
    if earnings is None or not earnings.statements:
        return []
    title, deck = titles.title("earnings", data, formats), titles.deck("earnings", data, formats)
    shown = [m for m in _MOVEMENTS if m.always or any(m.of(s) for s in earnings.statements)]

    def draw(paper: Paper, top: float) -> None:
        table = _table(data, earnings.statements, shown, formats).laid(WIDTH)
        note = " ".join(filter(None, (_note(earnings.statements[-1], formats), _since(data, formats))))
        room = SOURCE_BOTTOM - 7 * MM - top - table.height - 9.5 * MM - 4 * MM
        height = min(_HEIGHT, room / MM)
        _waterfall(paper, top, height, data, earnings.statements[-1], shown, formats)
        bottom = _releases(paper, top, height, data, earnings, formats)
        table.draw(paper, LEFT, bottom + 3.5 * MM)
        source(paper, LEFT, SOURCE_BOTTOM, WIDTH, note)

    return [Leaf("earnings", _SECTION, title, deck, draw)]


def _waterfall(
    paper: Paper,
    top: float,
    height: float,
    data: PackData,
    last: StatementLine,
    shown: Sequence[_Movement],
    formats: Formats,
) -> None:
    month = words.month_of(formats, last.period)
    name = f"{month}, from opening to closing balance"
    state = "" if last.is_final else ", draft"
    sub = f"{data.currency}, statement {last.number} v{last.version}{state}"
    top = heading(paper, LEFT, top, _WATERFALL * MM, name, sub)
    steps = [_balance("Opening", last.opening, last.opening_held, _before(last, formats), formats)]
    steps += [_step(m, last, formats) for m in shown]
    steps.append(_balance("Closing", last.closing, last.held, _closing_note(last, formats), formats))
    paper.chart(LEFT, top, _WATERFALL, height, earnings_waterfall, Waterfall(tuple(steps)))


def _before(last: StatementLine, formats: Formats) -> str:
    day = formats.short_day(last.period.start - timedelta(days=1))
    return _held_note(day, last.opening, last.opening_held, formats)


def _closing_note(last: StatementLine, formats: Formats) -> str:
    day = formats.short_day(last.period.end)
    if last.closing < 0:
        return "carried forward"
    return _held_note(day, last.closing, last.held, formats)


def _held_note(day: str, balance: Decimal, held: Decimal, formats: Formats) -> str:
    """The day of a balance, and how much of it is the hatched part."""
    if balance <= 0 or held <= 0:
        return day
    return f"{day}, all held" if held == balance else f"{day}, {formats.compact(held)} held"


def _balance(label: str, amount: Decimal, held: Decimal, note: str, formats: Formats) -> Step:
    says = formats.amount(amount)
    return Step(label, amount, "balance", says, formats.compact(amount), note, held)


def _step(movement: _Movement, last: StatementLine, formats: Formats) -> Step:
    amount = movement.of(last)
    note = last.remittance if movement.field == "paid" else ""
    sign = "+" if amount > 0 else ""
    says = formats.change(amount)
    short = f"{sign}{formats.compact(amount)}"
    return Step(movement.label, amount, movement.kind, says, short, note)


def _releases(paper: Paper, top: float, height: float, data: PackData, earnings: Earnings, formats: Formats) -> float:
    """The columns of releases at the right; returns the bottom of both charts."""
    last = earnings.statements[-1]
    x, width = RIGHT - _RELEASES * MM, _RELEASES * MM
    day = formats.short_day(last.period.end)
    if last.held <= 0:
        return heading(paper, x, top, width, f"Nothing is held at {day}", data.currency) + height * MM
    name = f"{formats.amount(last.held)} held at {day}, by month of release"
    state = "from closed statements only" if last.is_final else "from a draft statement"
    sub = f"{data.currency}, {state}"
    if earnings.undated:
        awaited = "a decision or an event" if earnings.kept else "an event"
        sub += f"; {formats.amount(earnings.undated)} waits for {awaited}"
    top = heading(paper, x, top, width, name, sub)
    paper.chart(x, top, _RELEASES, height, held_releases, _columns(earnings, formats))
    return top + height * MM


def _columns(earnings: Earnings, formats: Formats) -> Releases:
    """Six months in a row, so that the distance on the page is the time to wait; those without a release are bare."""
    dated = sorted(earnings.releases, key=lambda r: r.month)
    first = min([add_months(earnings.statements[-1].period.start.replace(day=1), 1), *(r.month for r in dated[:1])])
    row = [add_months(first, n) for n in range(_MONTHS)]
    by_month = {r.month: r for r in dated}
    months = [by_month.get(month, ReleaseMonth(month)) for month in row]
    later = [r for r in dated if r.month > row[-1]]
    columns = [_column(r, n == 0 or r.month.month == 1, formats) for n, r in enumerate(months)]
    if later:
        columns.append(_amounts("Later", later, "", formats))
    if earnings.undated:
        vesting, kept = earnings.undated - earnings.kept, earnings.kept
        waiting = [ReleaseMonth(earnings.statements[-1].period.end, vesting, kept)]
        columns.append(_amounts("No date" if kept else "Event", waiting, "", formats))
    vests, held_back = earnings.vesting, earnings.holdback
    if vests is None or held_back is None:
        vests = sum((r.vesting for r in dated), earnings.undated)
        held_back = sum((r.holdback for r in dated), ZERO)
    other = "holdback and other" if earnings.kept else "holdback"
    return Releases(tuple(columns), f"vesting {formats.number(vests)}", f"{other} {formats.number(held_back)}")


def _column(release: ReleaseMonth, names_year: bool, formats: Formats) -> ReleaseColumn:
    note = str(release.month.year) if names_year else ""
    return _amounts(words.short_month_name(formats, release.month), [release], note, formats)


def _amounts(label: str, releases: Sequence[ReleaseMonth], note: str, formats: Formats) -> ReleaseColumn:
    vesting = sum((r.vesting for r in releases), ZERO)
    holdback = sum((r.holdback for r in releases), ZERO)
    whole = vesting + holdback
    says, short = (formats.number(whole), formats.compact(whole)) if whole else ("", "")
    return ReleaseColumn(label, vesting, holdback, says, short, note)


def _table(data: PackData, statements: Sequence[StatementLine], shown: Sequence[_Movement], formats: Formats) -> Table:
    all_held = all(s.held == s.closing for s in statements)
    amounts = [Column(label, amount=True, grow=1) for label in ("Opening", *(m.label for m in shown))]
    closing = Column("Closing, all held" if all_held else "Closing", amount=True, grow=1)
    columns = (Column(data.currency, grow=2, least=30), *amounts, closing)
    rows = [_row(s, shown, formats, s is statements[-1] and len(statements) > 1) for s in statements]
    if len(statements) > 1:
        rows.append(_total(data, statements, shown, formats))
    return Table(columns, tuple(rows), _PAD)


def _row(line: StatementLine, shown: Sequence[_Movement], formats: Formats, bold: bool) -> Row:
    role = CELL_BOLD if bold else CELL
    name = Cell((Span(words.month_of(formats, line.period), role), Span(f"  {line.number}", CELL_MUTED)))
    amounts = [_amount(formats, line.opening), *(_amount(formats, m.of(line)) for m in shown)]
    return Row((name, *map(Cell, amounts), Cell(formats.accounting(line.closing))), role)


def _amount(formats: Formats, amount: Decimal) -> str:
    return formats.accounting(amount, dash=True)


def _total(data: PackData, statements: Sequence[StatementLine], shown: Sequence[_Movement], formats: Formats) -> Row:
    sums = [sum((m.of(s) for s in statements), ZERO) for m in shown]
    cells = [words.capital(words.ordinal_period(data.period)), _amount(formats, statements[0].opening)]
    cells += [_amount(formats, amount) for amount in sums]
    cells.append(formats.accounting(statements[-1].closing))
    return Row(tuple(map(Cell, cells)), CELL_BOLD, last=True)


def _note(last: StatementLine, formats: Formats) -> str:
    start = f"Detail line by line: statement {last.number} v{last.version}."
    moved = [
        f"{verb} {formats.amount(amount)}"
        for verb, amount in (("deferred", last.deferred), ("withheld", last.withheld), ("released", last.released))
        if amount
    ]
    if not moved:
        return start
    moves, change = ("moves", "does not change") if len(moved) == 1 else ("move", "do not change")
    return f"{start} {words.capital(words.listed(moved))} {moves} between held and payable and {change} the total."


def _since(data: PackData, formats: Formats) -> str:
    """Why page 1 has another amount than the sum of the statements."""
    figure = next((f for f in data.figures if f.stated is not None and f.value is not None), None)
    if figure is None or figure.stated is None or figure.value is None:
        return ""
    stated, today = formats.amount(figure.stated), formats.amount(figure.value)
    return f"Earned is {stated} on statements as they were closed and {today} with what changed since."
