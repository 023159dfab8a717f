"""Page 5: what renews when, where its notice stands, what the customer last said, and who does what. No risk score."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from partnerdesk.engine.period import add_months
from partnerdesk.reports import gate
from partnerdesk.reports.charts import (
    RenewalColumn,
    RenewalDot,
    RenewalMonths,
    Timeline,
    leaves_names_out,
    renewal_months,
    renewal_timeline,
)
from partnerdesk.reports.format import Formats
from partnerdesk.reports.look import CELL, CELL_BOLD, CELL_MUTED, DOCUMENT
from partnerdesk.reports.pack import titles, words
from partnerdesk.reports.pack.data import LastSurvey, PackData, Renewal
from partnerdesk.reports.pack.frame import BOTTOM, LEFT, RIGHT, WIDTH, Leaf, content_top
from partnerdesk.reports.pack.renewing import (
    AHEAD,
    DAYS,
    ENDED,
    NO_NOTICE,
    PASSED,
    by_month,
    due,
    is_flagged,
    standing,
)
from partnerdesk.reports.page import MM, Cell, Column, Laid, Paper, Row, Span, Table, row
from partnerdesk.reports.page.blocks import heading

_SECTION = "Renewals"
_TIMELINE, _COLUMNS, _HEIGHT = 150.0, 82.0, 74.0
_LOOK_BACK = 90
_NAME = 26  # letters of a customer beside its circle
_PAD = 1.37
_SUB, _NUMBERED = "Area shows the yearly value; outlined circles are decided", "; numbers are those of the table"
_SIZES = ((_HEIGHT, _PAD), (_HEIGHT, 1.0), (68.0, 1.0), (62.0, 1.0), (56.0, 1.0))  # mm of charts and row padding
_BANDS = {PASSED: "Notice passed", AHEAD: "Notice ahead", NO_NOTICE: "No notice date", "decided": "Decided"}
_STANDING = {
    PASSED: ("late", "Passed"),
    AHEAD: ("open", "Ahead"),
    NO_NOTICE: ("unknown", "None agreed"),
    ENDED: ("overdue", "Term ended"),
}


def leaves(data: PackData, formats: Formats) -> list[Leaf]:
    """The page, and continuations of its table; none without contracts."""
    if not data.renewals:
        return []
    title, deck = titles.title("renewals", data, formats), titles.deck("renewals", data, formats)
    room = BOTTOM - content_top(title, deck) - 13 * MM
    height, fits, rest = _fitted(data, formats, False, room)
    numbered = _is_dense(data, formats, height)
    if numbered:
        height, fits, rest = _fitted(data, formats, True, room)

    def draw(paper: Paper, top: float) -> None:
        bottom = _charts(paper, top, height, data, formats, numbered)
        if fits is not None:
            fits.draw(paper, LEFT, bottom + 3.5 * MM)

    pages = [Leaf("renewals", _SECTION, title, deck, draw)]
    while rest is not None:
        part, rest = _divided(rest, BOTTOM - content_top("x", ""))
        pages.append(_continuation(part))
    return pages


def _is_dense(data: PackData, formats: Formats, height: float) -> bool:
    """Whether a renewal would have no name beside its circle or tick: all rows of the table then have numbers."""
    figure = gate.new_figure(_TIMELINE, height)
    return leaves_names_out(figure, _timeline(data, formats, numbered=False), DOCUMENT)


def _fitted(data: PackData, formats: Formats, numbered: bool, room: float) -> tuple[float, Laid | None, Laid | None]:
    """The height of the charts, the table below them and what is left of it: charts and rows give way, within reason,
    to a table that then needs no second page."""
    for height, pad in _SIZES:
        laid = _table(data, formats, numbered, pad)
        if laid is None or laid.height <= room - height * MM:
            return height, laid, None
    return _HEIGHT, *_divided(_table(data, formats, numbered, _PAD), room - _HEIGHT * MM)


def _divided(laid: Laid | None, room: float) -> tuple[Laid | None, Laid | None]:
    if laid is None or laid.height <= room:
        return laid, None
    fits, rest = laid.split(room)
    if len(rest.rows) == 1 and len(fits.rows) > 1:  # a sum never stands alone
        fits, rest = laid.split(fits.height - 0.5 * fits.rows[-1].height)
    return fits, rest if rest.rows else None


def _continuation(laid: Laid | None) -> Leaf:
    def draw(paper: Paper, top: float) -> None:
        if laid is not None:
            laid.draw(paper, LEFT, top)

    return Leaf("renewals", _SECTION, "Renewals, continued", "", draw, continues=True)


def _charts(paper: Paper, top: float, height: float, data: PackData, formats: Formats, numbered: bool) -> float:
    name = "Renewals by date and notice"
    content = heading(paper, LEFT, top, _TIMELINE * MM, name, _SUB + _NUMBERED * numbered)
    paper.chart(LEFT, content, _TIMELINE, height, renewal_timeline, _timeline(data, formats, numbered=numbered))
    x = RIGHT - _COLUMNS * MM
    sub = f"{data.currency} {_unit(data)[1]}, by month"
    heading(paper, x, top, _COLUMNS * MM, "Value up for renewal, next twelve months", sub)
    paper.chart(x, content, _COLUMNS, height, renewal_months, _months(data, formats))
    return content + height * MM


def _timeline(data: PackData, formats: Formats, *, numbered: bool) -> Timeline:
    found = due(data)
    first, last = data.as_of - timedelta(days=_LOOK_BACK), data.as_of + timedelta(days=DAYS)
    bands = _bands(data)
    dots = [_open_dot(r, bands, data, formats) for r in found.open]
    if numbered:
        dots = [replace(dot, number=str(n), label=f"{n}  {dot.label}") for n, dot in enumerate(dots, 1)]
    dots += [_decided_dot(r, bands, formats) for r in found.decided if r.renews >= first]
    months = [add_months(first.replace(day=1), n) for n in range(1, 12)]
    marks = [(m, words.short_month_name(formats, m), _year(m, n)) for n, m in enumerate(months) if m <= last]
    today = f"data as of {formats.short_day(data.as_of)}"
    captions = tuple(_decided_caption(found.decided, formats) if b == "decided" else "" for b in bands)
    names = tuple(_BANDS[b] for b in bands)
    return Timeline(first, last, data.as_of, today, tuple(marks), names, tuple(dots), captions)


def _decided_dot(renewal: Renewal, bands: Sequence[str], formats: Formats) -> RenewalDot:
    says = f"{renewal.customer} {formats.compact(renewal.value)}, {renewal.outcome}"
    return RenewalDot(renewal.renews, renewal.value, bands.index("decided"), "closed", says=says)


def _decided_caption(decided: Sequence[Renewal], formats: Formats) -> str:
    """`3 renewed, 1 expanded, 205k`."""
    outcomes = [r.outcome for r in decided]
    counts = [f"{outcomes.count(word)} {word}" for word in dict.fromkeys(outcomes)]
    return f"{', '.join(counts)}, {formats.compact(sum((r.value for r in decided), Decimal(0)))}"


def _year(month: date, n: int) -> str:
    return str(month.year) if n == 0 or month.month == 1 else ""


def _bands(data: PackData) -> list[str]:
    """The bands in use, the urgent ones on top; notice passed and ahead always, so that pages compare."""
    found = due(data)
    used = {PASSED, AHEAD} | {_band(r, data.as_of) for r in found.open}
    used |= {"decided"} if found.decided else set()
    return [band for band in _BANDS if band in used]


def _band(renewal: Renewal, as_of: date) -> str:
    where = standing(renewal, as_of)
    return PASSED if where == ENDED else where


def _open_dot(renewal: Renewal, bands: Sequence[str], data: PackData, formats: Formats) -> RenewalDot:
    flagged = is_flagged(renewal, data.as_of)
    notice = ""
    if renewal.notice_by:
        day = formats.short_day(renewal.notice_by)
        notice = f"notice date {day} passed" if renewal.notice_by < data.as_of else f"notice by {day}"
    return RenewalDot(
        renewal.renews,
        renewal.value,
        bands.index(_band(renewal, data.as_of)),
        "flagged" if flagged else "open",
        f"{_brief(renewal.customer)} {formats.compact(renewal.value)}",
        formats.day(renewal.renews),
        renewal.notice_by,
        notice,
    )


def _brief(name: str) -> str:
    """A name beside its circle; the table below has it in full."""
    return name if len(name) <= _NAME else f"{name[: _NAME - 1].rstrip()}…"


def _months(data: PackData, formats: Formats) -> RenewalMonths:
    columns, unit = [], _unit(data)[0]
    for n, (month, flagged, rest) in enumerate(by_month(data)):
        says = _short((flagged + rest) / unit, formats) if flagged or rest else ""
        label = words.short_month_name(formats, month)
        columns.append(RenewalColumn(label, flagged, rest, says, _year(month, n)))
    return RenewalMonths(tuple(columns), "notice date passed", "notice date ahead or none")


def _unit(data: PackData) -> tuple[Decimal, str]:
    """What one unit of the columns' labels is: a thousand, or a million where four digits would touch each other."""
    most = max(flagged + rest for _, flagged, rest in by_month(data))
    return (Decimal(1_000_000), "million") if most >= Decimal(999_500) else (Decimal(1_000), "thousand")


