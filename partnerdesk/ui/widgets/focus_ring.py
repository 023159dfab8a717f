"""Rings: 2 px accent, 2 px outside a control. One follows the keyboard, one stays on the number that is explained.

Widgets that draw their own ring (tables, tabs, lists) set the property `ownRing`; fields show their accent edge.
"""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget
from shiboken6 import isValid

from partnerdesk.ui.widgets import brush

GAP, WIDTH = 2, 2
FOLLOWED = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Hide, QEvent.Type.Show)


class Ring(QWidget):
    """Lies around one control at a time and follows it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._target: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def follow(self, target: QWidget | None) -> None:
        """Lie around another control, or around none."""
        if self._target is not None and isValid(self._target):
            self._target.removeEventFilter(self)
        self._target = target
        if target is not None:
            target.installEventFilter(self)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._target and event.type() in FOLLOWED:
            self._place()
        return False

    def _place(self) -> None:
        target = self._target
        if target is None or not isValid(target) or not target.isVisible():
            self.hide()
            return
        host = _host(target)
        if self.parentWidget() is not host:
            self.setParent(host)
        reach = GAP + WIDTH
        inner = target.ring_rect() if hasattr(target, "ring_rect") else target.rect()
        inner.moveTopLeft(target.mapTo(host, inner.topLeft()))
        self.setGeometry(inner.adjusted(-reach, -reach, reach, reach))
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        brush.box(QPainter(self), QRectF(self.rect()), "", "accent", 6 + GAP, WIDTH)


class FocusRing(Ring):
    """Follows the focus of its window while keys move it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        by_key = self._window.testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
        is_ours = new is not None and new.window() is self._window
        self.follow(new if new is not None and is_ours and by_key and _wants(new) else None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._target and event.type() == QEvent.Type.MouseButtonPress:
            self.follow(None)
        return super().eventFilter(watched, event)


def _wants(widget: QWidget) -> bool:
    from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit

    fields = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractScrollArea)
    return not (widget.property("ownRing") or isinstance(widget, fields))


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
