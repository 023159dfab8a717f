"""Page 7 as a range: earned by quarter with what may come, what single choices would change, skills and the fund."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from partnerdesk.reports import charts
from partnerdesk.reports.format import HARD_SPACE, Formats
from partnerdesk.reports.look import CELL, CELL_BOLD, CELL_MUTED
from partnerdesk.reports.pack import words
from partnerdesk.reports.pack.data import Band, Fan, PackData, ScenarioLine
from partnerdesk.reports.pack.frame import BOTTOM, LEFT, RIGHT
from partnerdesk.reports.page import MM, Cell, Column, Paper, Row, Span, Table
from partnerdesk.reports.page.blocks import heading

CHART, TABLE, HEIGHT = 150.0, 95.0, 86.0  # mm
_TEXTS = 48.0  # mm below the chart, for what the range holds
ZERO = Decimal(0)
_NO_PLAN = "No objective of the joint plan works on an open deal or renewal yet."
_UNITS = ((Decimal(10_000_000), Decimal(1_000_000), " million"), (Decimal(10_000), Decimal(1_000), " thousand"))


def draw_fan(paper: Paper, top: float, fan: Fan, data: PackData, formats: Formats) -> tuple[float, float]:
    """The chart at the left and the choices at the right; returns the bottoms of both."""
    unit, name = unit_of(fan)
    sub = "Dark band: 5 in 10 outcomes. Light band: 8 in 10. Dashed: the median."
    content = heading(paper, LEFT, top, CHART * MM, f"Earned by quarter, {data.currency}{name}", sub)
    height = min(HEIGHT, (BOTTOM - content) / MM - _TEXTS)
    left = paper.chart(LEFT, content, CHART, height, charts.earned_fan, _chart(fan, unit, formats))
    return left, _choices(paper, top, fan, data, formats)


def unit_of(fan: Fan) -> tuple[Decimal, str]:
    """What amounts are counted in, by the largest of them."""
    amounts = [abs(q.earned) for q in fan.behind] + [abs(v) for q in fan.ahead for v in (q.band.p10, q.band.p90)]
    found = ((unit, name) for least, unit, name in _UNITS if max(amounts, default=Decimal(0)) >= least)
    return next(found, (Decimal(1), ""))


def _short(amount: Decimal, unit: Decimal, formats: Formats) -> str:
    """`90.4`, `124`, `8,120`: three digits are enough beside a line."""
    value = amount / unit
    return formats.number(value, 1 if unit > 1 and abs(value) < 100 else 0)


def _chart(fan: Fan, unit: Decimal, formats: Formats) -> charts.Fan:
    quarters = [q.period for q in fan.behind] + [q.period for q in fan.ahead]
    years = [words.year_of(p) for p in quarters]
    notes = [year if n == 0 or years[n - 1] != year else "" for n, year in enumerate(years)]
    names = [words.short_period(p) for p in quarters]
    points = tuple(
        charts.FanPoint(names[n], notes[n], float(q.earned), _short(q.earned, unit, formats))
        for n, q in enumerate(fan.behind)
    )
    start = len(points)
    bands = tuple(
        charts.FanBand(
            names[start + n],
            notes[start + n],
            tuple(float(v) for v in shares(q.band)),  # type: ignore[arg-type]
            tuple(_short(v, unit, formats) for v in shares(q.band)),  # type: ignore[arg-type]
        )
        for n, q in enumerate(fan.ahead)
    )
    return charts.Fan(points, bands, _ticks(fan, unit, formats))


def shares(band: Band) -> tuple[Decimal, Decimal, Decimal, Decimal, Decimal]:
    return (band.p10, band.p25, band.p50, band.p75, band.p90)


def _ticks(fan: Fan, unit: Decimal, formats: Formats) -> tuple[tuple[float, str], ...]:
    values = charts.round_ticks(max([q.earned for q in fan.behind] + [q.band.p90 for q in fan.ahead], default=ZERO))
    places = 1 if any(v / unit % 1 for v in values) else 0
    return tuple((float(v), formats.number(v / unit, places)) for v in values)


def _choices(paper: Paper, top: float, fan: Fan, data: PackData, formats: Formats) -> float:
    x, width = RIGHT - TABLE * MM, TABLE * MM
    sub = f"Earned in the quarter, {data.currency}; the same {fan.futures} futures in each row"
    top = heading(paper, x, top, width, "What changes the outcome", sub)
    first = words.short_period(fan.ahead[0].period)
    later = [words.short_period(q.period) for q in fan.ahead[1:]]
    columns = (
        Column("", grow=1, least=26),
        *(Column(f"{first}{HARD_SPACE}{share}", right=True) for share in ("P10", "P50", "P90")),
        *(Column(f"{name}{HARD_SPACE}P50", right=True) for name in later),
    )
    rows = [_row(line, n == 0, formats) for n, line in enumerate(fan.scenarios)]
    bottom = Table(columns, tuple(rows), 1.37).laid(width).draw(paper, x, top)
    if any(line.kept for line in fan.scenarios):
        return bottom
    return paper.paragraph(x, bottom + 1.5 * MM, width, _NO_PLAN, CELL_MUTED)


def scenario_name(line: ScenarioLine) -> str:
    """`As is`, `Plan`, `Plan and Gold`."""
    start = "Plan" if line.kept else "As is"
    return f"{start} and {line.tier}" if line.tier else start


def _row(line: ScenarioLine, first: bool, formats: Formats) -> Row:
    note = "what the plan works on goes well" if line.kept else "open business as it usually goes"
    if line.tier and line.since:
        note = f"{line.tier} in force from {formats.day(line.since)}"
    label = Cell((Span(scenario_name(line), CELL_BOLD), Span(f"  {note}", CELL_MUTED)))
    amounts = [*(getattr(line.bands[0], name) for name in ("p10", "p50", "p90")), *(b.p50 for b in line.bands[1:])]
    accent = replace(CELL_BOLD, colour="accent")
    cells = [
        Cell((Span(formats.number(amount), accent if first and n == 1 else CELL),)) for n, amount in enumerate(amounts)
    ]
    return Row((label, *cells), CELL)


def sources(fan: Fan) -> Sequence[str]:
    """What the range holds, and from how many futures."""
    return (*fan.holds, f"{fan.futures} futures drawn, seed {fan.seed}; an estimate, not a promise")


def fan_title(fan: Fan, formats: Formats) -> str:
    """What the running quarter may bring, and what the next tier would add in the one after it."""
    quarter = fan.ahead[0]
    name = words.capital(words.ordinal_period(quarter.period))
    band = quarter.band
    median = formats.compact(band.p50)
    if formats.compact(band.p10) == formats.compact(band.p90):
        said = f"{name}: {median} as things stand"
    else:
        low, high = formats.compact(band.p10), formats.compact(band.p90)
        said = f"{name}: median {median}, 8{HARD_SPACE}in{HARD_SPACE}10 outcomes between {low} and {high}"
    return f"{said}; {added}" if (added := _tier_clause(fan, formats)) else said


def _tier_clause(fan: Fan, formats: Formats) -> str:
    """What the tier adds to the median, beside the same row without it."""
    line = fan.scenarios[-1]
    beside = next((s for s in fan.scenarios if s.kept == line.kept and not s.tier), None)
    if not line.tier or line.since is None or beside is None or len(line.bands) < 2:
        return ""
    gain = line.bands[1].p50 - beside.bands[1].p50
    if gain <= 0:
        return ""
    return f"{line.tier} would add {formats.compact(gain)} in the quarter from {words.month_name(formats, line.since)}"
