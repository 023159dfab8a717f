"""Keys and commands: the way round the panes, letters, what cannot run and why, the sheet of all keys."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from partnerdesk.ui.desk import Desk
from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.window.window import MainWindow
from tests.ui.conftest import WindowMaker
from tests.ui.pages import TEST_PAGES, FigureScreen, ListScreen
from tests.ui.window.parts import figures_of, page_of, press


def test_f6_goes_round_the_panes(window: MainWindow) -> None:
    page_of(window).table.setFocus()
    seen = []
    for _ in range(3):
        window.commands.trigger("view.next_pane")
        focus = QApplication.focusWidget()
        assert focus is not None
        seen.append(focus)
    assert seen[0] is window.sidebar.pages, "the panel has no control, so it is passed over"
    assert window.stack.isAncestorOf(seen[1])
    assert seen[2] is window.sidebar.pages


def test_arrow_keys_in_the_sidebar_open_pages(window: MainWindow, qtbot: QtBot) -> None:
    window.sidebar.pages.setFocus()
    press(qtbot, Qt.Key.Key_Down)
    assert isinstance(window.page, FigureScreen)
    assert QApplication.focusWidget() is window.sidebar.pages, "the keyboard stays in the sidebar"
    press(qtbot, Qt.Key.Key_Up)
    assert isinstance(window.page, ListScreen)


def test_a_letter_acts_only_while_a_list_has_the_keyboard(window: MainWindow, qtbot: QtBot) -> None:
    page = page_of(window)
    page.table.setFocus()
    press(qtbot, Qt.Key.Key_D)
    page.filters.field.setFocus()
    press(qtbot, Qt.Key.Key_D)
    assert page.done == ["done"]
    assert page.filters.field.text() == "d"


def test_a_command_says_why_it_cannot_run(window: MainWindow) -> None:
    commands = window.commands
    assert commands.why_not("page.new") == ""
    assert commands.why_not("page.export") == "Choose a period first"
    assert commands.why_not("tools.recompute") == "This page does not offer it"
    assert commands.why_not("partner.open") == "Choose a partner first"
    commands.trigger("page.export")
    commands.trigger("page.new")
    assert page_of(window).done == ["new"]
    assert not commands["page.export"].isEnabled()
    assert commands["page.export"].statusTip() == "Choose a period first"


def test_without_a_book_nothing_that_needs_one_can_run(empty_desk: Desk, make_window: WindowMaker) -> None:
    window = make_window(empty_desk, TEST_PAGES)
    window.go(Place("list"))
    assert window.page is None
    assert window.commands.why_not("page.list") == "Open a book first"
    assert window.commands.why_not("page.settings") == ""


def test_filter_copy_and_columns_work_on_every_page_with_a_table(window: MainWindow) -> None:
    page = page_of(window)
    window.commands.trigger("page.find")
    assert QApplication.focusWidget() is page.filters.field
    page.table.selectAll()
    window.commands.trigger("edit.copy_headed")
    assert QGuiApplication.clipboard().text().startswith("Partner\tEarned\nPartner 1\t1")
    window.go(Place("figures"))
    assert window.commands.why_not("page.find") == "There is no list to filter on this page"


def test_tabs_change_by_key_on_every_page_that_has_them(window: MainWindow) -> None:
    assert window.commands.why_not("partner.next_tab") == "This page has no tabs"
    window.go(Place("figures"))
    window.commands.trigger("partner.next_tab")
    assert figures_of(window).tabs.current() == "progress"
    window.commands.trigger("partner.next_tab")
    assert figures_of(window).tabs.current() == "overview"


def test_the_ring_follows_keys_and_not_the_mouse(window: MainWindow, qtbot: QtBot) -> None:
    window.go(Place("figures"))
    page = figures_of(window)
    page.tabs._tabs.setFocus(Qt.FocusReason.TabFocusReason)
    press(qtbot, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is page.number
    assert window.ring.isVisible()
    outside = window.ring.mapTo(window, QPoint(0, 0)) - page.number.mapTo(window, QPoint(0, 0))
    assert outside == QPoint(-7, -4), "2 px wide, 2 px away, and a little air at the sides of a figure"
    assert window.ring.width() < page.number.width(), "around the figure, not around its row"
    qtbot.mouseClick(page.other, Qt.MouseButton.LeftButton)
    assert not window.ring.isVisible() or window.ring._target is not page.number


def test_every_command_of_the_menus_stands_in_one_menu(window: MainWindow) -> None:
    counted: dict[str, int] = {}
    window.menus.fill()
    for menu in {id(m): m for m in window.menus._menus.values()}.values():
        for action in menu.actions():
            if action.objectName():
                counted[action.objectName()] = counted.get(action.objectName(), 0) + 1
    assert counted == dict.fromkeys(window.commands.rows, 1)


def test_no_key_means_two_things(window: MainWindow) -> None:
    keys = [key for row in window.commands.rows.values() for key in row.keys]
    assert len(keys) == len(set(keys))


def test_the_sheet_of_keys_lists_every_key(window: MainWindow, qtbot: QtBot) -> None:
    from partnerdesk.ui.dialogs.shortcuts import KeyCaps, ShortcutSheet

    window.commands.trigger("help.keys")
    sheet = window.findChildren(ShortcutSheet)[0]
    shown = {cap.accessibleName() for cap in sheet.findChildren(KeyCaps)}
    assert {window.commands.keys(id) for id, row in window.commands.rows.items() if row.keys} <= shown
    sheet.reject()


def test_the_sheet_of_keys_lists_the_letters_of_deals_and_renewals() -> None:
    from partnerdesk.ui.dialogs.shortcuts import LETTERS
    from partnerdesk.ui.screens.deal_pages.deals import DealsSegment
    from partnerdesk.ui.screens.deal_pages.renewals import RenewalsSegment

    for title, segment in (("Deals", DealsSegment), ("Renewals", RenewalsSegment)):
        told = {key for says, keys in LETTERS if title.lower() in says.lower() for key in keys.split()}
        assert {says.split()[0] for says in segment.KEYS.split(", ")} == told, title
