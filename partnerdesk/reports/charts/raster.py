"""A chart as pixels, for the screen: drawn by Agg, transparent where nothing is."""

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from partnerdesk.reports import gate
from partnerdesk.reports.charts.spots import Spot
from partnerdesk.reports.look import Look

PX_PER_INCH = 96


@dataclass(frozen=True, slots=True)
class Picture:
    """Rows of RGBA bytes, four per pixel, and what lies where."""

    pixels: bytes
    width: int
    height: int
    spots: tuple[Spot, ...]


def picture(
    draw: Callable[[Any, Any, Look], Sequence[Spot]],
    data: object,
    look: Look,
    width: float,
    height: float,
    density: float = 1.0,
) -> Picture:
    """Draw a chart of so many px at 96 dpi, with `density` device pixels to each."""
    figure = gate.new_figure(width / PX_PER_INCH * 25.4, height / PX_PER_INCH * 25.4, PX_PER_INCH * density)
    canvas = importlib.import_module("matplotlib.backends.backend_agg").FigureCanvasAgg(figure)
    spots = draw(figure, data, look)
    canvas.draw()
    wide, high = canvas.get_width_height()
    return Picture(bytes(canvas.buffer_rgba()), int(wide), int(high), tuple(spots))
