"""Bullet graphs: one measure over ranges, with a target, where it stood before and where it is projected.

The composite of a score is a bullet whose ranges are the tiers. The scale is linear, values beyond its ends stop at
the ends.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from partnerdesk.reports.marks.shapes import Line, Polygon, Rect, Shape


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear scale from `low` at `start` to `high` at `start + length`."""

    low: float
    high: float
    start: float
    length: float

    def at(self, value: float) -> float:
        """Where a value stands; the ends hold what lies beyond them."""
        if self.high <= self.low:
            return self.start
        share = (value - self.low) / (self.high - self.low)
        return self.start + self.length * min(1.0, max(0.0, share))


@dataclass(frozen=True, slots=True)
class BulletStyle:
    """Shares are of the height of the ranges; widths and the diamond are in units."""

    measure: float
    target: float
    target_width: float
    previous: float
    previous_width: float
    diamond: float
    diamond_width: float


SCREEN_BULLET = BulletStyle(0.34, 0.84, 2.5, 0.7, 1.2, 10, 1.5)
PAGE_BULLET = BulletStyle(0.335, 1.0, 2.2, 0.76, 0.9, 8.5, 0.9)
PAGE_COMPOSITE = BulletStyle(0.335, 1.3, 2.2, 0.76, 0.9, 8.5, 0.9)


def tier_ranges(floors: Sequence[float], high: float = 100) -> tuple[tuple[float, str], ...]:
    """Ranges (upper end, colour token) between the floors of tiers, the darkest at the top, at most four."""
    ends = [*[f for f in sorted(floors) if f < high][-3:], high]
    return tuple((end, f"range{n}") for n, end in enumerate(ends, start=1))


def bullet(
    width: float,
    height: float,
    *,
    value: float | None,
    low: float = 0,
    high: float = 100,
    ranges: Sequence[tuple[float, str]] = ((100, "range1"),),
    target: float | None = None,
    previous: float | None = None,
    projected: float | None = None,
    measure: str = "accent",
    style: BulletStyle = SCREEN_BULLET,
) -> tuple[Shape, ...]:
    """A bullet of that size at the origin. Without a value only ranges and target are drawn."""
    scale = Scale(low, high, 0, width)
    shapes: list[Shape] = _bands(scale, height, ranges)
    if value is not None:
        bar = height * style.measure
        shapes.append(Rect(0, (height - bar) / 2, scale.at(value), bar, measure))
    if previous is not None:
        shapes.append(_tick(scale.at(previous), height, style.previous, style.previous_width))
    if target is not None:
        shapes.append(_tick(scale.at(target), height, style.target, style.target_width))
    if projected is not None:
        shapes.append(diamond(scale.at(projected), height / 2, style.diamond, style.diamond_width))
    return tuple(shapes)


def _bands(scale: Scale, height: float, ranges: Sequence[tuple[float, str]]) -> list[Shape]:
    shapes: list[Shape] = []
    left = scale.start
    for end, token in ranges:
        right = scale.at(end)
        if right > left:
            shapes.append(Rect(left, 0, right - left, height, token))
        left = max(left, right)
    return shapes


def _tick(x: float, height: float, share: float, width: float) -> Line:
    over = height * (share - 1) / 2
    return Line(((x, -over), (x, height + over)), "text", width)


def diamond(x: float, y: float, size: float, stroke_width: float = 1.0, stroke: str = "text") -> Polygon:
    """The hollow diamond that stands for a projected value, `size` from tip to tip."""
    r = size / 2
    return Polygon(((x, y - r), (x + r, y), (x, y + r), (x - r, y)), "bg", stroke, stroke_width)
