"""Widgets that share a line as long as each keeps its width."""

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import Button
from partnerdesk.ui.widgets.header import PageHeader
from partnerdesk.ui.widgets.text import LineLabel
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


def test_figures_that_need_more_room_go_to_the_next_line(qtbot: QtBot) -> None:
    figures = [LineLabel("0.00") for _ in range(3)]
    wrap = Wrap(figures, least=60, whole=True)
    qtbot.addWidget(wrap)
    wrap.resize(theme().px(3 * 60 + 2 * 24), 200)
    wrap.show()
    qtbot.waitUntil(lambda: wrap.columns == 3)
    figures[1].set_text("1,234,567.89 EUR")
    qtbot.waitUntil(lambda: wrap.columns < 3)


def test_a_title_is_never_given_up_for_the_controls(qtbot: QtBot) -> None:
    header = PageHeader()
    header.set("Tesserin Cloud Services", "Germany", "Partners", lambda: None)
    header.add(Button("Close 24 statements"), Button("Export drafts"))
    qtbot.addWidget(header)
    header.resize(900, header.height())
    header.show()
    assert not header.is_tight
    high = header.height()
    header.resize(420, header.height())
    qtbot.waitUntil(lambda: header.is_tight)
    assert header.height() > high
    QApplication.processEvents()
    assert header.title.width() >= header.title.sizeHint().width()
    header.resize(900, header.height())
    qtbot.waitUntil(lambda: not header.is_tight)
    assert header.height() == high


def test_a_title_is_not_cut_for_the_chips_behind_it_either(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    header = PageHeader()
    header.setParent(page)  # which does not hold the window open for it
    header.set("Statements")
    chips = [Button(words) for words in ("Run or payments", "October 2026", "Rules v2026.2")]
    header.add_left(*chips)
    header.add(Button("Close 24 statements"))
    page.show()
    asked = header.title.sizeHint().width()
    header.resize(asked + sum(chip.sizeHint().width() for chip in chips[:2]) + theme().px(24 * 4), header.height())
    QApplication.processEvents()
    tops = [chip.mapTo(header, chip.rect().topLeft()).y() for chip in chips]
    assert header.title.width() >= asked
    assert tops[0] == tops[1] < tops[2], "the last chip begins the second line"
    header.resize(1200, header.height())
    QApplication.processEvents()
    assert len({chip.mapTo(header, chip.rect().topLeft()).y() for chip in chips}) == 1


def test_what_goes_on_in_a_next_line_holds_no_page_open(qtbot: QtBot) -> None:
    wrap = Wrap((Button("Close 24 statements"), Button("Export drafts")), least=100)
    qtbot.addWidget(wrap)
    widest = max(button.minimumSizeHint().width() for button in wrap.findChildren(Button))
    assert wrap.minimumSizeHint().width() == widest
