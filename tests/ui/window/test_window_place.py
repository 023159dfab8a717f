"""Where the window stands: its place and look come back, inside the screen, from a state that can be read."""

from pathlib import Path

import pytest
from PySide6.QtCore import QRect

from partnerdesk.ui.desk import Desk
from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.state import State
from partnerdesk.ui.window.state import clamped
from partnerdesk.ui.window.window import MainWindow
from tests.ui.conftest import WindowMaker
from tests.ui.pages import TEST_PAGES


def test_place_look_and_size_come_back(window: MainWindow, desk: Desk, make_window: WindowMaker, state: State) -> None:
    window.go(Place("figures", "P-7", "progress"))
    window.set_look(choice="dark", density="compact")
    window.resize(1100, 700)
    window.close()
    state.save()
    kept = State()
    assert kept.get("place", []) == ["figures", "P-7", "progress", ""]
    assert kept.get("look", {}) == {"theme": "dark", "density": "compact", "zoom": 1.0}
    again = MainWindow(desk, kept, TEST_PAGES)
    assert (again.width(), again.height()) == (1100, 700)
    again.deleteLater()


@pytest.mark.parametrize(
    ("box", "expected"),
    [
        (QRect(100, 100, 800, 600), QRect(100, 100, 800, 600)),
        (QRect(3000, -500, 800, 600), QRect(566, 0, 800, 600)),
        (QRect(0, 0, 4000, 3000), QRect(0, 0, 1366, 768)),
    ],
)
def test_a_window_comes_back_inside_the_screen(box: QRect, expected: QRect) -> None:
    assert clamped(box, QRect(0, 0, 1366, 768)) == expected


def test_state_that_cannot_be_read_starts_anew(own_home: Path) -> None:
    (own_home / "window.json").write_text("{ broken", encoding="utf-8")
    state = State()
    assert state.get("place", []) == []
    state.set("place", ["list", "", "", ""])
    state.save()
    assert State().get("place", []) == ["list", "", "", ""]
    assert (own_home / "window.json").stat().st_mode & 0o077 == 0
