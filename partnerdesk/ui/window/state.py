"""Geometry of the window between runs: kept as plain numbers, brought back onto a screen that is there."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

if TYPE_CHECKING:
    from partnerdesk.ui.state import State

DESIGNED = (1366, 768)


def restore_window(window: QMainWindow, state: "State") -> None:
    """Where the window was, or its designed size in the middle; never off every screen or larger than its own."""
    kept = state.get("window", {})
    box = QRect(*kept["box"]) if _is_box(kept.get("box")) else QRect()
    screen = QGuiApplication.screenAt(box.center()) if box.isValid() else None
    room = (screen or QGuiApplication.primaryScreen()).availableGeometry()
    if QGuiApplication.platformName() == "offscreen":
        room = room.united(QRect(0, 0, *DESIGNED))  # a screen that nobody has is no limit
    if screen is None:
        box = QRect(0, 0, *DESIGNED)
        box.moveCenter(room.center())
    window.setGeometry(clamped(box, room))
    if kept.get("maximised"):
        window.setWindowState(window.windowState() | window.windowState().WindowMaximized)


def clamped(box: QRect, room: QRect) -> QRect:
    """A rectangle inside the room of a screen, as large as it was if there is room."""
    width, height = min(box.width(), room.width()), min(box.height(), room.height())
    left = min(max(box.left(), room.left()), room.left() + room.width() - width)
    top = min(max(box.top(), room.top()), room.top() + room.height() - height)
    return QRect(left, top, width, height)


def keep_window(window: QMainWindow, state: "State") -> None:
    """Remember where the window is when it is not maximised."""
    box = window.normalGeometry() if window.isMaximized() else window.geometry()
    numbers = [box.left(), box.top(), box.width(), box.height()]
    state.set("window", {"box": numbers, "maximised": window.isMaximized()})


def _is_box(value: object) -> bool:
    return isinstance(value, list) and len(value) == 4 and all(isinstance(n, int) for n in value)
