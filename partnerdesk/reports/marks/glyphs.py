"""Status glyphs and tier pips. A status is always shape + word + colour; the shape is drawn, never typed.

Each glyph is drawn in a box of 10 x 10 units and scaled from there; its colour is part of its meaning.
"""

import math
from collections.abc import Callable
from types import MappingProxyType

from partnerdesk.reports.marks.bars import hatched
from partnerdesk.reports.marks.shapes import Circle, Line, Polygon, Rect, Shape, moved, scaled

BOX = 10.0


def _tick(colour: str) -> Line:
    return Line(((2.9, 5.2), (4.4, 6.8), (7.2, 3.5)), colour, 1.3, round=True)


def _disc(colour: str) -> tuple[Shape, ...]:
    return (Circle(5, 5, 4.8, colour), _tick("bg"))


def _ring(colour: str) -> tuple[Shape, ...]:
    return (Circle(5, 5, 4.3, None, colour, 1.1), _tick(colour))


def _alert(colour: str) -> tuple[Shape, ...]:
    triangle = Polygon(((5, 0.9), (9.5, 9), (0.5, 9)), None, colour, 1.1)
    return (triangle, Line(((5, 3.9), (5, 6.1)), colour, 1.1), Line(((5, 7.0), (5, 8.0)), colour, 1.1))


def _crossed(colour: str) -> tuple[Shape, ...]:
    box = Rect(0.7, 0.7, 8.6, 8.6, None, colour, 1.2)
    return (box, *_strokes(colour, (3, 3), (7, 7)), *_strokes(colour, (7, 3), (3, 7)))


def _strokes(colour: str, a: tuple[float, float], b: tuple[float, float]) -> tuple[Shape, ...]:
    return (Line((a, b), colour, 1.2),)


def _octagon(colour: str) -> tuple[Shape, ...]:
    corners = tuple(
        (5 + 4.7 * math.cos(math.pi / 8 + n * math.pi / 4), 5 + 4.7 * math.sin(math.pi / 8 + n * math.pi / 4))
        for n in range(8)
    )
    return (Polygon(corners, None, colour, 1.1), Line(((5, 2.6), (5, 5.6)), colour, 1.1), Circle(5, 7.3, 0.6, colour))


def _half(colour: str) -> tuple[Shape, ...]:
    arc = tuple((5 + 4.2 * math.sin(a), 5 - 4.2 * math.cos(a)) for a in (n * math.pi / 16 for n in range(17)))
    return (Circle(5, 5, 4.2, None, colour, 1.1), Polygon(arc, colour))


def _clock(colour: str) -> tuple[Shape, ...]:
    hands = Line(((5, 2.4), (5, 5.2), (7, 6.3)), colour, 1.1, round=True)
    return (Circle(5, 5, 4.3, None, colour, 1.1), hands)


def _ban(colour: str) -> tuple[Shape, ...]:
    return (Circle(5, 5, 4.3, None, colour, 1.1), Line(((2, 2), (8, 8)), colour, 1.1))


def _lock(colour: str) -> tuple[Shape, ...]:
    bow = ((3, 4.6), (3, 3.2), (3.6, 1.7), (5, 1.1), (6.4, 1.7), (7, 3.2), (7, 4.6))
    return (Rect(1.6, 4.6, 6.8, 4.6, colour, radius=0.8), Line(bow, colour, 1.2))


def _flag(colour: str) -> tuple[Shape, ...]:
    return (
        Line(((1.8, 0.6), (1.8, 9.6)), colour, 1.2),
        Polygon(((1.8, 1.2), (9, 1.2), (7, 3.8), (9, 6.4), (1.8, 6.4)), None, colour, 1.1),
    )


def _unknown(colour: str) -> tuple[Shape, ...]:
    arcs = []
    for n in range(6):
        a, b = n * math.pi / 3, n * math.pi / 3 + math.pi / 5
        middle = (a + b) / 2
        arcs.append(Line(tuple((5 + 4.3 * math.cos(t), 5 + 4.3 * math.sin(t)) for t in (a, middle, b)), colour, 1.1))
    return tuple(arcs)


def _up(colour: str) -> tuple[Shape, ...]:
    return (Polygon(((5, 2), (8.8, 8.4), (1.2, 8.4)), colour),)


def _down(colour: str) -> tuple[Shape, ...]:
    return (Polygon(((1.6, 2.2), (8.4, 2.2), (5, 8)), None, colour, 1.1),)


def _same(colour: str) -> tuple[Shape, ...]:
    return (Line(((1.5, 5), (8.5, 5)), colour, 1.3),)


def _dot(colour: str) -> tuple[Shape, ...]:
    return (Circle(5, 5, 4.3, None, colour, 1.1), Circle(5, 5, 1.6, colour))


_DRAWN: dict[str, Callable[[], tuple[Shape, ...]]] = {
    "done": lambda: _disc("good"),
    "met": lambda: _disc("good"),
    "ok": lambda: _ring("good"),
    "late": lambda: _alert("warn"),
    "warn": lambda: _alert("warn"),
    "dropped": lambda: _crossed("bad"),
    "not_met": lambda: _crossed("bad"),
    "bad": lambda: _octagon("bad"),
    "open": lambda: _dot("info"),
    "progress": lambda: _half("accent"),
    "overdue": lambda: _clock("bad"),
    "waiting": lambda: _clock("muted"),
    "blocked": lambda: _ban("bad"),
    "final": lambda: _lock("muted"),
    "missing": lambda: _flag("bad"),
    "unknown": lambda: _unknown("muted"),
    "up": lambda: _up("text"),
    "down": lambda: _down("text"),
    "same": lambda: _same("muted"),
    "owned": lambda: (Rect(0.5, 0.5, 9, 9, "total"),),
    "pipeline": lambda: (Rect(0.9, 0.9, 8.2, 8.2, None, "total", 1.0), Rect(0.9, 0.9, 4.1, 8.2, "total")),
    "gap": lambda: (Rect(1, 1, 8, 8, None, "accent", 1.5),),
    "not_eligible": lambda: (Circle(5, 5, 0.9, "muted"),),
    "blank": lambda: (),
    "held": lambda: hatched(0, 1, 10, 8, "held", gap=2.6),
}
GLYPHS = MappingProxyType({name: draw() for name, draw in _DRAWN.items()})


def glyph(name: str, size: float = BOX, x: float = 0.0, y: float = 0.0) -> tuple[Shape, ...]:
    """The glyph `name` of `GLYPHS` in a box of that size at that place. Raises KeyError for an unknown name."""
    return moved(scaled(GLYPHS[name], size / BOX), x, y)


def tier_pips(
    reached: int, of: int = 4, *, size: float = 7, pitch: float = 9, filled: str | None = None, empty: str = "border"
) -> tuple[Shape, ...]:
    """`of` dots in a row, the first `reached` filled in the tier's colour (or `filled`), the rest hollow."""
    colour = filled or f"tier{min(4, max(1, reached))}"
    radius = size / 2
    shapes: list[Shape] = []
    for n in range(of):
        x = radius + n * pitch
        if n < reached:
            shapes.append(Circle(x, radius, radius, colour, "tier_line", 0.75))
        else:
            shapes.append(Circle(x, radius, radius - 0.4, None, empty, 0.8))
    return tuple(shapes)
