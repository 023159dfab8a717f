"""What holds in every test of the window: no Qt warning, no window left open, a theme, and a small book."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from partnerdesk.store import Store
from partnerdesk.ui import theme
from partnerdesk.ui.desk import Desk
from partnerdesk.ui.pages import PAGES, Page
from partnerdesk.ui.state import State
from partnerdesk.ui.window.window import MainWindow

HARMLESS = ("This plugin does not support",)  # what a platform without a screen leaves out, such as raising a popup
DAY = date(2026, 11, 19)


@pytest.fixture(autouse=True)
def no_qt_warning() -> Iterator[None]:
    """A warning that Qt prints fails the test."""
    said: list[str] = []

    def hear(kind: QtMsgType, _context: object, message: str) -> None:
        if kind != QtMsgType.QtDebugMsg and not message.startswith(HARMLESS):
            said.append(message)

    before = qInstallMessageHandler(hear)
    yield
    qInstallMessageHandler(before)
    assert not said, f"Qt said: {said}"


@pytest.fixture(autouse=True)
def no_window_left(qapp: QApplication) -> Iterator[None]:
    """A window that outlives its test is a leak."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    for window in left:
        window.close()
    assert not left, f"windows left open: {left}"


@pytest.fixture(autouse=True)
def usual_look(qapp: QApplication) -> Iterator[None]:
    """Every test begins in the light theme at the usual size."""
    theme.start(theme.LIGHT)
    yield
    if theme.theme().choice != theme.LIGHT or theme.theme().zoom != 1.0:
        theme.start(theme.LIGHT)


@pytest.fixture
def state(own_home: Path) -> State:
    """What the window remembers, in the test's own data folder."""
    return State()


@pytest.fixture
def empty_desk(qtbot: QtBot) -> Iterator[Desk]:
    """A desk without a book."""
    made = Desk("Ann", "en_GB", lambda: DAY)
    yield made
    made.close()


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """An empty book."""
    path = tmp_path / "Ours.partnerdesk"
    Store.create(path, user="Ann").close()
    return path


@pytest.fixture
def desk(empty_desk: Desk, book: Path, qtbot: QtBot) -> Desk:
    """A desk with an empty book."""
    with qtbot.waitSignal(empty_desk.opened):
        empty_desk.open(book)
    return empty_desk


WindowMaker = Callable[..., MainWindow]


@pytest.fixture
def make_window(state: State, qtbot: QtBot) -> Iterator[WindowMaker]:
    """Makes and shows windows, and closes them at the end."""
    made: list[MainWindow] = []

    def make(desk: Desk, pages: tuple[Page, ...] = PAGES, size: tuple[int, int] = (1366, 768)) -> MainWindow:
        window = MainWindow(desk, state, pages)
        window.resize(*size)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        if desk.is_open:
            window._opened()
        made.append(window)
        return window

    yield make
    for window in made:
        window.close()
        window.deleteLater()


@pytest.fixture
def settled(qtbot: QtBot) -> Callable[[Desk], None]:
    """Waits until a desk has nothing to do and what it brought is shown."""

    def wait(desk: Desk) -> None:
        qtbot.waitUntil(lambda: not desk.jobs.is_busy, timeout=10_000)
        QApplication.processEvents()

    return wait


def row_values(rows: Any, name: str) -> list[Any]:
    """One attribute of all rows."""
    return [getattr(row, name) for row in rows]
