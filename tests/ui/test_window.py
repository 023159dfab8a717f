"""The window: pages, back and forward, undo by name, the Why, panes, look, and what is remembered."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from partnerdesk.ops.settings import set_book_setting
from partnerdesk.ui.desk import Desk
from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.state import State
from partnerdesk.ui.theme import theme
from partnerdesk.ui.window import room
from partnerdesk.ui.window.state import clamped
from partnerdesk.ui.window.window import MainWindow
from tests.ui.conftest import WindowMaker
from tests.ui.pages import TEST_PAGES, FigureScreen, ListScreen

Settled = Callable[[Desk], None]


@pytest.fixture
def window(desk: Desk, make_window: WindowMaker, settled: Settled) -> MainWindow:
    made = make_window(desk, TEST_PAGES)
    made.go(Place("list"))
    settled(desk)
    return made


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


def test_a_page_is_made_when_it_is_first_opened_and_stays(window: MainWindow, settled: Settled) -> None:
    assert list(window.stack.made) == ["list"]
    first = window.page
    window.commands.trigger("page.figures")
    assert list(window.stack.made) == ["list", "figures"]
    window.go(Place("list"))
    assert window.page is first
    assert window.windowTitle() == "List – PartnerDesk"


def test_a_write_rereads_the_visible_page_and_marks_the_others(
    window: MainWindow, desk: Desk, settled: Settled
) -> None:
    page = page_of(window)
    window.go(Place("figures"))
    figures = figures_of(window)
    assert (page.reads, figures.reads) == (1, 1)
    desk.run("Change currency", set_book_setting, "currency", "SEK")
    settled(desk)
    assert (page.reads, figures.reads) == (1, 1), "one is hidden, the other reads no settings"
    window.go(Place("list"))
    settled(desk)
    assert page.reads == 2
    assert page.header.note.text() == "SEK"


def test_undo_names_the_step_and_takes_it_back(window: MainWindow, desk: Desk, settled: Settled) -> None:
    assert window.commands.why_not("edit.undo") == "Nothing to undo"
    desk.run("Edit target of R&D", set_book_setting, "currency", "SEK")
    settled(desk)
    assert window.commands["edit.undo"].text() == "Undo edit target of R&&D"
    assert window.status_bar.saved.words().startswith("Saved ")
    window.commands.trigger("edit.undo")
    settled(desk)
    assert window.commands["edit.undo"].text() == "Undo"
    assert window.commands["edit.redo"].text() == "Redo edit target of R&&D"
    assert page_of(window).header.note.text() == "EUR"


def test_back_and_forward_return_to_tabs_too(window: MainWindow) -> None:
    window.go(Place("figures", "P-1"))
    figures_of(window).tabs.show_tab("progress")
    window.go(Place("list"))
    window.commands.trigger("view.back")
    assert figures_of(window).place() == Place("figures", "P-1", "progress")
    window.commands.trigger("view.back")
    assert isinstance(window.page, ListScreen)
    window.commands.trigger("view.forward")
    assert figures_of(window).place() == Place("figures", "P-1", "progress")
    assert window.commands.why_not("view.back") == ""
    window.commands.trigger("view.forward")
    assert window.commands.why_not("view.forward") == "There is no page after"


def test_space_on_a_figure_opens_its_why_and_space_closes_it(window: MainWindow, qtbot: QtBot) -> None:
    window.go(Place("figures"))
    page = figures_of(window)
    page.number.setFocus(Qt.FocusReason.TabFocusReason)
    press(qtbot, Qt.Key.Key_Space)
    assert window.side.isVisible()
    assert window.side.is_why
    inspector = window.side.inspector
    assert inspector is not None
    assert inspector.shown is not None
    assert inspector.shown.title == "71.4"
    assert window.why.ring.isVisible()
    press(qtbot, Qt.Key.Key_Space)
    assert not window.side.isVisible()
    assert not window.why.ring.isVisible()


def test_another_figure_takes_the_panel_over(window: MainWindow, qtbot: QtBot) -> None:
    window.go(Place("figures"))
    page = figures_of(window)
    qtbot.mouseClick(page.number, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.other, Qt.MouseButton.LeftButton)
    inspector = window.side.inspector
    assert inspector is not None
    assert inspector.shown is not None
    assert inspector.shown.figure == "held"
    assert window.side.is_why


def test_a_part_of_the_formula_opens_and_back_returns(window: MainWindow) -> None:
    window.go(Place("figures"))
    figures_of(window).explain("score")
    inspector = window.side.inspector
    assert inspector is not None
    assert inspector.shown is not None
    inspector.open_part(inspector.shown.rows[0])
    assert inspector.shown.title == "37.6"
    assert inspector.first is not inspector.shown
    inspector.go_up()
    assert inspector.shown.title == "71.4"


def test_copy_explanation_puts_the_same_words_on_the_clipboard(window: MainWindow, qtbot: QtBot) -> None:
    window.go(Place("figures"))
    figures_of(window).explain("score")
    inspector = window.side.inspector
    assert inspector is not None
    qtbot.mouseClick(inspector.copy_button, Qt.MouseButton.LeftButton)
    text = QGuiApplication.clipboard().text()
    assert "Renewal rate = 0.40 × 94.0 = 37.60" in text
    assert "Sum = half up to 71.4 = 71.38" in text


def test_escape_closes_the_why(window: MainWindow, qtbot: QtBot) -> None:
    window.go(Place("figures"))
    page = figures_of(window)
    page.number.setFocus()
    page.explain("score")
    press(qtbot, Qt.Key.Key_Escape)
    assert not window.side.is_why


def test_the_panel_of_a_page_opens_and_closes_and_is_remembered(window: MainWindow, qtbot: QtBot) -> None:
    assert window.side.isVisible()
    press(qtbot, Qt.Key.Key_Space)
    assert not window.side.isVisible()
    window.go(Place("figures"))
    window.go(Place("list"))
    assert not window.side.isVisible()
    window.commands.trigger("view.inspector")
    assert window.side.isVisible()


def test_the_panel_of_a_page_gives_way_where_there_is_no_room_beside_it(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def make_room(tiny_below: int) -> None:
        monkeypatch.setattr(room, "TINY_BELOW", tiny_below)
        window.room.make()

    side = window.side
    assert not side.isHidden()
    make_room(9000)
    assert side.isHidden()
    side.toggle()
    assert not side.isHidden(), "asked for, it comes"
    make_room(100)
    make_room(9000)
    assert side.isHidden(), "and stays away the next time"
    make_room(100)
    assert not side.isHidden(), "nothing of this is remembered"


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


def test_the_selection_is_summed_in_the_status_bar(window: MainWindow) -> None:
    page_of(window).table.selectAll()
    assert window.status_bar.middle.text() == "5 of 5 rows selected · Earned 15, average 3"
    window.go(Place("figures"))
    assert window.status_bar.middle.text() == ""
    window.go(Place("list"))
    page_of(window).table.set_rows(page_of(window).table.table_model.rows[:2])
    assert window.status_bar.middle.text().startswith("2 of 2 rows selected"), "what is gone is not counted"


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


def test_the_sidebar_folds_to_icons_and_back(window: MainWindow) -> None:
    assert window.sidebar.width() == theme().px(208)
    window.commands.trigger("view.sidebar")
    assert window.sidebar.width() == theme().px(48)
    assert window.state.get("sidebar.narrow", False)
    window.commands.trigger("view.sidebar")
    assert window.sidebar.width() == theme().px(208)


def test_a_small_window_gives_the_panel_room_by_folding_the_sidebar(window: MainWindow) -> None:
    assert window.side.isVisible()
    window.resize(1024, 680)
    assert window.sidebar.width() == theme().px(48)
    window.side.toggle()
    assert window.sidebar.width() == theme().px(208)


def test_a_toast_offers_one_way_back_and_stands_above_the_status_bar(window: MainWindow, qtbot: QtBot) -> None:
    undone: list[bool] = []
    window.toast("Marked as done", "Undo", lambda: undone.append(True))
    assert window.message.text() == "Marked as done"
    bottom = window.message.mapTo(window, QPoint(0, window.message.height())).y()
    assert bottom <= window.height() - window.status_bar.height()
    act = window.message._act
    qtbot.mouseClick(act, Qt.MouseButton.LeftButton)
    assert undone == [True]
    assert window.message.text() == ""


def test_what_fails_is_said_in_the_page_with_the_remedy(window: MainWindow, desk: Desk, settled: Settled) -> None:
    page_of(window).run("Change currency", set_book_setting, "currency", "EURO")
    settled(desk)
    assert page_of(window).messages.text() == "EURO is not a currency code. Use three letters, for example EUR."
    page_of(window).run("Change currency", set_book_setting, "currency", "SEK")
    settled(desk)
    assert page_of(window).messages.text() == "", "a success takes the message away"


def test_files_dropped_go_to_the_page(window: MainWindow, tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    drop = QDropEvent(
        QPointF(500, 300),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(drop)
    assert page_of(window).files == [file]


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


def test_about_and_licences_open_and_close(window: MainWindow) -> None:
    from partnerdesk.ui.dialogs.about import AboutDialog, LicencesDialog, licences

    window.commands.trigger("help.about")
    window.findChildren(AboutDialog)[0].reject()
    window.commands.trigger("help.licences")
    window.findChildren(LicencesDialog)[0].reject()
    assert "SIL OPEN FONT LICENSE" in licences().upper()
    assert "ISC License" in licences()
    assert "PySide6" in licences()


def test_a_dialog_asks_before_what_cannot_be_undone(window: MainWindow, qtbot: QtBot) -> None:
    from partnerdesk.ui.dialogs.confirm import ConfirmDialog

    closed: list[bool] = []
    window.ask("Close September?", "22 statements become final.", "Close 22 statements", lambda: closed.append(True))
    dialog = window.findChildren(ConfirmDialog)[0]
    assert dialog.width() == theme().px(440)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert closed == []
    window.ask("Close September?", "22 statements become final.", "Close 22 statements", lambda: closed.append(True))
    dialog = next(d for d in window.findChildren(ConfirmDialog) if d.isVisible())
    qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    assert closed == [True]
