"""The window: pages, back and forward, undo by name, the Why, panes, look, and what is remembered."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from partnerdesk.ops.settings import set_book_setting
from partnerdesk.ui.desk import Desk
from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.theme import theme
from partnerdesk.ui.window import room
from partnerdesk.ui.window.window import MainWindow
from tests.ui.pages import ListScreen
from tests.ui.window.parts import Settled, figures_of, page_of, press


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


def test_the_selection_is_summed_in_the_status_bar(window: MainWindow) -> None:
    page_of(window).table.selectAll()
    assert window.status_bar.middle.text() == "5 of 5 rows selected · Earned 15, average 3"
    window.go(Place("figures"))
    assert window.status_bar.middle.text() == ""
    window.go(Place("list"))
    page_of(window).table.set_rows(page_of(window).table.table_model.rows[:2])
    assert window.status_bar.middle.text().startswith("2 of 2 rows selected"), "what is gone is not counted"


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
