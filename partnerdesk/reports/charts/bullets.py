"""The score against the tiers, and its components: bullets with their thresholds, gaps and projections named.

Only the composite and the component that decides carry the accent. A score that is not evaluated leaves its ranges
empty and says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from partnerdesk.reports.charts.columns import fitting_role, shortened, spot, two_lines
from partnerdesk.reports.charts.plot import PT, Plot
from partnerdesk.reports.charts.spots import Spot
from partnerdesk.reports.look import Look, Role
from partnerdesk.reports.marks import PAGE_BULLET, PAGE_COMPOSITE, Scale, bullet, diamond, tier_ranges

_LEFT, _RIGHT = 43.9, 20.0
_BAND_TOP, _BAND = 10.0, 10.9
_FIRST, _FOOT = 37.0, 13.0
_TWO_LINES = 8.8  # the room that a name and its note take


@dataclass(frozen=True, slots=True)
class Tier:
    """A tier's floor on the score; `next` marks the one to reach."""

    label: str
    floor: float
    next: bool = False


@dataclass(frozen=True, slots=True)
class Component:
    """One part of the score on the scale of points. None: not evaluated. `decides` gives it the accent."""

    label: str
    note: str
    value: float | None
    says: str
    previous: float | None = None
    projected: float | None = None
    decides: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """`lowest` names the tier below the first floor; `short` is the gap in words, `projected_says` the projection."""

    label: str
    note: str
    value: float | None
    says: str
    tiers: tuple[Tier, ...]
    components: tuple[Component, ...]
    lowest: str = ""
    short: str = ""
    projected: float | None = None
    projected_says: str = ""
    high: float = 100.0
    axis: tuple[str, ...] = ("0", "25", "50", "75", "100")
    key_now: str = "now"
    key_previous: str = ""
    key_projected: str = ""


def score_bullets(figure: Any, data: Bullets, look: Look) -> tuple[Spot, ...]:
    """Draws the composite on top and the components below it over the whole figure."""
    plot = Plot(figure, look)
    scale = Scale(0.0, data.high, _LEFT, plot.width - _LEFT - _RIGHT)
    _composite(plot, data, scale)
    _tier_names(plot, data, scale)
    _below(plot, data, scale)
    spots = [spot(plot, scale.start, _BAND_TOP, scale.length, _BAND, f"{data.label} {data.says}")]
    if not data.components:
        return tuple(spots)
    first, foot, pitch = _rows(plot, len(data.components))
    plot.rule(0.0, plot.width, first - 3.1, "line", look.grid_width)
    for n, part in enumerate(data.components):
        middle = first + pitch * (n + 0.5)
        _component(plot, part, scale, middle, pitch)
        spots.append(spot(plot, scale.start, middle - 3, scale.length, 6, f"{part.label} {part.says}"))
    for n, text in enumerate(data.axis):
        at = scale.start + scale.length * n / max(1, len(data.axis) - 1)
        plot.text(at, plot.height - foot + 4.0, text, look.axis, align="center")
    if foot == _FOOT:
        _key(plot, data, ("now", "previous", "projected"), scale.start, plot.height - foot + 9.4)
    else:  # rows stand close: the bar speaks for itself, the composite names its diamond
        _key(plot, data, ("previous",), 0.0, plot.height - foot + 4.0)
    return tuple(spots)


def _rows(plot: Plot, count: int) -> tuple[float, float, float]:
    """Where the components begin, what stays free below them, and the height of each; many stand closer together."""
    pitch = (plot.height - _FIRST - _FOOT) / count
    if pitch >= _TWO_LINES:
        return _FIRST, _FOOT, pitch
    first, foot = _FIRST - 3.0, _FOOT - 7.0
    return first, foot, (plot.height - first - foot) / count


def _composite(plot: Plot, data: Bullets, scale: Scale) -> None:
    reach = next((t.floor for t in data.tiers if t.next), None)
    shapes = bullet(
        scale.length / PT,
        _BAND / PT,
        value=data.value,
        high=data.high,
        ranges=tier_ranges([t.floor for t in data.tiers], data.high),
        target=reach,
        projected=data.projected,
        measure="accent",
        style=PAGE_COMPOSITE,
    )
    plot.shapes(shapes, scale.start, _BAND_TOP)
    _named(
        plot, data.label, data.note, _BAND_TOP + _BAND / 2, replace(plot.look.value, size=plot.look.value.size + 0.75)
    )
    large = Role(21, 27, "semibold", "accent") if data.value is not None else Role(9, 12, "semibold", "muted")
    room = _RIGHT - 2.0
    role = fitting_role(plot, [data.says], large, room)
    plot.text(plot.width, _BAND_TOP + _BAND / 2, data.says, role, align="right")


