"""One page while it is drawn on: text, rules, marks and charts, and a record of every text with the room it had."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal, TypeVar

from partnerdesk.errors import Refused
from partnerdesk.reports import fonts, gate
from partnerdesk.reports.look import Look, Role
from partnerdesk.reports.marks.shapes import Circle, Line, Polygon, Rect, Shape
from partnerdesk.reports.page.geometry import Placed
from partnerdesk.reports.page.text import Span, TextLine, Words, line_width, spans, wrapped
from partnerdesk.reports.sfnt import FontFile

MM = 72 / 25.4
Align = Literal["left", "right", "center"]
_CAP, _ASCENT, _DESCENT = 0.698, 0.78, 0.22  # of IBM Plex Sans, per em
_HEAVIER_FROM = 12.0  # points
D = TypeVar("D")


def baseline(top: float, role: Role) -> float:
    """The baseline of a line whose leading starts at `top`: capitals stand in the middle of the leading."""
    return top + role.leading / 2 + _CAP * role.size / 2


def font_name(font: FontFile) -> str:
    """The name under which the PDF library knows a font; registers it on first use."""
    metrics = gate.pdf("pdfbase.pdfmetrics")
    name = f"{font.path.stem}#{font.index}"
    if name not in metrics.getRegisteredFontNames():
        ttfonts = gate.pdf("pdfbase.ttfonts")
        metrics.registerFont(ttfonts.TTFont(name, str(font.path), subfontIndex=font.index, shapable=False))
    return name


def undrawable(error: fonts.Undrawable, owner: str, *, kept: str = "") -> Refused:
    """What the user reads when a text cannot be set; `kept` is what must follow where the document keeps its names."""
    return Refused(
        f"The document for {owner} cannot be made: “{error.text}” has the character "
        f"{fonts.describe(error.character)}, and {error.why}.",
        fonts.remedy(error, owner, kept=kept),
    )


class Paper:
    """A page, `width` x `height` points, origin at the top left."""

    def __init__(
        self,
        canvas: Any,
        size: tuple[float, float],
        look: Look,
        owner: str,
        number: int,
        placed: list[Placed],
    ) -> None:
        self._canvas = canvas
        self.width, self.height = size
        self.look, self.owner, self.number = look, owner, number
        self._placed = placed

    def text(
        self,
        x: float,
        top: float,
        words: Words,
        role: Role,
        *,
        align: Align = "left",
        room: tuple[float, float] | None = None,
    ) -> float:
        """One line in the leading that starts at `top`; `x` is its left, right or middle. Returns the end of the ink.

        `room` is the left and right of what it may fill, the whole page where it is left out.
        Raises Refused when no font has one of its characters.
        """
        line = spans(words, role)
        wide = self._measured(line)
        left = x - wide if align == "right" else x - wide / 2 if align == "center" else x
        self.line_at(left, baseline(top, role), line, room or (0.0, self.width))
        return left + wide

    def _measured(self, line: TextLine) -> float:
        try:
            return line_width(line)
        except fonts.Undrawable as error:
            raise self._refused(error) from error

    def line_at(self, left: float, base: float, line: TextLine, room: tuple[float, float]) -> None:
        """Spans one after the other on a baseline."""
        start = left
        for span in line:
            start = self._string(start, base, span)
        text = "".join(fonts.plain(s.text) for s in line)
        if text.strip():
            size = max(s.role.size for s in line)
            self._record(text, left, start, base, size, room)

    def _record(
        self, text: str, left: float, right: float, base: float, size: float, room: tuple[float, float]
    ) -> None:
        top, bottom = base - _ASCENT * size, base + _DESCENT * size
        self._placed.append(Placed(text, self.number, left, top, right, bottom, *room))

    def _string(self, left: float, base: float, span: Span) -> float:
        role = span.role
        return self.draw_string(left, base, span.text, role, self.look.colour(role.colour))

    def draw_string(self, left: float, base: float, text: str, role: Role, colour: str) -> float:
        """A text in a colour at a baseline; returns where it ends. It is not recorded."""
        try:
            found = fonts.runs(text, role.face)
        except fonts.Undrawable as error:
            raise self._refused(error) from error
        out = self._canvas.beginText(left, self.height - base)
        red, green, blue = rgb(colour)
        out.setFillColorRGB(red, green, blue)
        if role.tracking:
            out.setCharSpace(role.tracking)
        for run in found:
            self._weight(out, run.heavier, role.size, (red, green, blue))
            out.setFont(font_name(run.font), role.size)
            out.textOut(run.text)
            left += run.font.width(run.text, role.size) + role.tracking * len(run.text)
        if role.tracking:
            out.setCharSpace(0)
        self._weight(out, False, role.size, (red, green, blue))
        self._canvas.drawText(out)
        return left

    def _chart_text(
        self, left: float, height: float, text: str, role: Role, colour: str, room: tuple[float, float]
    ) -> None:
        """A text of a chart, drawn and recorded; its baseline is at a height from the bottom of the page."""
        base = self.height - height
        right = self.draw_string(left, base, text, role, colour)
        if text.strip():
            self._record(fonts.plain(text), left, right, base, role.size, room)

    def _weight(self, out: Any, heavier: bool, size: float, colour: tuple[float, float, float]) -> None:
        """A font without a heavy weight is made heavier by an outline of its letters, where they are large enough.

        Dense signs of small print would run full on a screen, which draws no line thinner than a dot.
        """
        heavier = heavier and size >= _HEAVIER_FROM
        if heavier:
            self._canvas.setLineWidth(size * 0.03)
            self._canvas.setStrokeColorRGB(*colour)
        if heavier or getattr(out, "_heavier", False):
            out.setTextRenderMode(2 if heavier else 0)
        out._heavier = heavier

    def _refused(self, error: fonts.Undrawable) -> Refused:
        return undrawable(error, self.owner)

    def paragraph(self, x: float, top: float, width: float, words: Words, role: Role) -> float:
        """Words broken into lines of at most `width`. Returns the bottom of the last line."""
        for line in self.broken(words, role, width):
            self.line_at(x, baseline(top, role), line, (x, x + width))
            top += role.leading
        return top

    def broken(self, words: Words, role: Role, width: float) -> tuple[TextLine, ...]:
        """The lines of a paragraph, without drawing them."""
        try:
            return wrapped(words, role, width)
        except fonts.Undrawable as error:
            raise self._refused(error) from error

    def rule(self, left: float, right: float, y: float, token: str = "line", width: float = 0.35) -> None:
        """A horizontal line."""
        self.shapes(0, 0, (Line(((left, y), (right, y)), token, width),))

    def divider(self, x: float, top: float, bottom: float, token: str = "line", width: float = 0.35) -> None:
        """A vertical line, for the gaps between key figures."""
        self.shapes(0, 0, (Line(((x, top), (x, bottom)), token, width),))

    def shapes(self, x: float, top: float, shapes: Iterable[Shape]) -> None:
        """Paints marks with their origin at that place."""
        self._canvas.saveState()
        self._canvas.setLineJoin(1)
        for shape in shapes:
            self._shape(shape, x, top)
        self._canvas.restoreState()

    def _shape(self, shape: Shape, x: float, top: float) -> None:
        canvas = self._canvas
        y = self.height - top
        if isinstance(shape, Line):
            self._line(shape, x, y)
            return
        fill, stroke = self._paint(shape.fill, shape.stroke, shape.stroke_width)
        if isinstance(shape, Rect):
            bottom = y - shape.y - shape.height
            if shape.radius:
                canvas.roundRect(x + shape.x, bottom, shape.width, shape.height, shape.radius, stroke, fill)
            else:
                canvas.rect(x + shape.x, bottom, shape.width, shape.height, stroke, fill)
        elif isinstance(shape, Circle):
            canvas.circle(x + shape.x, y - shape.y, shape.radius, stroke, fill)
        else:
            self._polygon(shape, x, y, fill, stroke)

    def _line(self, shape: Line, x: float, y: float) -> None:
        canvas = self._canvas
        canvas.setStrokeColorRGB(*rgb(self.look.colour(shape.stroke)))
        canvas.setLineWidth(shape.stroke_width)
        canvas.setLineCap(1 if shape.round else 0)
        canvas.setDash(list(shape.dash))
        canvas.drawPath(self._path(shape.points, x, y), stroke=1, fill=0)
        canvas.setDash([])

    def _polygon(self, shape: Polygon, x: float, y: float, fill: int, stroke: int) -> None:
        path = self._path(shape.points, x, y)
        path.close()
        self._canvas.drawPath(path, stroke=stroke, fill=fill)

    def _path(self, points: Sequence[tuple[float, float]], x: float, y: float) -> Any:
        path = self._canvas.beginPath()
        path.moveTo(x + points[0][0], y - points[0][1])
        for px, py in points[1:]:
            path.lineTo(x + px, y - py)
        return path

    def _paint(self, fill: str | None, stroke: str | None, width: float) -> tuple[int, int]:
        if fill:
            self._canvas.setFillColorRGB(*rgb(self.look.colour(fill)))
        if stroke:
            self._canvas.setStrokeColorRGB(*rgb(self.look.colour(stroke)))
            self._canvas.setLineWidth(width)
        return int(bool(fill)), int(bool(stroke))

    def chart(
        self,
        x: float,
        top: float,
        width_mm: float,
        height_mm: float,
        draw: Callable[[Any, D, Look], object],
        data: D,
    ) -> float:
        """A chart at scale 1, as vectors with selectable text. Returns its bottom."""
        from partnerdesk.reports.charts.vector import draw_figure  # late: it imports matplotlib

        figure = gate.new_figure(width_mm, height_mm)
        draw(figure, data, self.look)
        try:
            draw_figure(figure, self._canvas, x, self.height - top, self._chart_text)
        except fonts.Undrawable as error:
            raise self._refused(error) from error
        return top + height_mm * MM

    def watermark(self, text: str, token: str) -> None:
        """One word across the page, behind what is drawn later. It is not part of the text record."""
        role = Role(150, 150, "semibold", token)
        self._canvas.saveState()
        self._canvas.translate(self.width / 2, self.height / 2)
        self._canvas.rotate(30)
        wide = fonts.width(text, role)
        self.draw_string(-wide / 2, self.height + role.size * _CAP / 2, text, role, self.look.colour(token))
        self._canvas.restoreState()


def rgb(colour: str) -> tuple[float, float, float]:
    """`#RRGGBB` as three shares of one."""
    return (int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255)