def _short(amount: Decimal, formats: Formats) -> str:
    """`12`, `8.2`, `0.04`: two digits tell enough."""
    return formats.number(amount, 0 if amount >= Decimal("9.95") else 1 if amount >= Decimal("0.95") else 2)


def _table(data: PackData, formats: Formats, numbered: bool, pad: float) -> Laid | None:
    found = due(data)
    if not found.open:
        return None
    columns = [
        Column("Customer", grow=1.4, least=26),
        Column("Product", grow=0.8, least=16),
        Column("Renews"),
        Column("Notice by"),
        Column(f"Value, {data.currency}", right=True),
        Column("Notice"),
        Column("Last survey"),
        Column("Joint action", grow=2, least=34),
        Column("Owner", grow=1, least=24),
    ]
    rows = [_row(r, data, formats) for r in found.open]
    if numbered:
        columns = [Column("No.", width=7), *columns]
        rows = [replace(r, cells=(Cell(str(n)), *r.cells)) for n, r in enumerate(rows, 1)]
    if len(rows) > 1:
        total = formats.number(found.value)
        before = ("",) if numbered else ()
        rows.append(row(*before, f"Due in {DAYS} days", "", "", "", total, "", "", "", "", role=CELL_BOLD, last=True))
    return Table(tuple(columns), tuple(rows), pad).laid(WIDTH)


def _row(renewal: Renewal, data: PackData, formats: Formats) -> Row:
    mark, word = _STANDING[standing(renewal, data.as_of)]
    return Row(
        (
            Cell((Span(renewal.customer, CELL_BOLD),)),
            Cell(renewal.product),
            Cell(formats.day(renewal.renews)),
            Cell(formats.day(renewal.notice_by) if renewal.notice_by else ""),
            Cell(formats.number(renewal.value)),
            Cell(word, mark),
            Cell(_survey(renewal.survey, formats)),
            Cell(renewal.action or (Span("none yet", CELL_MUTED),)),
            Cell(renewal.owner) if renewal.owner else Cell("to name today", "missing"),
        ),
        CELL,
    )


def _survey(survey: LastSurvey | None, formats: Formats) -> str | tuple[Span, ...]:
    """`CSAT 4.2 of 5, 12 Sep 2026`, or that there was none."""
    if survey is None:
        return (Span("no survey", CELL_MUTED),)
    score = words.quantity(formats, survey.score, "1")
    of = f" of {words.quantity(formats, survey.highest, '1')}" if survey.highest is not None else ""
    return f"{survey.kind.upper()} {score}{of}, {formats.day(survey.day)}"
