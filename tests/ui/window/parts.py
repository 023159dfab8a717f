"""Pages of the window as its tests reach them, and keys as they press them."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from partnerdesk.ui.desk import Desk
from partnerdesk.ui.window.window import MainWindow
from tests.ui.pages import FigureScreen, ListScreen

Settled = Callable[[Desk], None]


def page_of(window: MainWindow) -> ListScreen:
    assert isinstance(window.page, ListScreen)
    return window.page


def figures_of(window: MainWindow) -> FigureScreen:
    assert isinstance(window.page, FigureScreen)
    return window.page


def press(qtbot: QtBot, keys: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, keys, modifiers)
