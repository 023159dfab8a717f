"""Paints the marks of `reports.marks` (bullets, sparklines, pips, glyphs) with QPainter, in the theme's colours."""

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from partnerdesk.reports.marks import Circle, Line, Polygon, Rect, Shape, bounds
from partnerdesk.ui.theme import theme

NO_PEN, NO_BRUSH = Qt.PenStyle.NoPen, Qt.BrushStyle.NoBrush


def paint_shapes(painter: QPainter, shapes: Iterable[Shape], x: float = 0, y: float = 0, scale: float = 0) -> None:
    """Paint shapes with their origin at (x, y), scaled with the text unless told otherwise."""
    painter.save()
    painter.translate(x, y)
    scale = scale or theme().scale
    painter.scale(scale, scale)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for shape in shapes:
        _paint(painter, shape)
    painter.restore()


def _paint(painter: QPainter, shape: Shape) -> None:
    if isinstance(shape, Line):
        painter.setPen(_line_pen(shape))
        painter.setBrush(NO_BRUSH)
        painter.drawPolyline(QPolygonF([QPointF(*p) for p in shape.points]))
        return
    painter.setPen(_outline(shape.stroke, shape.stroke_width))
    painter.setBrush(theme().colour(shape.fill) if shape.fill else NO_BRUSH)
    if isinstance(shape, Circle):
        painter.drawEllipse(QPointF(shape.x, shape.y), shape.radius, shape.radius)
    elif isinstance(shape, Polygon):
        painter.drawPolygon(QPolygonF([QPointF(*p) for p in shape.points]))
    else:
        _paint_rect(painter, shape)


def _paint_rect(painter: QPainter, shape: Rect) -> None:
    box = QRectF(shape.x, shape.y, shape.width, shape.height)
    if shape.radius:
        painter.drawRoundedRect(box, shape.radius, shape.radius)
    else:
        painter.drawRect(box)


def _outline(stroke: str | None, width: float) -> QPen | Qt.PenStyle:
    if not stroke:
        return NO_PEN
    pen = QPen(theme().colour(stroke), width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _line_pen(line: Line) -> QPen:
    pen = QPen(QColor(theme().colour(line.stroke)), line.stroke_width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap if line.round else Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if line.dash:
        pen.setDashPattern([length / line.stroke_width for length in line.dash])
    return pen


class Marks(QWidget):
    """A fixed picture of shapes, with the words that say the same to a screen reader."""

    def __init__(self, shapes: Iterable[Shape] = (), says: str = "") -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_shapes(shapes, says)

    def set_shapes(self, shapes: Iterable[Shape], says: str) -> None:
        """Show other shapes."""
        self._shapes = tuple(shapes)
        self.setAccessibleName(says)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        _left, _top, right, bottom = bounds(self._shapes)
        return QSize(theme().px(right + 1), theme().px(bottom + 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_shapes(QPainter(self), self._shapes)
