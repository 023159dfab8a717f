"""The score quarter by quarter against the floors of the tiers, with the days on which the rules changed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from partnerdesk.reports.charts.columns import spot
from partnerdesk.reports.charts.plot import Align, Plot
from partnerdesk.reports.charts.spots import Spot
from partnerdesk.reports.look import Look
from partnerdesk.reports.marks.shapes import points_of

_RIGHT = 13.5
_BELOW = 6.0
_LABEL = 3.4


@dataclass(frozen=True, slots=True)
class HistoryPoint:
    """The score at the end of a period; None where it was not evaluated. `says` is the printed score."""

    label: str
    value: Decimal | None
    says: str = ""


@dataclass(frozen=True, slots=True)
class Threshold:
    """The floor of a tier; `next` marks the one to reach."""

    label: str
    value: Decimal
    next: bool = False


@dataclass(frozen=True, slots=True)
class RuleMark:
    """A change of the rules, before the point with index `before`."""

    before: int
    label: str


@dataclass(frozen=True, slots=True)
class History:
    points: tuple[HistoryPoint, ...]
    thresholds: tuple[Threshold, ...]
    marks: tuple[RuleMark, ...] = ()


def score_history(figure: Any, data: History, look: Look) -> tuple[Spot, ...]:
    """Draws the line over the whole figure; the score runs on the scale that its values and two floors need."""
    plot = Plot(figure, look)
    known = [p.value for p in data.points if p.value is not None]
    if not known:
        return ()
    floors = _near(data.thresholds, known)
    values = [float(v) for v in known] + [float(t.value) for t in floors]
    low, high = min(values), max(values)
    top, bottom = 9.0 if data.marks else 4.0, plot.height - _BELOW
    right = plot.width - max([_RIGHT, *(plot.text_width(t.label, look.category) + 2.0 for t in floors)])
    left = plot.text_width(data.points[0].says, look.axis) + 2.0 if data.points[0].value is not None else 2.0

    def y(value: Decimal | float) -> float:
        return bottom - (bottom - top) * (float(value) - low) / ((high - low) or 1.0)

    def x(n: float) -> float:
        return left + (right - 2.0 - left) * n / max(1, len(data.points) - 1)

    _floors(plot, floors, y, (left - 1.0, right))
    _marks(plot, data.marks, x, bottom, right)
    _labels(plot, data.points, x)
    runs = points_of([None if p.value is None else float(p.value) for p in data.points], lambda n, v: (x(n), y(v)))
    for run in runs:
        if len(run) > 1:
            plot.line(run, "accent", look.data_width, round_ends=True)
    return _values(plot, data.points, x, y, [y(f.value) for f in floors])


def _near(thresholds: Sequence[Threshold], values: Sequence[Decimal]) -> list[Threshold]:
    """The floors that lie within the values, and the nearest below and above them."""
    low, high = min(values), max(values)
    below = [t for t in thresholds if t.value <= low]
    above = [t for t in thresholds if t.value > high]
    inside = [t for t in thresholds if low < t.value <= high]
    chosen = sorted(below, key=lambda t: t.value)[-1:] + inside + sorted(above, key=lambda t: t.value)[:1]
    return chosen + [t for t in thresholds if t.next and t not in chosen]


def _floors(plot: Plot, floors: Sequence[Threshold], y: Any, ends: tuple[float, float]) -> None:
    look = plot.look
    lowest = plot.height
    for floor in sorted(floors, key=lambda t: t.value):
        plot.rule(*ends, y(floor.value), "muted" if floor.next else "grid", 1.0 if floor.next else look.grid_width)
        role = replace(look.note, face="semibold", colour="text") if floor.next else look.note
        lowest = min(y(floor.value), lowest - _LABEL)
        plot.text(plot.width, lowest, floor.label, role, align="right")


def _marks(plot: Plot, marks: Sequence[RuleMark], x: Any, bottom: float, right: float) -> None:
    look = plot.look
    end = right + 20.0
    for mark in sorted(marks, key=lambda m: -m.before):
        at = x(mark.before - 0.5)
        plot.line(((at, 0.6), (at, bottom)), "muted", 0.5, dash=(2.2, 2.2))
        wide = plot.text_width(mark.label, look.note)
        if at - 1.0 <= end and at - wide - 1.0 >= 0:
            plot.text(at - 1.0, 2.2, mark.label, look.note, align="right")
            end = at - wide - 3.0


def _labels(plot: Plot, points: Sequence[HistoryPoint], x: Any) -> None:
    """Periods under the line: every one that has room, the first and the last always."""
    look, last = plot.look, len(points) - 1
    widest = max(plot.text_width(p.label, look.axis) for p in points) + 5.0
    every = max(1, -(-int(widest * 10) // max(1, int((x(1) - x(0)) * 10)))) if last else 1
    shown = {n for n in range(0, last + 1, every) if last - n >= every} | {0, last}
    for n in sorted(shown):
        align: Align = "left" if n == 0 and last else "center"
        plot.text(x(n), plot.height - 2.0, points[n].label, look.axis, align=align)


def _next(points: Sequence[HistoryPoint], n: int) -> Decimal:
    """The value after a point, or its own: the line leaves towards it, so the text stands on the other side."""
    following = (p.value for p in points[n + 1 :] if p.value is not None)
    return next(following, points[n].value or Decimal(0))


def _clear(height: float, floors: Sequence[float], bottom: float) -> float:
    """Where the last value can stand beside its dot without touching the name of a floor."""
    for offset in (1.6, -1.8, 0.0, 3.2, -3.4, 4.8, -5.0):
        middle = height + offset
        if 1.5 < middle < bottom and all(abs(middle - floor) >= _LABEL for floor in floors):
            return middle
    return height


def _values(plot: Plot, points: Sequence[HistoryPoint], x: Any, y: Any, floors: Sequence[float]) -> tuple[Spot, ...]:
    """The last value in accent with its dot, the first one before its point; others where a screen has room."""
    look, last = plot.look, len(points) - 1
    roomy = last > 0 and x(1) - x(0) > 16
    spots = []
    for n, point in enumerate(points):
        if point.value is None:
            continue
        at, height = x(n), y(point.value)
        spots.append(spot(plot, at - 1.5, height - 1.5, 3.0, 3.0, f"{point.label} {point.says}"))
        if n == last:
            plot.circle(at, height, 1.15, "accent")
            middle = _clear(height, floors, plot.height - _BELOW)
            plot.text(at + 2.2, middle, point.says, replace(look.value, colour="accent"))
        elif n == 0:  # where no line can cross it
            plot.text(at - 1.2, height, point.says, replace(look.axis, colour="text"), align="right")
        elif roomy:
            rises = _next(points, n) > point.value and height + 4.4 < plot.height - _BELOW
            role = replace(look.axis, colour="text")
            plot.text(at, height + (2.8 if rises else -2.6), point.says, role, align="center")
    return tuple(spots)
