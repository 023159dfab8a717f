"""A row of controls that goes on in a next line where there is no room, as with large text, and a hint at its end.

The hint is left out where it finds no room in the line it would stand in: it only repeats what the menu says.
"""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from partnerdesk.ui.theme import theme


class Flow(QWidget):
    """Each control keeps the size it asks for."""

    def __init__(self, controls: Sequence[QWidget], hint: QWidget, margin: int = 24, gap: int = 10) -> None:
        super().__init__()
        self._controls, self._hint = tuple(controls), hint
        self._margin, self._gap = theme().px(margin), theme().px(gap)
        for widget in (*self._controls, hint):
            widget.setParent(self)
        self.setMinimumHeight(self._line())

    def _line(self) -> int:
        return max(widget.sizeHint().height() for widget in self._controls) + theme().px(8)

    def arrange(self) -> None:
        """Place the controls; another word in one of them may move the others."""
        right, line = self.width() - self._margin, self._line()
        x, y = self._margin, 0
        for widget in self._controls:
            size = widget.sizeHint()
            if x + size.width() > right and x > self._margin:
                x, y = self._margin, y + line
            widget.setGeometry(x, y + (line - size.height()) // 2, size.width(), size.height())
            x += size.width() + self._gap
        size = self._hint.sizeHint()
        self._hint.setVisible(x + size.width() <= right)
        self._hint.setGeometry(right - size.width(), y + (line - size.height()) // 2, size.width(), size.height())
        if self.height() != y + line:
            self.setFixedHeight(y + line)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(320), self.height())

    def minimumSizeHint(self) -> QSize:
        widest = max(widget.sizeHint().width() for widget in self._controls)
        return QSize(widest + 2 * self._margin, self._line())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()
