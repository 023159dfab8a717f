"""A matplotlib figure as a sheet of millimetres: the few things our charts draw, in the colours and type of a `Look`.

The measures of a chart are those of paper (labels 1.5 mm above a column, a hatch line each 1.1 mm), so its unit is
the millimetre, origin at the top left, y down, and values are placed by scales of our own; an axes of matplotlib would
add nothing but its price. No text is ever read as mathematics or left out for its first character; no label depends
on a legend.
"""

import logging
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any, Literal

from partnerdesk.reports import fonts, gate
from partnerdesk.reports.look import Face, Look, Role
from partnerdesk.reports.marks import bars
from partnerdesk.reports.marks.shapes import Circle, Line, Polygon, Rect, Shape, hatch_circle, moved

PT = 25.4 / 72  # millimetres
_CAP = 0.698
_FACES: dict[str, Face] = {fonts.FILES[name]: name for name in fonts.FILES}
Align = Literal["left", "right", "center"]


class Plot:
    """Draws on a figure, which is cleared first. `width` and `height` are its millimetres."""

    def __init__(self, figure: Any, look: Look) -> None:
        gate.matplotlib()
        from matplotlib.transforms import Affine2D

        figure.clear()
        width, height = (float(inches) * 25.4 for inches in figure.get_size_inches())
        self.width, self.height, self.look = width, height, look
        self._figure = figure
        to_inches = Affine2D().scale(1 / 25.4, -1 / 25.4).translate(0, height / 25.4)
        self._millimetres = to_inches + figure.dpi_scale_trans
        self._order = 0

    def line(
        self,
        points: Sequence[tuple[float, float]],
        token: str,
        width: float,
        *,
        dash: tuple[float, ...] = (),
        round_ends: bool = False,
    ) -> None:
        """A line through points; width and dash in points."""
        from matplotlib.lines import Line2D

        xs, ys = zip(*points, strict=True)
        artist = Line2D(xs, ys, color=self.look.colour(token), linewidth=width, solid_joinstyle="round")
        artist.set_solid_capstyle("round" if round_ends else "butt")
        if dash:
            artist.set_linestyle((0, tuple(d / width for d in dash)))
        self._add(artist)

    def rule(self, left: float, right: float, y: float, token: str, width: float) -> None:
        self.line(((left, y), (right, y)), token, width)

    def rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: str | None,
        stroke: str | None = None,
        pen: float = 0,
    ) -> None:
        from matplotlib.patches import Rectangle

        self._add(Rectangle((x, y), width, height, **self._paint(fill, stroke, pen)))

    def circle(
        self, x: float, y: float, radius: float, fill: str | None, stroke: str | None = None, pen: float = 0
    ) -> None:
        from matplotlib.patches import Circle as Disc

        self._add(Disc((x, y), radius, **self._paint(fill, stroke, pen)))

    def bar(self, x: float, y: float, width: float, height: float, filling: str) -> None:
        """A bar in one of the fillings of `marks`, with the hatch of the look."""
        look = self.look
        shapes = bars.hatched(
            x / PT,
            y / PT,
            width / PT,
            height / PT,
            filling,
            gap=look.hatch_gap_mm / PT,
            hatch_width=look.hatch_width,
            heavy_width=look.held_hatch_width,
            outline_width=look.outline,
        )
        self.shapes(shapes)

    def hatched_circle(self, x: float, y: float, radius: float, token: str) -> None:
        """A circle hatched and outlined in one colour, leaning like what decreases."""
        look = self.look
        disc = Circle(x / PT, y / PT, radius / PT, "bg")
        lines = hatch_circle(disc, token, gap=look.hatch_gap_mm / PT, stroke_width=look.hatch_width, falling=True)
        edge = Circle(disc.x, disc.y, disc.radius, None, token, 1.1)
        self.shapes((disc, *lines, edge))

    def shapes(self, shapes: Iterable[Shape], x: float = 0.0, y: float = 0.0) -> None:
        """Marks (in points) with their origin at that place. Equal lines in a row become one path."""
        for (kind, *_), found in groupby(moved(shapes, x / PT, y / PT), _kin):
            if kind is Line:
                self._hatch([shape for shape in found if isinstance(shape, Line)])
            else:
                for shape in found:
                    self._shape(shape)

    def _hatch(self, lines: Sequence[Line]) -> None:
        """Lines of one pen."""
        from matplotlib.patches import PathPatch
        from matplotlib.path import Path

        if len(lines) == 1:
            self._shape(lines[0])
            return
        points = [(px * PT, py * PT) for line in lines for px, py in line.points]
        codes = [Path.MOVETO if n == 0 else Path.LINETO for line in lines for n in range(len(line.points))]
        self._add(
            PathPatch(Path(points, codes), **self._paint(None, lines[0].stroke, lines[0].stroke_width), capstyle="butt")
        )

    def _shape(self, shape: Shape) -> None:
        if isinstance(shape, Line):
            points = [(px * PT, py * PT) for px, py in shape.points]
            self.line(points, shape.stroke, shape.stroke_width, dash=shape.dash, round_ends=shape.round)
        elif isinstance(shape, Rect):
            box = (shape.x * PT, shape.y * PT, shape.width * PT, shape.height * PT)
            self.rect(*box, shape.fill, shape.stroke, shape.stroke_width)
        elif isinstance(shape, Circle):
            self.circle(shape.x * PT, shape.y * PT, shape.radius * PT, shape.fill, shape.stroke, shape.stroke_width)
        else:
            self._polygon(shape)

    def _polygon(self, shape: Polygon) -> None:
        from matplotlib.patches import Polygon as Area

        points = [(px * PT, py * PT) for px, py in shape.points]
        area = Area(points, closed=True, **self._paint(shape.fill, shape.stroke, shape.stroke_width))
        self._add(area)

    def _paint(self, fill: str | None, stroke: str | None, pen: float) -> dict[str, Any]:
        return {
            "facecolor": self.look.colour(fill) if fill else "none",
            "edgecolor": self.look.colour(stroke) if stroke else "none",
            "linewidth": pen if stroke else 0,
            "joinstyle": "miter",
        }

    def _add(self, artist: Any) -> None:
        """Later things lie over earlier ones, whatever their kind."""
        self._order += 1
        artist.set_zorder(self._order)
        artist.set_transform(self._millimetres)
        self._figure.add_artist(artist)

    def text(
        self, x: float, middle: float, text: str, role: Role, *, align: Align = "left", token: str | None = None
    ) -> None:
        """A text whose capitals stand in the middle of `middle`. It is drawn as given."""
        shown = fonts.plain(text)
        if not shown.strip():
            return
        self._order += 1
        self._figure.text(
            x,
            middle + _CAP * role.size * PT / 2,
            shown,
            transform=self._millimetres,
            color=self.look.colour(token or role.colour),
            fontproperties=_properties(shown, role.face, role.size),
            ha=align,
            va="baseline",
            parse_math=False,
            zorder=self._order,
        )

    def text_width(self, text: str, role: Role) -> float:
        """The width of a text in millimetres; what no font draws counts as a square."""
        try:
            return fonts.width(text, role) * PT
        except fonts.Undrawable:
            return len(text) * role.size * PT


