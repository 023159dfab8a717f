"""The form of a program in windows of any size, and an open page when the size of text changes."""

from PySide6.QtWidgets import QApplication

from tests.ui.screens.conftest import Stage
from tests.ui.screens.programs import draft, field


def test_fields_have_their_height_at_once_and_after_the_window_became_small(stage: Stage) -> None:
    stage.window.resize(1366, 768)
    page = draft(stage)
    for width in (1366, 1024, 1366):
        stage.window.resize(width, 700)
        QApplication.processEvents()
        stage.qtbot.waitUntil(lambda: not page.fields._left)
        shown = [field for field in page.fields._fields.values() if field.isVisible()]
        assert shown and [f.accessibleName() for f in shown if f.height() < f.sizeHint().height() - 2] == []


def test_the_foot_of_the_form_is_there_while_it_says_something(stage: Stage) -> None:
    stage.window.resize(1366, 768)
    page = draft(stage)
    stage.qtbot.waitUntil(lambda: not page.fields._left)
    assert not page.fields.foot.isVisible()
    field(page, "Quarterly cap, At most, EUR").setFocus()
    stage.quiet()
    assert page.fields.foot.isVisible() and page.fields.help.text().startswith("cap.0.at_most")
    line = field(page, "Quarterly cap, At most, EUR")
    stage.qtbot.waitUntil(lambda: not line.visibleRegion().isEmpty())


def test_the_tabs_and_the_head_of_an_open_page_follow_the_size_of_text(stage: Stage) -> None:
    from partnerdesk.ui import theme

    page = stage.go("program")
    theme.theme().choose(zoom=2.0)
    px = theme.theme().px
    heights = page.tabs.height(), page.header.height(), stage.window.menuBar().height()
    assert heights[0] == px(36) and heights[1] >= px(56) and heights[2] == px(28)
