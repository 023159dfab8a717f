"""A matplotlib figure as a sheet of millimetres: the few things our charts draw, in the colours and type of a `Look`.

The measures of a chart are those of paper (labels 1.5 mm above a column, a hatch line each 1.1 mm), so the one axes
fills the figure and its unit is the millimetre, origin at the top left, y down; values are placed by `Scale`s. No
text is ever read as mathematics or left out for its first character; no label depends on a legend.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
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
        figure.clear()
        width, height = (float(inches) * 25.4 for inches in figure.get_size_inches())
        self.width, self.height, self.look = width, height, look
        self._axes = figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()
        self._axes.set_xlim(0, width)
        self._axes.set_ylim(height, 0)
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
        self._add(artist, self._axes.add_line)

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

        self._add(Rectangle((x, y), width, height, **self._paint(fill, stroke, pen)), self._axes.add_patch)

    def circle(
        self, x: float, y: float, radius: float, fill: str | None, stroke: str | None = None, pen: float = 0
    ) -> None:
        from matplotlib.patches import Circle as Disc

        self._add(Disc((x, y), radius, **self._paint(fill, stroke, pen)), self._axes.add_patch)

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
        """Marks (in points) with their origin at that place."""
        for shape in moved(shapes, x / PT, y / PT):
            self._shape(shape)

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
        self._add(area, self._axes.add_patch)

    def _paint(self, fill: str | None, stroke: str | None, pen: float) -> dict[str, Any]:
        return {
            "facecolor": self.look.colour(fill) if fill else "none",
            "edgecolor": self.look.colour(stroke) if stroke else "none",
            "linewidth": pen if stroke else 0,
            "joinstyle": "miter",
        }

    def _add(self, artist: Any, add: Any) -> None:
        """Later things lie over earlier ones, whatever their kind."""
        self._order += 1
        artist.set_zorder(self._order)
        artist.set_clip_on(False)
        add(artist)

    def text(
        self, x: float, middle: float, text: str, role: Role, *, align: Align = "left", token: str | None = None
    ) -> None:
        """A text whose capitals stand in the middle of `middle`. It is drawn as given."""
        shown = fonts.plain(text)
        if not shown.strip():
            return
        self._order += 1
        self._axes.text(
            x,
            middle + _CAP * role.size * PT / 2,
            shown,
            color=self.look.colour(token or role.colour),
            fontproperties=_properties(shown, role.face, role.size),
            ha=align,
            va="baseline",
            parse_math=False,
            zorder=self._order,
            clip_on=False,
        )

    def text_width(self, text: str, role: Role) -> float:
        """The width of a text in millimetres; what no font draws counts as a square."""
        try:
            return fonts.width(text, role) * PT
        except fonts.Undrawable:
            return len(text) * role.size * PT


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
    return FontProperties(family=families, size=size)
