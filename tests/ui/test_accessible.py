"""Everything by keyboard and by ear: every control of every page has a name of its own and can be reached."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from partnerdesk.ui.desk import Desk
from partnerdesk.ui.pages import PAGES, Page
from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.window.window import MainWindow
from tests.ui.conftest import WindowMaker
from tests.ui.pages import TEST_PAGES

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
)


def controls(window: QWidget) -> Iterator[QWidget]:
    """What a user can act on, as it stands on the screen."""
    for widget in window.findChildren(QWidget):
        inner = isinstance(widget.parentWidget(), (QComboBox, QAbstractSpinBox, QTabBar))
        is_part = widget.objectName().startswith("qt_") or inner
        if isinstance(widget, CONTROLS) and widget.isVisible() and not is_part:
            yield widget


def nameless(window: QWidget) -> list[str]:
    return [
        f"{type(w).__name__} in {type(w.parentWidget()).__name__}" for w in controls(window) if not w.accessibleName()
    ]


def all_pages() -> list[Page]:
    return [*TEST_PAGES, *(page for page in PAGES if page.id not in {p.id for p in TEST_PAGES})]


@pytest.fixture
def window(desk: Desk, make_window: WindowMaker) -> MainWindow:
    return make_window(desk, tuple(all_pages()))


@pytest.mark.parametrize("page", [page.id for page in all_pages()])
def test_every_control_has_a_name(page: str, window: MainWindow, desk: Desk, settled: Callable[[Desk], None]) -> None:
    window.go(Place(page))
    settled(desk)
    assert not nameless(window)


@pytest.mark.parametrize("page", [page.id for page in all_pages()])
def test_names_of_buttons_differ(page: str, window: MainWindow, desk: Desk, settled: Callable[[Desk], None]) -> None:
    window.go(Place(page))
    settled(desk)
    names = [w.accessibleName() for w in controls(window) if isinstance(w, QAbstractButton) and w.isEnabled()]
    twice = {name for name in names if names.count(name) > 1}
    assert not twice


def test_the_sweep_sees_a_control_without_a_name(window: MainWindow, desk: Desk) -> None:
    window.go(Place("figures"))
    assert window.page is not None
    stray = QLineEdit(window.page)
    stray.show()
    assert nameless(window) == ["QLineEdit in FigureScreen"]


@pytest.mark.parametrize("page", [page.id for page in all_pages()])
def test_tab_reaches_every_control_of_a_page(
    page: str, window: MainWindow, desk: Desk, qtbot: QtBot, settled: Callable[[Desk], None]
) -> None:
    window.go(Place(page))
    settled(desk)
    wanted = {w for w in controls(window) if w.isEnabled() and w.focusPolicy() & Qt.FocusPolicy.TabFocus}
    exclusive = {w for w in wanted if isinstance(w, QAbstractButton) and w.autoExclusive() and not w.isChecked()}
    reached: set[QWidget] = set()
    window.sidebar.pages.setFocus()
    for _ in range(3 * len(wanted) + 10):
        focus = QApplication.focusWidget()
        assert focus is not None
        reached.add(focus)
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert not {w.accessibleName() for w in wanted - exclusive - reached}


def test_a_screen_reader_hears_the_badge_of_a_page(window: MainWindow) -> None:
    window.badge("list", 7)
    model = window.sidebar.pages.model()
    assert model is not None
    index = next(i for i in range(model.rowCount()) if model.index(i, 0).data() == "List")
    assert model.index(index, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "List, 7"
