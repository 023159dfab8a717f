"""A fan: what was, as a solid line; what may be, as a dashed median in two bands; zero stands on the axis.

The dark band holds five of ten outcomes, the light one eight. The last actual amount joins both, so that the eye reads
one line. Amounts are named at the line's end, not in a legend.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from partnerdesk.reports.charts.columns import spot
from partnerdesk.reports.charts.plot import PT, Align, Plot
from partnerdesk.reports.charts.spots import Spot
from partnerdesk.reports.look import Look, Role
from partnerdesk.reports.marks.shapes import Polygon

_TOP, _BELOW, _RIGHT, _LINE = 9.0, 10.5, 18.0, 3.5  # mm
_THIN = 0.3  # points: one outcome of many


@dataclass(frozen=True, slots=True)
class FanPoint:
    """An actual amount and its period; `note` is the year, where it is the first of one."""

    label: str
    note: str
    value: float
    says: str


@dataclass(frozen=True, slots=True)
class FanBand:
    """The amounts below which 10, 25, 50, 75 and 90 of a hundred outcomes stay, as numbers and as texts."""

    label: str
    note: str
    values: tuple[float, float, float, float, float]
    says: tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Fan:
    """`ticks` are the grid lines with their texts; `actual` and `forecast` name the two sides of the last amount.

    `paths` are single outcomes, an amount for each band.
    """

    points: tuple[FanPoint, ...]
    bands: tuple[FanBand, ...]
    ticks: tuple[tuple[float, str], ...]
    actual: str = "actual"
    forecast: str = "forecast"
    paths: tuple[tuple[float, ...], ...] = ()


TICKS = 3


def round_ticks(high: Decimal) -> list[Decimal]:
    """Zero and up to three round amounts above it, none above `high`."""
    if high <= 0:
        return [Decimal(0)]
    power = Decimal(1).scaleb(high.adjusted())
    step = next(s for f in ("0.2", "0.5", "1", "2", "5") if high // (s := power * Decimal(f)) <= TICKS)
    return [step * n for n in range(int(high // step) + 1)]


class _Scale:
    """Places of periods and amounts in millimetres."""

    def __init__(self, plot: Plot, data: Fan) -> None:
        amounts = [p.value for p in data.points] + [v for b in data.bands for v in b.values]
        amounts += [value for value, _ in data.ticks] + [value for path in data.paths for value in path]
        self.low, self.high = min(0.0, *amounts), max(0.0, *amounts) or 1.0
        self.left = 3.0 + max((plot.text_width(says, plot.look.axis) for _, says in data.ticks), default=0.0)
        self.right, self.bottom = plot.width - _RIGHT, plot.height - _BELOW
        self.steps = max(1, len(data.points) + len(data.bands) - 1)

    def x(self, n: int) -> float:
        inset = 4.0
        return self.left + inset + (self.right - self.left - inset) * n / self.steps

    def y(self, value: float) -> float:
        return self.bottom - (self.bottom - _TOP) * (value - self.low) / (self.high - self.low)


def earned_fan(figure: Any, data: Fan, look: Look) -> tuple[Spot, ...]:
    """Draws the fan over the whole figure."""
    plot = Plot(figure, look)
    if not data.points and not data.bands:
        return ()
    scale = _Scale(plot, data)
    _grid(plot, data, scale)
    _periods(plot, data, scale)
    _bands(plot, data, scale)
    _paths(plot, data, scale)
    _today(plot, data, scale)
    spots = _actual(plot, data, scale)
    return (*spots, *_ahead(plot, data, scale))


def _grid(plot: Plot, data: Fan, scale: _Scale) -> None:
    look = plot.look
    for value, says in data.ticks:
        if value:
            plot.rule(scale.left, scale.right, scale.y(value), "grid", look.grid_width)
        plot.text(scale.left - 1.5, scale.y(value), says, look.axis, align="right")
    plot.rule(scale.left, scale.right, scale.y(0.0), "text", look.baseline)


def _periods(plot: Plot, data: Fan, scale: _Scale) -> None:
    """Periods below the axis, those ahead heavier; years below them."""
    look = plot.look
    parts: tuple[FanPoint | FanBand, ...] = (*data.points, *data.bands)
    for n, part in enumerate(parts):
        ahead = n >= len(data.points)
        role = replace(look.axis, face="semibold", colour="text") if ahead else look.axis
        plot.text(scale.x(n), scale.bottom + 3.4, part.label, role, align="center")
        if part.note:
            plot.text(scale.x(n), scale.bottom + 7.2, part.note, look.axis, align="center")


def _bands(plot: Plot, data: Fan, scale: _Scale) -> None:
    """The light band, then the dark one, both from the last actual amount on."""
    for low, high, token in ((0, 4, "fan80"), (1, 3, "fan50")):
        upper, lower = _edge(data, scale, high), _edge(data, scale, low)
        corners = tuple((x / PT, y / PT) for x, y in (*upper, *reversed(lower)))
        if len(corners) > 2:
            plot.shapes((Polygon(corners, token),))


def _paths(plot: Plot, data: Fan, scale: _Scale) -> None:
    """Single outcomes as thin lines from the last actual amount on."""
    start = len(data.points)
    first = [(scale.x(start - 1), scale.y(data.points[-1].value))] if data.points else []
    for path in data.paths:
        places = first + [(scale.x(start + n), scale.y(value)) for n, value in enumerate(path)]
        if len(places) > 1:
            plot.line(places, "accent", _THIN)


def _edge(data: Fan, scale: _Scale, share: int) -> list[tuple[float, float]]:
    """The line of one share from the last actual amount over all bands."""
    start = len(data.points)
    first = [(scale.x(start - 1), scale.y(data.points[-1].value))] if data.points else []
    return first + [(scale.x(start + n), scale.y(band.values[share])) for n, band in enumerate(data.bands)]


def _today(plot: Plot, data: Fan, scale: _Scale) -> None:
    """Where what is known ends."""
    if not (data.points and data.bands):
        return
    at = scale.x(len(data.points) - 1)
    plot.line(((at, 1.0), (at, scale.bottom)), "muted", 0.5, dash=(2.2, 2.2))
    plot.text(at - 1.2, 2.6, data.actual, plot.look.axis, align="right")
    plot.text(at + 1.2, 2.6, data.forecast, plot.look.axis)


def _actual(plot: Plot, data: Fan, scale: _Scale) -> tuple[Spot, ...]:
    look = plot.look
    places = [(scale.x(n), scale.y(p.value)) for n, p in enumerate(data.points)]
    if len(places) > 1:
        plot.line(places, "text", look.data_width, round_ends=True)
    if places:
        x, y = places[-1]
        plot.circle(x, y, 1.1, "text")
        falls = len(places) > 1 and places[-2][1] < y  # the line comes from above
        if falls and y + _LINE + 1.0 > scale.bottom:  # below are the names of the periods
            plot.text(x + 1.6, y - 2.6, data.points[-1].says, look.value)
        else:
            plot.text(x - 2.0, y + (2.8 if falls else -2.6), data.points[-1].says, look.value, align="right")
    return tuple(
        spot(plot, x - 2.0, y - 2.0, 4.0, 4.0, f"{p.label} {p.note}: {p.says}".replace(" :", ":"))
        for (x, y), p in zip(places, data.points, strict=True)
    )


def _ahead(plot: Plot, data: Fan, scale: _Scale) -> list[Spot]:
    """The dashed median, the amounts of the first quarter beside it, those of the last one at its end."""
    spots: list[Spot] = []
    median = _edge(data, scale, 2)
    if len(median) > 1:
        plot.line(median, "accent", 1.5, dash=(4.5, 2.8))
    start = len(data.points)
    for n, band in enumerate(data.bands):
        x, ys = scale.x(start + n), [scale.y(v) for v in band.values]
        spots.append(spot(plot, x - 3.0, ys[4], 6.0, max(2.0, ys[0] - ys[4]), f"{band.label} {', '.join(band.says)}"))
        if n == len(data.bands) - 1:
            _end(plot, band, ys, x)
        else:
            _inside(plot, band, ys, x, _beside(data, scale, n))
    return spots


def _beside(data: Fan, scale: _Scale, n: int) -> tuple[float, float]:
    """The heights of the median before and after a band."""
    before = data.bands[n - 1].values[2] if n else data.points[-1].value if data.points else data.bands[n].values[2]
    return scale.y(before), scale.y(data.bands[n + 1].values[2])


def _inside(plot: Plot, band: FanBand, ys: Sequence[float], x: float, beside: tuple[float, float]) -> None:
    """A quarter within the fan: its median with a hollow dot, and the outer amounts where they are apart from it."""
    look = plot.look
    plot.circle(x, ys[2], 1.1, "bg", "accent", 1.25)
    apart = ys[2] - ys[4] > 2 * _LINE
    has_room_below = ys[2] + _LINE + 1.0 < plot.height - _BELOW
    is_low = beside[0] < ys[2] and beside[1] < ys[2]
    is_valley = is_low and has_room_below
    align: Align = "center"
    at, middle = x, ys[2] + 3.2 if is_valley else ys[2] - 3.0
    if is_low and not has_room_below:  # on the side where the line is steeper, so that it is out of the way
        align = "left" if beside[1] <= beside[0] else "right"
        at, middle = x + (2.0 if align == "left" else -2.0), ys[2]
    elif beside[0] < ys[2] <= beside[1]:  # the line falls
        align, at = "left", x + 1.6
    elif beside[1] < ys[2] - _LINE and beside[0] > ys[2]:  # the line rises, and more so after it
        align, at = "right", x - 1.2
    plot.text(at, middle, band.says[2], _accent(look), align=align)
    if apart:
        plot.text(x, ys[4] - 2.4, band.says[4], look.category, align="center")
    if ys[0] - ys[2] > (2 * _LINE if is_valley else _LINE) and ys[0] + _LINE < plot.height - _BELOW:
        plot.text(x, ys[0] + 2.6, band.says[0], look.category, align="center")


def _end(plot: Plot, band: FanBand, ys: Sequence[float], x: float) -> None:
    """P90, P50 and P10 at the end of the lines, moved apart where they would touch; the others where there is room."""
    look = plot.look
    low = min(max(ys[0], ys[2] + _LINE), plot.height - _BELOW - 1.5)
    middle = min(ys[2], low - _LINE)
    places = {2: middle, 4: min(ys[4], middle - _LINE), 0: low}
    names = {4: "P90", 2: "P50", 0: "P10"}
    for share, y in [*places.items()]:
        role = _accent(look) if share == 2 else look.category
        plot.text(x + 1.5, y, f"{band.says[share]}  {names[share]}", role)
    for share in (3, 1):
        if all(abs(ys[share] - taken) >= _LINE for taken in places.values()):
            places[share] = ys[share]
            plot.text(x + 1.5, ys[share], band.says[share], look.category)


def _accent(look: Look) -> Role:
    return replace(look.value, colour="accent")
