"""Widgets that share a line as long as each keeps its width."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.wrap import Wrap


@pytest.mark.parametrize(("room", "columns"), [(3 * 100 + 2 * 24, 3), (3 * 100 + 2 * 24 - 1, 2), (100, 1), (10, 1)])
def test_a_widget_that_would_be_too_narrow_goes_to_the_next_line(qtbot: QtBot, room: int, columns: int) -> None:
    parts = [QWidget() for _ in range(3)]
    wrap = Wrap(parts, least=100)
    qtbot.addWidget(wrap)
    wrap.resize(theme().px(room), 400)
    wrap.show()
    qtbot.waitUntil(lambda: wrap.columns == columns)
    layout = wrap.layout()
    assert layout is not None
    layout.activate()
    assert len({part.x() for part in parts}) == columns
