"""The marks of a whitespace matrix: owned, in pipeline, gap, not eligible; shape alone tells them apart."""

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets import brush
from partnerdesk.ui.widgets.text import LineLabel

OWNED, PIPELINE, GAP, NOT_ELIGIBLE, HINTED = "owned", "pipeline", "gap", "not eligible", "hinted"
WORDS = {
    OWNED: "owned",
    PIPELINE: "in pipeline",
    GAP: "gap",
    HINTED: "gap that others fill",
    NOT_ELIGIBLE: "not eligible",
}
SIDE = 14


def paint_mark(painter: QPainter, centre: QPointF, mark: str) -> None:
    """Paint a mark around a point: a square that is full, half full, empty, empty with a plus, or a dot."""
    side = theme().px(SIDE)
    box = QRectF(round(centre.x() - side / 2), round(centre.y() - side / 2), side, side)
    if mark == NOT_ELIGIBLE:
        brush.box(painter, QRectF(centre.x() - 1.5, centre.y() - 1.5, 3, 3), "muted", radius=1.5)
        return
    if mark == OWNED:
        painter.fillRect(box, theme().colour("accent"))
        return
    brush.box(painter, box, "", "accent" if mark in (PIPELINE, HINTED) else "border", 0, 1)
    if mark == PIPELINE:
        painter.fillRect(QRectF(box.left(), box.top(), side / 2, side), theme().colour("accent"))
    elif mark == HINTED:
        arm, mid = side / 2 - 3, box.center()
        painter.fillRect(QRectF(mid.x() - arm, mid.y() - 0.75, 2 * arm, 1.5), theme().colour("accent"))
        painter.fillRect(QRectF(mid.x() - 0.75, mid.y() - arm, 1.5, 2 * arm), theme().colour("accent"))


class Legend(QWidget):
    """A mark and what it stands for."""

    def __init__(self, mark: str) -> None:
        super().__init__()
        self._mark = mark
        self._label = LineLabel(WORDS[mark], "small", "muted")
        self._label.setParent(self)
        self.setAccessibleName(WORDS[mark])
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        width = brush.width_of(WORDS[self._mark], "small")
        return QSize(round(width) + theme().px(SIDE + 10), theme().px(20))

    def resizeEvent(self, event: object) -> None:
        left = theme().px(SIDE + 8)
        self._label.setGeometry(left, 0, self.width() - left, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_mark(QPainter(self), QPointF(theme().px(SIDE) / 2, self.height() / 2), self._mark)
