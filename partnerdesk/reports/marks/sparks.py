"""Sparklines: a line the size of a word, without axes, with its last point."""

from collections.abc import Iterable, Sequence

from partnerdesk.reports.marks.shapes import Circle, Line, Shape, points_of


def common_range(series: Iterable[Sequence[float | None]]) -> tuple[float, float]:
    """The lowest and highest value of all series, so that a column of sparklines shares one scale."""
    values = [v for values in series for v in values if v is not None]
    return (min(values), max(values)) if values else (0.0, 0.0)


def sparkline(
    values: Sequence[float | None],
    width: float = 54,
    height: float = 24,
    *,
    between: tuple[float, float] | None = None,
    stroke: str = "border",
    stroke_width: float = 1.25,
    dot: float = 4.4,
    last: str = "accent",
) -> tuple[Shape, ...]:
    """The line of the values, oldest first, broken where one is missing; the last point only if it is known."""
    low, high = between if between is not None else common_range([values])
    pad = dot / 2
    step = (width - 2 * pad) / max(1, len(values) - 1)

    def at(index: int, value: float) -> tuple[float, float]:
        share = 0.5 if high <= low else (value - low) / (high - low)
        return (pad + index * step, height - pad - share * (height - 2 * pad))

    shapes: list[Shape] = [Line(run, stroke, stroke_width, round=True) for run in points_of(values, at) if len(run) > 1]
    if values and values[-1] is not None:
        x, y = at(len(values) - 1, values[-1])
        shapes.append(Circle(x, y, dot / 2, last))
    return tuple(shapes)
