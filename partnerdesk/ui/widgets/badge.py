"""A badge that stands where figures are not those of the book: dotted, with a glyph and its word."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from partnerdesk.ui import icons
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets import brush
from partnerdesk.ui.widgets.text import set_tip


class Badge(QWidget):
    """24 px high, a dotted line in the colour warn around an icon and a word."""

    def __init__(self, word: str, icon: str, says: str) -> None:
        super().__init__()
        self.word, self._icon = word, icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(word)
        self.setAccessibleDescription(says)
        set_tip(self, says)

    def sizeHint(self) -> QSize:
        px = theme().px
        return QSize(round(brush.width_of(self.word, "small_strong") + px(8 + 13 + 6 + 8)) + 1, px(24))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        px, painter = theme().px, QPainter(self)
        rect = QRectF(self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme().colour("warn"), 1.5)
        pen.setStyle(Qt.PenStyle.DotLine)
        painter.setPen(pen)
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 5, 5)
        icons.paint(painter, self._icon, px(8), rect.center().y() - px(13) / 2, "warn", 13)
        room = rect.adjusted(px(8 + 13 + 6), 0, 0, 0)
        brush.text(painter, room, self.word, theme().font("small_strong"))
