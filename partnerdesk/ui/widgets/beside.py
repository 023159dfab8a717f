"""A page and what stands beside it; where the page would become too narrow, as with large text, that goes below."""

from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets import brush

ENOUGH = 560  # px of the design that both need to stand side by side
SHARE = 0.42  # of the height, for what goes below
UNBOUND = 16_777_215


class Beside(QWidget):
    """`main` takes the room, `side` is `width` wide; a hairline divides them."""

    def __init__(self, main: QWidget, side: QWidget, width: int) -> None:
        super().__init__()
        self._side, self._width = side, width
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(1)
        self._box.addWidget(main, 1)
        self._box.addWidget(side)
        self._arrange()

    @property
    def is_stacked(self) -> bool:
        """Whether the side stands below."""
        return self._box.direction() == QBoxLayout.Direction.TopToBottom

    def _arrange(self) -> None:
        px = theme().px
        if self.width() < px(ENOUGH):
            self._box.setDirection(QBoxLayout.Direction.TopToBottom)
            self._side.setMinimumSize(0, round(self.height() * SHARE))
            self._side.setMaximumSize(UNBOUND, round(self.height() * SHARE))
        else:
            self._box.setDirection(QBoxLayout.Direction.LeftToRight)
            self._side.setMinimumSize(px(self._width), 0)
            self._side.setMaximumSize(px(self._width), UNBOUND)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, at = QPainter(self), self._side.geometry()
        if self.is_stacked:
            brush.hairline(painter, 0, self.width(), at.top() - 1, "line")
        else:
            brush.upright(painter, at.left() - 1, 0, self.height())
