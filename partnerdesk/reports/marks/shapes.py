"""The four shapes that marks are made of, and what can be done with them without a painter.

Plain frozen data: a rectangle, a line (of two or more points), a circle and a polygon. A fill or stroke is a colour
token or None.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Rect:
    x: float
    y: float
    width: float
    height: float
    fill: str | None = None
    stroke: str | None = None
    stroke_width: float = 0.75
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """A line through two or more points. `dash` holds lengths of stroke and gap; ends are flat unless `round`."""

    points: tuple[Point, ...]
    stroke: str
    stroke_width: float = 0.75
    dash: tuple[float, ...] = ()
    round: bool = False


@dataclass(frozen=True, slots=True)
class Circle:
    x: float
    y: float
    radius: float
    fill: str | None = None
    stroke: str | None = None
    stroke_width: float = 0.75


@dataclass(frozen=True, slots=True)
class Polygon:
    """A closed area with straight sides; corners of its outline are round."""

    points: tuple[Point, ...]
    fill: str | None = None
    stroke: str | None = None
    stroke_width: float = 0.75


Shape: TypeAlias = Rect | Line | Circle | Polygon


def moved(shapes: Iterable[Shape], dx: float, dy: float) -> tuple[Shape, ...]:
    """The same shapes elsewhere."""
    return tuple(_placed(s, 1.0, dx, dy) for s in shapes)


def scaled(shapes: Iterable[Shape], factor: float) -> tuple[Shape, ...]:
    """The same shapes larger or smaller, strokes too, about the origin."""
    return tuple(_placed(s, factor, 0.0, 0.0) for s in shapes)


def _placed(shape: Shape, k: float, dx: float, dy: float) -> Shape:
    if isinstance(shape, Rect):
        return replace(
            shape,
            x=shape.x * k + dx,
            y=shape.y * k + dy,
            width=shape.width * k,
            height=shape.height * k,
            stroke_width=shape.stroke_width * k,
            radius=shape.radius * k,
        )
    if isinstance(shape, Circle):
        x, y = shape.x * k + dx, shape.y * k + dy
        return replace(shape, x=x, y=y, radius=shape.radius * k, stroke_width=shape.stroke_width * k)
    points = tuple((x * k + dx, y * k + dy) for x, y in shape.points)
    if isinstance(shape, Line):
        dash = tuple(d * k for d in shape.dash)
        return replace(shape, points=points, stroke_width=shape.stroke_width * k, dash=dash)
    return replace(shape, points=points, stroke_width=shape.stroke_width * k)


def bounds(shapes: Iterable[Shape]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of all shapes, without the width of strokes; zeros of nothing."""
    boxes = [_box(s) for s in shapes]
    if not boxes:
        return (0.0, 0.0, 0.0, 0.0)
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return (min(lefts), min(tops), max(rights), max(bottoms))


def _box(shape: Shape) -> tuple[float, float, float, float]:
    if isinstance(shape, Rect):
        return (shape.x, shape.y, shape.x + shape.width, shape.y + shape.height)
    if isinstance(shape, Circle):
        r = shape.radius
        return (shape.x - r, shape.y - r, shape.x + r, shape.y + r)
    xs, ys = zip(*shape.points, strict=True)
    return (min(xs), min(ys), max(xs), max(ys))


def hatch_lines(rect: Rect, stroke: str, *, gap: float, stroke_width: float, falling: bool = False) -> tuple[Line, ...]:
    """Lines at 45 degrees, `gap` apart, cut at the sides of a rectangle; `falling` leans them like a backslash."""
    if rect.width <= 0 or rect.height <= 0 or gap <= 0:
        return ()
    step = gap * math.sqrt(2)
    lines = []
    offset = step / 2
    while offset < rect.width + rect.height:
        start = (min(offset, rect.width), max(0.0, offset - rect.width))
        end = (max(0.0, offset - rect.height), min(offset, rect.height))
        lines.append(_leaning(rect, start, end, falling, stroke, stroke_width))
        offset += step
    return tuple(lines)


def _leaning(rect: Rect, start: Point, end: Point, falling: bool, stroke: str, stroke_width: float) -> Line:
    def place(point: Point) -> Point:
        x = rect.width - point[0] if falling else point[0]
        return (rect.x + x, rect.y + point[1])

    return Line((place(start), place(end)), stroke, stroke_width)


def hatch_circle(
    circle: Circle, stroke: str, *, gap: float, stroke_width: float, falling: bool = False
) -> tuple[Line, ...]:
    """Lines at 45 degrees, `gap` apart, cut at the edge of a circle."""
    r = circle.radius
    lines = []
    diagonal = math.sqrt(0.5)
    lean = -1.0 if falling else 1.0
    distance = -r + gap / 2
    while distance < r:
        half = math.sqrt(max(0.0, r * r - distance * distance))
        cx, cy = distance * diagonal * lean, distance * diagonal
        dx, dy = half * diagonal, -half * diagonal * lean
        ends = ((circle.x + cx - dx, circle.y + cy - dy), (circle.x + cx + dx, circle.y + cy + dy))
        lines.append(Line(ends, stroke, stroke_width))
        distance += gap
    return tuple(lines)


def points_of(values: Sequence[float | None], at: Callable[[int, float], Point]) -> tuple[tuple[Point, ...], ...]:
    """Runs of points without gaps: a missing value breaks the line."""
    runs: list[list[Point]] = [[]]
    for index, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append(at(index, value))
    return tuple(tuple(run) for run in runs if run)
