"""The window: menu bar, sidebar, the page that is shown, the panel at its right, status bar, toast.

It is the `Shell` that screens see. It makes a screen when its page is first opened, keeps where one has been, and
tells the screens when they are stale. It computes nothing and reads nothing from a book itself. Screens, commands and
Qt all talk to this one object; what it can leave to others stands beside it.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent

from partnerdesk.ui.pages import PAGES, Page
from partnerdesk.ui.screens.base import Place, Screen
from partnerdesk.ui.widgets.focus_ring import FocusRing
from partnerdesk.ui.window.closing import may_close
from partnerdesk.ui.window.commands import bind_frame
from partnerdesk.ui.window.frame import Frame
from partnerdesk.ui.window.look import choose_look, show_sample, write_as
from partnerdesk.ui.window.menus import Menus
from partnerdesk.ui.window.room import WindowRoom
from partnerdesk.ui.window.state import keep_window, restore_window
from partnerdesk.ui.window.steps import StepWords
from partnerdesk.ui.window.why import WindowWhy

if TYPE_CHECKING:
    from partnerdesk.ui.desk import Desk
    from partnerdesk.ui.explanation import Explanation
    from partnerdesk.ui.state import State


class MainWindow(Frame):
    """One per program."""

    def __init__(self, desk: "Desk", state: "State", pages: tuple[Page, ...] = PAGES) -> None:
        super().__init__(desk, state, pages)
        self.menus = Menus(self.menuBar(), self.commands)
        self.room = WindowRoom(self)
        self._was_painted = False
        self.steps = StepWords(self.desk, self.commands, self.message)
        self.ring, self.why = FocusRing(self), WindowWhy(self)
        bind_frame(self)
        self._connect()
        restore_window(self, state)
        self.set_narrow(bool(state.get("sidebar.narrow", False)))

    def _connect(self) -> None:
        self.sidebar.pages.chosen.connect(lambda page: self.go(Place(page)))
        self.desk.opened.connect(self._opened)
        self.desk.changed.connect(self._changed)
        self.desk.failed.connect(self._failed)
        self.side.toggled.connect(self._side_toggled)
        self.commands.bind("view.sidebar", lambda: self.set_narrow(not self.sidebar.is_narrow))
        self.commands.meet(book=False)
        self.sidebar.pages.allow(frozenset(page.id for page in self.pages if not page.needs_book))

    # The shell that screens see

    def toast(self, text: str, action: str, then: Callable[[], object]) -> None:
        """Say what was done, with one way back or on."""
        self.room.place_toast()
        self.message.say(text, action, then)
        self.steps.offered()

    def show_why(self, explanation: "Explanation") -> None:
        """Open the inspector on a figure, or close it when it explains this one already."""
        self.why.show(explanation)
        self.step_done("why")

    # Pages

    def _made(self, id: str) -> Screen | None:
        page = next((page for page in self.pages if page.id == id), None)
        if page is None or (page.needs_book and not self.desk.is_open):
            return None
        return page.load()(self.desk, self)

    # The book

    def _opened(self) -> None:
        book = self.desk.book
        if book is None:
            return
        self.stack.drop()
        self.side.forget(None)
        self.page = None
        self.trail.forget()
        self.recent_places.clear()
        self.set_partner("", "")
        self.sidebar.pages.allow(None)
        self.status_bar.set_offer("")
        self.sidebar.set_sample(book.info.sample)
        show_sample(self)
        self.commands.meet(book=True, writable=book.is_writable)
        self.steps.show()

    def _changed(self, changes: object) -> None:
        self.steps.show()
        self.steps.retire()
        self.status_bar.saved.set_words(f"Saved {datetime.now().astimezone():%H:%M}")
        self.stack.refresher.touched(changes.tables)  # type: ignore[attr-defined]

    def _failed(self, error: Exception, label: str) -> None:
        if self.page is not None:
            self.page.messages.say_error(error, label)

    # Look and panels

    def set_look(self, choice: str = "", density: str = "", zoom: float = 0.0) -> None:
        """Change theme, density or text size at once; remembered."""
        choose_look(self, choice, density, zoom)

    def set_locale(self, locale: str) -> None:
        """Write numbers and days another way; remembered."""
        write_as(self, locale)

    def set_narrow(self, narrow: bool) -> None:
        """Sidebar as icons or as icons and words; remembered."""
        self.state.set("sidebar.narrow", narrow)
        self.room.make()

    def _side_toggled(self, is_open: bool) -> None:
        self.commands.check("view.inspector", is_open)
        self.room.make()

    def open_palette(self) -> None:
        """Open the command palette, or close it."""
        from partnerdesk.ui.palette.palette import Palette

        Palette.open(self)

    # Qt's side

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.Paint and not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self._after_paint)
        return done

    def _after_paint(self) -> None:
        """What the first paint could do without: the commands with their keys, and what is in the menus."""
        self.commands.make_all()
        self.menus.fill()
        self.painted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.side.toggle()
        elif event.key() == Qt.Key.Key_Escape and self.side.is_why:
            self.side.close_why()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        if self.page is None or not self.page.accept_files(paths):
            self.dropped.emit(paths)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.room.make()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._settle()
        keep_window(self, self.state)
        event.setAccepted(may_close(self))
