"""Bars that say how money or promises stand: solid, hatched, flat with an outline, or an outline alone.

Each way of filling survives a grey printer. A block per promise makes a ratio countable.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from partnerdesk.reports.marks.shapes import Rect, Shape, hatch_lines


@dataclass(frozen=True, slots=True)
class Filling:
    """How a bar is filled: ground, outline and the lines of a hatch, as colour tokens."""

    ground: str | None = None
    outline: str | None = None
    hatch: str | None = None
    falling: bool = False
    heavy: bool = False  # the wider lines that mean held money


FILLINGS: dict[str, Filling] = {
    "solid": Filling("total"),
    "dark": Filling("text"),
    "accent": Filling("accent"),
    "up": Filling("up"),
    "down": Filling("bg", "down", "down", falling=True),
    "held": Filling("held_ground", "held_line", "held", heavy=True),
    "holdback": Filling("holdback", "held_line"),
    "hatched": Filling("bg", "total", "total"),
    "outline": Filling(None, "total"),
    "grey": Filling("grey"),
    "soft": Filling("range2", "grey"),
    "flagged": Filling("bg", "down", "down", falling=True),
}

_PROMISE = {"done": "solid", "late": "hatched", "dropped": "outline", "open": "soft"}


def hatched(
    x: float,
    y: float,
    width: float,
    height: float,
    filling: str = "hatched",
    *,
    gap: float = 3.1,
    hatch_width: float = 0.6,
    heavy_width: float = 0.8,
    outline_width: float = 0.75,
) -> tuple[Shape, ...]:
    """A bar in one of `FILLINGS`: ground and hatch first, the outline over them, all inside the given size."""
    how = FILLINGS[filling]
    inset = outline_width / 2 if how.outline else 0.0
    inner = Rect(x + inset, y + inset, max(0.0, width - 2 * inset), max(0.0, height - 2 * inset))
    shapes: list[Shape] = []
    if how.ground:
        shapes.append(Rect(inner.x, inner.y, inner.width, inner.height, how.ground))
    if how.hatch:
        lines = heavy_width if how.heavy else hatch_width
        shapes.extend(hatch_lines(inner, how.hatch, gap=gap, stroke_width=lines, falling=how.falling))
    if how.outline:
        shapes.append(Rect(inner.x, inner.y, inner.width, inner.height, None, how.outline, outline_width))
    return tuple(shapes)


def blocks(states: Sequence[str], width: float, height: float, *, gap: float = 2.8) -> tuple[Shape, ...]:
    """One block per promise, `done`, `late`, `dropped` or `open`, in the given order, filling the width."""
    if not states:
        return ()
    gap = min(gap, width / len(states) / 4)
    step = (width + gap) / len(states)
    shapes: list[Shape] = []
    for index, state in enumerate(states):
        shapes.extend(hatched(index * step, 0, step - gap, height, _PROMISE[state]))
    return tuple(shapes)


def stacked(parts: Sequence[tuple[float, str]], width: float, height: float, *, gap: float = 0.8) -> tuple[Shape, ...]:
    """One bar of several amounts, each in its filling; amounts of zero or less take no room."""
    whole = sum(amount for amount, _ in parts if amount > 0)
    if whole <= 0:
        return ()
    shapes: list[Shape] = []
    left = 0.0
    for amount, filling in parts:
        if amount <= 0:
            continue
        room = width * amount / whole
        shapes.extend(hatched(left, 0, max(0.0, room - gap), height, filling))
        left += room
    return tuple(shapes)
