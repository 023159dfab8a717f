"""A matplotlib figure onto a page: paths as PDF paths, text as text in the page's own embedded fonts.

So a chart of the screen and of the page is one function, and no second PDF library is needed. Only what our charts
draw is supported: paths, their dashes and clips, and text; an image raises. Import this module late: it imports
matplotlib.
"""

import math
from collections.abc import Callable
from typing import Any

from partnerdesk.reports import fonts, gate
from partnerdesk.reports.charts.plot import role_of
from partnerdesk.reports.look import Role

gate.matplotlib()

from matplotlib.backend_bases import RendererBase  # noqa: E402 - only after the gate
from matplotlib.path import Path  # noqa: E402

_JOIN = {"miter": 0, "round": 1, "bevel": 2}
_CAP = {"butt": 0, "round": 1, "projecting": 2}


# Writes a text of a role and colour: its left, its baseline, and the left and right of its room.
Write = Callable[[float, float, str, Role, str, tuple[float, float]], None]


def draw_figure(figure: Any, canvas: Any, x: float, top: float, write: Write) -> None:
    """Draws the figure with its top left at that place of the canvas, at its own size (72 dots per inch = points).

    All places are points from the bottom left of the page, those that `write` is given as well.
    """
    figure.set_dpi(72)
    figure.draw(PageRenderer(canvas, x, top - figure.bbox.height, (figure.bbox.width, figure.bbox.height), write))


class PageRenderer(RendererBase):
    """Receives what a figure draws, in points from its bottom left, and puts it on the page."""

    def __init__(self, canvas: Any, left: float, bottom: float, size: tuple[float, float], write: Write) -> None:
        super().__init__()
        self._canvas, self._write = canvas, write
        self._size = size
        self._left, self._bottom = left, bottom
        self._room = (left - 1, left + size[0] + 1)

    def get_canvas_width_height(self) -> tuple[float, float]:
        return self._size

    def flipy(self) -> bool:
        return False  # text, like paths, comes with y from the bottom

    def points_to_pixels(self, points: Any) -> Any:
        return points

    def option_image_nocomposite(self) -> bool:
        return True

    def draw_image(self, gc: Any, x: float, y: float, im: Any, transform: Any = None) -> None:
        raise NotImplementedError("charts on pages hold no images")

    def get_text_width_height_descent(self, s: str, prop: Any, ismath: Any) -> tuple[float, float, float]:
        role = role_of(prop)
        return fonts.width(s, role), role.size, 0.22 * role.size

    def draw_path(self, gc: Any, path: Any, transform: Any, rgbFace: Any = None) -> None:
        stroke = gc.get_linewidth() > 0 and gc.get_rgb()[3] > 0
        fill = rgbFace is not None and (len(rgbFace) == 3 or rgbFace[3] > 0)
        if not (stroke or fill):
            return
        canvas = self._canvas
        canvas.saveState()
        self._clip(gc)
        if fill:
            canvas.setFillColorRGB(*rgbFace[:3])
        if stroke:
            self._pen(gc)
        canvas.drawPath(self._outline(path, transform), stroke=int(stroke), fill=int(fill))
        canvas.restoreState()

    def _pen(self, gc: Any) -> None:
        canvas = self._canvas
        canvas.setStrokeColorRGB(*gc.get_rgb()[:3])
        canvas.setLineWidth(gc.get_linewidth())
        canvas.setLineJoin(_JOIN[gc.get_joinstyle()])
        canvas.setLineCap(_CAP[gc.get_capstyle()])
        offset, dashes = gc.get_dashes()
        if dashes is not None:
            canvas.setDash(list(dashes), offset or 0)

    def _clip(self, gc: Any) -> None:
        box = gc.get_clip_rectangle()
        if box is not None:
            path = self._canvas.beginPath()
            path.rect(self._left + box.x0, self._bottom + box.y0, box.width, box.height)
            self._canvas.clipPath(path, stroke=0, fill=0)
        outline, transform = gc.get_clip_path()
        if outline is not None:
            self._canvas.clipPath(self._outline(outline, transform), stroke=0, fill=0)

    def _outline(self, path: Any, transform: Any) -> Any:
        out = self._canvas.beginPath()
        here = (0.0, 0.0)
        for points, code in path.iter_segments(transform, simplify=False):
            ends = [
                (self._left + float(px), self._bottom + float(py))
                for px, py in zip(points[::2], points[1::2], strict=True)
            ]
            if code == Path.MOVETO:
                out.moveTo(*ends[0])
            elif code == Path.LINETO:
                out.lineTo(*ends[0])
            elif code == Path.CURVE3:
                out.curveTo(*_cubic(here, *ends), *ends[1])
            elif code == Path.CURVE4:
                out.curveTo(*ends[0], *ends[1], *ends[2])
            elif code == Path.CLOSEPOLY:
                out.close()
                continue
            here = ends[-1]
        return out

    def draw_text(
        self, gc: Any, x: float, y: float, s: str, prop: Any, angle: float, ismath: Any = False, mtext: Any = None
    ) -> None:
        """A text at its baseline; turned text is not used by our charts and refused loudly."""
        if ismath or not math.isclose(angle % 360, 0.0, abs_tol=1e-6):
            raise NotImplementedError("charts on pages hold plain, level text only")
        role = role_of(prop)
        red, green, blue = (round(c * 255) for c in gc.get_rgb()[:3])
        self._write(self._left + x, self._bottom + y, s, role, f"#{red:02X}{green:02X}{blue:02X}", self._room)


def _cubic(here: tuple[float, float], control: tuple[float, float], end: tuple[float, float]) -> tuple[float, ...]:
    """The two control points of the cubic curve that equals a quadratic one."""
    first = (here[0] + 2 / 3 * (control[0] - here[0]), here[1] + 2 / 3 * (control[1] - here[1]))
    second = (end[0] + 2 / 3 * (control[0] - end[0]), end[1] + 2 / 3 * (control[1] - end[1]))
    return (*first, *second)
