"""One ring for the control that has the keyboard: 2 px accent, 2 px outside it, only while keys move the focus.

Widgets that draw their own ring (tables, tabs, lists) set the property `ownRing`.
"""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLineEdit, QPlainTextEdit, QWidget

from partnerdesk.ui.widgets import brush

GAP, WIDTH = 2, 2
FOLLOWED = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Hide, QEvent.Type.Show)


class FocusRing(QWidget):
    """Follows the focus of its window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._target: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._target is not None:
            self._target.removeEventFilter(self)
            self._target = None
        by_key = self._window.testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
        if new is None or new.window() is not self._window or not by_key or not _wants(new):
            self.hide()
            return
        self._target = new
        new.installEventFilter(self)
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._target and event.type() in FOLLOWED:
            self._follow()
        elif watched is self._target and event.type() == QEvent.Type.MouseButtonPress:
            self.hide()
        return False

    def _follow(self) -> None:
        target = self._target
        if target is None or not target.isVisible():
            self.hide()
            return
        host = _host(target)
        if self.parentWidget() is not host:
            self.setParent(host)
        reach = GAP + WIDTH
        corner = target.mapTo(host, target.rect().topLeft())
        self.setGeometry(
            corner.x() - reach, corner.y() - reach, target.width() + 2 * reach, target.height() + 2 * reach
        )
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        brush.box(QPainter(self), QRectF(self.rect()), "", "accent", 6 + GAP, WIDTH)


def _wants(widget: QWidget) -> bool:
    # A field shows its accent edge and its cursor; a second ring would be a box in a box.
    return not (widget.property("ownRing") or isinstance(widget, (QLineEdit, QPlainTextEdit, QAbstractScrollArea)))


def _host(target: QWidget) -> QWidget:
    """What clips the ring: the page that scrolls, or the window."""
    inside, parent = target, target.parentWidget()
    while parent is not None and not parent.isWindow():
        outer = parent.parentWidget()
        if isinstance(outer, QAbstractScrollArea) and outer.viewport() is parent:
            return inside
        inside, parent = parent, outer
    return target.window()


def show_keyboard(widget: QWidget) -> None:
    """Focus a widget as if a key had moved there."""
    widget.window().setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
    widget.setFocus(Qt.FocusReason.ShortcutFocusReason)


def fitted(widget: QWidget) -> QWidget:
    """Say that a widget draws its own ring."""
    widget.setProperty("ownRing", True)
    return widget
