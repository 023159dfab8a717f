"""Strokes that every control shares: filled boxes with crisp edges, hairlines, one line of text with an ellipsis."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.bidi import apart

Align = Qt.AlignmentFlag
LEFT = Align.AlignLeft | Align.AlignVCenter
RIGHT = Align.AlignRight | Align.AlignVCenter
CENTRE = Align.AlignHCenter | Align.AlignVCenter


def box(painter: QPainter, rect: QRectF, fill: str = "", line: str = "", radius: float = 6, width: float = 1) -> None:
    """A rounded box in tokens; the line lies inside the rectangle, so that its edges are crisp."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, radius > 0)
    inset = width / 2 if line else 0
    painter.setBrush(theme().colour(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme().colour(line), width) if line else Qt.PenStyle.NoPen)
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius)


def hairline(painter: QPainter, x1: float, x2: float, y: float, token: str = "line2") -> None:
    """A horizontal line 1 px high whose top is at y."""
    painter.fillRect(QRectF(x1, y, x2 - x1, 1), theme().colour(token))


def upright(painter: QPainter, x: float, y1: float, y2: float, token: str = "line") -> None:
    """A vertical line 1 px wide whose left is at x."""
    painter.fillRect(QRectF(x, y1, 1, y2 - y1), theme().colour(token))


def text(
    painter: QPainter,
    rect: QRectF,
    words: str,
    font: QFont,
    colour: str | QColor = "text",
    align: Align = LEFT,
    elide: bool = True,
) -> float:
    """One line of plain text in a rectangle, verbatim; returns its width. Figures pass `elide=False`."""
    metrics, words = QFontMetricsF(font), apart(words)
    width = metrics.horizontalAdvance(words)
    if elide and width > rect.width() + 0.5:
        words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
        width = rect.width()
    painter.setFont(font)
    painter.setPen(theme().colour(colour) if isinstance(colour, str) else colour)
    # The baseline is set by hand: the box of a line with accents is higher than its letters.
    baseline = rect.center().y() + (metrics.ascent() - metrics.descent()) / 2
    if align & Align.AlignRight:
        x = rect.right() - width
    elif align & Align.AlignHCenter:
        x = rect.center().x() - width / 2
    else:
        x = rect.left()
    painter.drawText(QPointF(x, round(baseline)), words)
    return width


def width_of(words: str, role: str) -> float:
    """The width of one line in a role's font."""
    return QFontMetricsF(theme().font(role)).horizontalAdvance(words)
