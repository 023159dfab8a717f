"""Icons from the vendored SVG files, recoloured from the theme when they are painted, cached by size and colour.

Stroke is 1.75 at 16 px and keeps its width in px below that, so small glyphs stay readable, and above 28 px, so that
the drawing of an empty page stays a drawing. Nothing is rendered before something paints it.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap

from partnerdesk.paths import resource
from partnerdesk.ui.theme import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

STROKE, AT, LARGE = 1.75, 16, 28


@lru_cache(maxsize=256)
def _pixmap(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    svg = resource(f"icons/{name}.svg").read_text(encoding="utf-8")
    stroke = STROKE * max(1.0, AT / size) * min(1.0, LARGE / size)
    svg = svg.replace("currentColor", colour).replace('stroke-width="2"', f'stroke-width="{stroke:.2f}"')
    pixmap = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(svg.encode()).render(painter)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def pixmap(name: str, token: str = "muted", size: int = 16, ratio: float = 1.0) -> QPixmap:
    """An icon as a pixmap of `size` px (unscaled) in a colour token."""
    return _pixmap(name, theme().colour(token).name(), theme().px(size), ratio)


def paint(painter: QPainter, name: str, x: float, y: float, token: str = "muted", size: int = 16) -> None:
    """Paint an icon with its top left at (x, y), snapped to whole device pixels."""
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(QPointF(round(x * ratio) / ratio, round(y * ratio) / ratio), pixmap(name, token, size, ratio))


def paint_in(painter: QPainter, name: str, box: QRectF, token: str = "muted", size: int = 16) -> None:
    """Paint an icon in the middle of a box."""
    side = theme().px(size)
    paint(painter, name, box.center().x() - side / 2, box.center().y() - side / 2, token, size)


def icon(name: str, token: str = "muted", size: int = 16) -> "QIcon":
    """A QIcon for stock widgets that paint their own; disabled it takes the border colour."""
    from PySide6.QtGui import QIcon

    made = QIcon()
    for ratio in (1.0, 2.0):
        made.addPixmap(pixmap(name, token, size, ratio))
        made.addPixmap(pixmap(name, "border", size, ratio), QIcon.Mode.Disabled)
    return made
