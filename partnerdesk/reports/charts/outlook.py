"""What is scheduled and what if all dated business closes: two runs of the same rules, month by month.

One panel per series (earned, payable), all on one scale. Closed months stand dark, the scheduled run solid grey,
the other as an outline, for it is no promise. There is no band: nothing here claims to know a range.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from partnerdesk.reports.charts.columns import Heights, fitting_role, inside, key, spot
from partnerdesk.reports.charts.plot import PT, Plot
from partnerdesk.reports.charts.spots import Spot
from partnerdesk.reports.look import Look, Role

_KEY, _TITLE, _LABELS, _GAP = 6.0, 5.0, 10.0, 3.0
_LINE = 3.2  # from one label to the next above it


@dataclass(frozen=True, slots=True)
class OutlookMonth:
    """A month and, where it is the first of one, its year. `closed` months have one column, the actual amount."""

    label: str
    note: str = ""
    closed: bool = False


@dataclass(frozen=True, slots=True)
class OutlookSeries:
    """Amounts by month; in closed months both hold the actual amount. `says...` are the printed amounts."""

    title: str
    scheduled: tuple[Decimal, ...]
    if_all: tuple[Decimal, ...]
    says_scheduled: tuple[str, ...]
    says_if_all: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outlook:
    """`closed`, `scheduled` and `if_all` are the names of the runs as the key prints them."""

    months: tuple[OutlookMonth, ...]
    series: tuple[OutlookSeries, ...]
    closed: str
    scheduled: str
    if_all: str


@dataclass(frozen=True, slots=True)
class _Bar:
    n: int
    x: float
    width: float
    value: Decimal
    says: str
    filling: str


def monthly_outlook(figure: Any, data: Outlook, look: Look) -> tuple[Spot, ...]:
    """Draws the panels one below the other over the whole figure."""
    plot = Plot(figure, look)
    if not (data.months and data.series):
        return ()
    parts = [("dark", data.closed)] if any(m.closed for m in data.months) else []
    if not all(m.closed for m in data.months):
        parts += [("solid", data.scheduled), ("outline", data.if_all)]
    key(plot, 0.2, 2.2, parts)
    spots: list[Spot] = []
    top = _KEY
    for series, height in zip(data.series, _heights(plot, data), strict=True):
        spots += _panel(plot, data, series, top, top + height)
        top += height + _GAP
    _months(plot, data.months)
    return tuple(spots)


def _heights(plot: Plot, data: Outlook) -> list[float]:
    """The height of each panel, so that an amount is as high in one as in the other and no room is lost."""
    fixed = [_TITLE + _label(plot) * (2 if min(_amounts(s)) < 0 else 1) for s in data.series]
    reach = [float(max(_amounts(s)) - min(_amounts(s))) for s in data.series]
    most = max(reach) or 1.0
    reach = [max(r, most * 0.15) for r in reach]
    room = plot.height - _KEY - _LABELS - _GAP * (len(data.series) - 1) - sum(fixed)
    return [f + room * r / sum(reach) for f, r in zip(fixed, reach, strict=True)]


def _amounts(series: OutlookSeries) -> list[Decimal]:
    return [Decimal(0), *series.scheduled, *series.if_all]


def _label(plot: Plot) -> float:
    return plot.look.value.leading * PT + 0.4


def _panel(plot: Plot, data: Outlook, series: OutlookSeries, top: float, bottom: float) -> list[Spot]:
    look, values = plot.look, _amounts(series)
    plot.text(0.0, top + 2.0, series.title, replace(look.category, face="semibold", colour="text"))
    below = _label(plot) if min(values) < 0 else 0.0
    heights = Heights.over(values, top + _TITLE + _label(plot), bottom - below)
    plot.rule(0.0, plot.width, heights.zero, "text", look.baseline)
    bars = _bars(plot, data.months, series)
    role = fitting_role(plot, [b.says for b in bars], look.value, min((b.width for b in bars), default=9.0) + 1.6)
    spots = []
    ends: list[tuple[float, float]] = []
    for bar in bars:
        end = heights.at(bar.value)
        first, last = min(end, heights.zero), max(end, heights.zero)
        ends.append((first, last))
        if bar.value:
            plot.bar(bar.x, first, bar.width, max(last - first, 0.3), bar.filling)
        says = f"{data.months[bar.n].label} {series.title}: {bar.says}"
        spots.append(spot(plot, bar.x, first, bar.width, last - first, says))
    _says(plot, bars, ends, role)
    return spots


def _says(plot: Plot, bars: Sequence[_Bar], ends: Sequence[tuple[float, float]], role: Role) -> None:
    """The amounts at the ends of the bars; one for two that say the same, and one higher where two would touch."""
    taken: list[tuple[float, float, float]] = []
    skipped = False
    for n, (bar, (first, last)) in enumerate(zip(bars, ends, strict=True)):
        if skipped:
            skipped = False
            continue
        x = bar.x + bar.width / 2
        following = bars[n + 1] if n + 1 < len(bars) and bars[n + 1].n == bar.n else None
        if following is not None and following.says == bar.says and following.value == bar.value:
            x, skipped = (x + following.x + following.width / 2) / 2, True
        middle = last + 2.0 if bar.value < 0 else first - 2.0
        x = inside(plot, x, bar.says, role)
        half = plot.text_width(bar.says, role) / 2 + 0.3
        while any(x - half < b and x + half > a and abs(middle - y) < _LINE for a, b, y in taken):
            middle += _LINE if bar.value < 0 else -_LINE
        taken.append((x - half, x + half, middle))
        plot.text(x, middle, bar.says, role, align="center")


def _bars(plot: Plot, months: Sequence[OutlookMonth], series: OutlookSeries) -> list[_Bar]:
    step = plot.width / len(months)
    width = min(9.0, step * 0.38)
    bars = []
    for n, month in enumerate(months):
        middle = step * (n + 0.5)
        if month.closed:
            bars.append(_Bar(n, middle - width / 2, width, series.scheduled[n], series.says_scheduled[n], "dark"))
            continue
        left = middle - width - 0.7
        bars.append(_Bar(n, left, width, series.scheduled[n], series.says_scheduled[n], "solid"))
        bars.append(_Bar(n, middle + 0.7, width, series.if_all[n], series.says_if_all[n], "outline"))
    return bars


def _months(plot: Plot, months: Sequence[OutlookMonth]) -> None:
    look, step, top = plot.look, plot.width / len(months), plot.height - _LABELS
    role = fitting_role(plot, [m.label for m in months], look.category, step - 1.0)
    free = 0.0
    for n, month in enumerate(months):
        plot.text(step * (n + 0.5), top + 3.2, month.label, role, align="center")
        x = inside(plot, step * (n + 0.5), month.note, look.note)
        half = plot.text_width(month.note, look.note) / 2
        if month.note and x - half >= free:
            plot.text(x, top + 7.0, month.note, look.note, align="center")
            free = x + half + 1.0