def _kin(shape: Shape) -> tuple[object, ...]:
    """What lines must have in common to be drawn as one; other shapes are drawn one by one."""
    if isinstance(shape, Line) and not shape.dash and not shape.round:
        return (Line, shape.stroke, shape.stroke_width)
    return (type(shape) if not isinstance(shape, Line) else None,)


def role_of(properties: Any) -> Role:
    """The role that a text of ours was given, from the font properties that matplotlib hands on."""
    name = str(properties.get_file() or "").replace("\\", "/").rsplit("/", 1)[-1]
    family = str(next(iter(properties.get_family()), ""))
    return Role(float(properties.get_size_in_points()), 0.0, _FACES.get(name) or _family_face(family))


def _family_face(family: str) -> Face:
    return next((name for name in fonts.FILES if fonts.face(name).family == family), "regular")


@lru_cache(maxsize=512)
def _properties(text: str, face: Face, size: float) -> Any:
    """The font of a text; where ours lacks a character, a family list that ends in fonts which have it."""
    from matplotlib.font_manager import FontProperties, fontManager

    ours = fonts.face(face)
    if ours.covers(text):
        return FontProperties(fname=str(ours.path), size=size)
    others = [font for font in map(fonts.fallback, text) if font is not None]
    families: list[str] = []
    for font in (ours, *others):
        if font.family not in families:
            fontManager.addfont(str(font.path))
            families.append(font.family)
    # that a font of the system has one weight alone is known here, and is no news for whoever exports a document
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    return FontProperties(family=families, size=size)