def _tier_names(plot: Plot, data: Bullets, scale: Scale) -> None:
    """Names at the floors; the next tier's is sure of its place, others give way."""
    look = plot.look
    names = [(data.lowest, 0.0, False)] if data.lowest else []
    names += [(t.label, t.floor, t.next) for t in data.tiers]
    taken: list[tuple[float, float]] = []
    for text, floor, is_next in sorted(names, key=lambda n: (not n[2], n[1])):
        role = replace(look.note, size=8.0, face="semibold", colour="text") if is_next else replace(look.note, size=8.0)
        left = scale.at(floor)
        right = left + plot.text_width(text, role)
        if right <= plot.width and all(right + 1.5 < a or left > b + 1.5 for a, b in taken):
            taken.append((left, right))
            plot.text(left, _BAND_TOP - 3.8, text, role)


def _below(plot: Plot, data: Bullets, scale: Scale) -> None:
    """The gap to the next tier, bracketed and named, and the projection."""
    look = plot.look
    middle = _BAND_TOP + _BAND + 3.2
    reach = next((t.floor for t in data.tiers if t.next), None)
    end = 0.0 if data.value is None else scale.at(data.value)
    if data.short and reach is not None and data.value is not None:
        bold = look.value
        wide = plot.text_width(data.short, bold)
        threshold = scale.at(reach)
        if end - 1.2 - wide >= scale.start:
            plot.line(
                ((end, middle - 1.0), (end, middle), (threshold, middle), (threshold, middle - 1.0)), "text", 0.75
            )
            plot.text(end - 1.2, middle, data.short, bold, align="right")
            end = threshold
        else:
            plot.text(threshold + 1.2, middle, data.short, bold)
            end = threshold + 1.2 + wide + 2.0
    if data.projected_says:
        role = replace(look.note, size=8.0)
        wide = plot.text_width(data.projected_says, role)
        plot.text(min(end + 1.2, plot.width - wide), middle, data.projected_says, role)


def _named(plot: Plot, label: str, note: str, middle: float, role: Role) -> None:
    """A name of up to two lines with its note below, centred on a height."""
    small = replace(plot.look.note, size=8.0)
    lines = two_lines(plot, label, role, _LEFT - 3.0)
    role = fitting_role(plot, lines, role, _LEFT - 3.0)
    lines = tuple(shortened(plot, line, role, _LEFT - 3.0) for line in lines)
    pitch = 4.2
    start = middle - pitch * (len(lines) + bool(note) - 1) / 2
    for n, line in enumerate(lines):
        plot.text(0.0, start + n * pitch, line, role)
    fitted = fitting_role(plot, [note], small, _LEFT - 3.0)
    plot.text(0.0, start + len(lines) * pitch, note, fitted)


def _component(plot: Plot, part: Component, scale: Scale, middle: float, pitch: float) -> None:
    height = min(6.1, pitch * 0.55)
    measure = "accent" if part.decides else "total"
    shapes = bullet(
        scale.length / PT,
        height / PT,
        value=part.value,
        high=scale.high,
        ranges=((scale.high, "range1" if plot.look.name == "document" else "range4"),),  # the palest of each
        previous=part.previous,
        projected=part.projected,
        measure=measure,
        style=PAGE_BULLET,
    )
    plot.shapes(shapes, scale.start, middle - height / 2)
    name = replace(plot.look.category, size=8.5, colour="text")
    if pitch < _TWO_LINES:
        plot.text(0.0, middle, shortened(plot, part.label, name, _LEFT - 3.0), name)
    else:
        _named(plot, part.label, part.note, middle, name)
    size, token = (9.5, "accent" if part.decides else "text") if part.value is not None else (7.5, "muted")
    role = Role(size, 12, "semibold" if part.value is not None else "regular", token)
    fitted = fitting_role(plot, [part.says], role, _RIGHT - 1.0)
    plot.text(plot.width, middle, part.says, fitted, align="right")


def _key(plot: Plot, data: Bullets, kinds: Sequence[str], x: float, middle: float) -> None:
    """What bar, tick and diamond stand for, in a row."""
    role = replace(plot.look.note, size=8.0)
    words = {"now": data.key_now, "previous": _previous(data), "projected": _projected(data)}
    for kind in kinds:
        if not words[kind]:
            continue
        x += _sign(plot, kind, x, middle)
        plot.text(x, middle, words[kind], role)
        x += plot.text_width(words[kind], role) + 5.0


def _previous(data: Bullets) -> str:
    return data.key_previous if any(c.previous is not None for c in data.components) else ""


def _projected(data: Bullets) -> str:
    return data.key_projected if any(c.projected is not None for c in data.components) else ""


def _sign(plot: Plot, kind: str, x: float, middle: float) -> float:
    """Draws a mark of the key and returns the room it takes."""
    if kind == "now":
        plot.rect(x, middle - 0.75, 5.0, 1.5, "total")
        return 6.3
    if kind == "previous":
        plot.line(((x + 0.5, middle - 1.7), (x + 0.5, middle + 1.7)), "text", PAGE_BULLET.previous_width)
        return 2.2
    plot.shapes([diamond(1.2 / PT, 0, 2.4 / PT, 0.9)], x, middle)
    return 3.6
