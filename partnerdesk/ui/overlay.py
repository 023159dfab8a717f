"""What lies over the whole window for a moment: a flat scrim, a box of 640 px, one field that has the keyboard.

Escape or a click beside the box closes it and gives the keyboard back to where it was. There is at most one.
"""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from partnerdesk.ui import icons
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets import brush
from partnerdesk.ui.window.frame import Frame

WIDTH, TOP, HEAD = 640, 84, 48


class Overlay(QWidget):
    """Subclasses fill `column` under the field and say how high that is."""

    def __init__(self, window: Frame, name: str, icon: str, hint: str = "") -> None:
        super().__init__(window)
        for other in window.findChildren(Overlay):
            if other is not self:
                other.close()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(name)
        self._window = window
        self._before = window.focusWidget()
        self._box = _Box(self, icon)
        self.column = QVBoxLayout(self._box)
        self.column.setContentsMargins(1, 1, 1, 1)
        self.column.setSpacing(0)
        self.field = QLineEdit()
        self.field.setProperty("bare", True)
        self.field.setAccessibleName(name)
        self.field.setPlaceholderText(hint)
        self.field.setFont(theme().sized(15))
        self.field.setFixedHeight(theme().px(HEAD - 1))
        self.field.installEventFilter(self)

    def appear(self) -> None:
        """Show it and give the field the keyboard."""
        self._window.installEventFilter(self)
        self._cover()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def height_below(self, room: int) -> int:
        """How high everything under the field is, at most `room` px."""
        raise NotImplementedError

    def key(self, event: QKeyEvent) -> bool:
        """A key pressed in the field; true when it was used."""
        return False

    def place(self) -> None:
        """Give the box its size."""
        px = theme().px
        width = min(px(WIDTH), self.width() - px(32))
        below = self.height_below(self.height() - px(TOP + HEAD + 40))
        self._box.setGeometry((self.width() - width) // 2, px(TOP), width, px(HEAD) + below)

    def _cover(self) -> None:
        self.setGeometry(self._window.rect())
        self.place()

    def closeEvent(self, event: object) -> None:
        self._window.removeEventFilter(self)
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        super().closeEvent(event)  # type: ignore[arg-type]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self._cover()
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.close()
                return True
            return self.key(event)
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._box.geometry().contains(event.position().toPoint()):
            self.close()

    def paintEvent(self, event: QPaintEvent) -> None:
        scrim = QColor(theme().colour("text"))
        scrim.setAlphaF(0.16)
        QPainter(self).fillRect(self.rect(), scrim)


class _Box(QWidget):
    def __init__(self, parent: QWidget, icon: str) -> None:
        super().__init__(parent)
        self._icon = icon

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px = QPainter(self), theme().px
        brush.box(painter, QRectF(self.rect()), "bg", "border", 8)
        icons.paint(painter, self._icon, px(17), px(16), "muted", 18)
        brush.hairline(painter, 1, self.width() - 1, px(HEAD), "line")
