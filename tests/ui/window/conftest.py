"""The window over a book, with one page of each kind."""

import pytest

from partnerdesk.ui.desk import Desk
from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.window.window import MainWindow
from tests.ui.conftest import WindowMaker
from tests.ui.pages import TEST_PAGES
from tests.ui.window.parts import Settled


@pytest.fixture
def window(desk: Desk, make_window: WindowMaker, settled: Settled) -> MainWindow:
    made = make_window(desk, TEST_PAGES)
    made.go(Place("list"))
    settled(desk)
    return made
