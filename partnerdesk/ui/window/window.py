"""The window: menu bar, sidebar, the page that is shown, the panel at its right, status bar, toast.

It is the `Shell` that screens see. It makes a screen when its page is first opened, keeps where one has been, and
tells the screens when they are stale. It computes nothing and reads nothing from a book itself. Screens, commands and
Qt all talk to this one object; what it can leave to others stands beside it.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from partnerdesk.ui.actions import ACTIONS, Actions
from partnerdesk.ui.messages import Toast
from partnerdesk.ui.pages import PAGES, Page, nav_items, page_rows
from partnerdesk.ui.screens.base import Place, Screen
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.focus_ring import FocusRing
from partnerdesk.ui.widgets.sidebar import Sidebar
from partnerdesk.ui.widgets.status_bar import StatusBar
from partnerdesk.ui.window.closing import may_close
from partnerdesk.ui.window.commands import bind_frame
from partnerdesk.ui.window.look import choose_look, frame_of, show_sample, write_as
from partnerdesk.ui.window.menus import Menus
from partnerdesk.ui.window.navigation import Trail
from partnerdesk.ui.window.room import WindowRoom
from partnerdesk.ui.window.side_panel import SidePanel
from partnerdesk.ui.window.stack import ScreenStack
from partnerdesk.ui.window.state import keep_window, restore_window
from partnerdesk.ui.window.steps import StepWords
from partnerdesk.ui.window.why import WindowWhy

if TYPE_CHECKING:
    from partnerdesk.ui.desk import Desk
    from partnerdesk.ui.explanation import Explanation
    from partnerdesk.ui.state import State

SMALLEST = (1024, 680)


class MainWindow(QMainWindow):
    """One per program."""

    painted = Signal()
    place_changed = Signal(object)
    own_wanted = Signal()  # leave the sample for a book of one's own
    dropped = Signal(object)  # files that the page does not take

    def __init__(self, desk: "Desk", state: "State", pages: tuple[Page, ...] = PAGES) -> None:
        super().__init__()
        self.desk, self.state, self.pages = desk, state, pages
        self.setWindowTitle("PartnerDesk")
        self.setMinimumSize(*SMALLEST)
        self.setAcceptDrops(True)
        self.commands = Actions(self, [*ACTIONS, *page_rows(pages)])
        self.menuBar().setFixedHeight(theme().px(28))
        self.menus = Menus(self.menuBar(), self.commands)
        self.trail, self.room = Trail(), WindowRoom(self)
        self.page: Screen | None = None
        self.partner: tuple[str, str] = ("", "")
        self.recent_places: dict[Place, str] = {}  # what was opened from the palette, oldest first
        self._was_painted = False
        self._lay_out()
        bind_frame(self)
        self._connect()
        restore_window(self, state)
        self.set_narrow(bool(state.get("sidebar.narrow", False)))

    def _lay_out(self) -> None:
        keys = self.commands.keys("app.find")
        self.sidebar = Sidebar(nav_items(self.pages), keys, self.open_palette, self.own_wanted.emit)
        self.stack = ScreenStack()
        self.side = SidePanel(self.state, lambda: self.desk.formats)
        self.status_bar = StatusBar(self.desk.jobs, self.own_wanted.emit)
        self.setCentralWidget(frame_of(self))
        self.message = Toast(self)
        self.steps = StepWords(self.desk, self.commands, self.message)
        self.ring, self.why = FocusRing(self), WindowWhy(self)

    def _connect(self) -> None:
        self.sidebar.pages.chosen.connect(lambda page: self.go(Place(page)))
        self.desk.opened.connect(self._opened)
        self.desk.changed.connect(self._changed)
        self.desk.failed.connect(self._failed)
        self.side.toggled.connect(self._side_toggled)
        self.commands.meet(book=False)
        self.sidebar.pages.allow(frozenset(page.id for page in self.pages if not page.needs_book))

    # The shell that screens see

    def go(self, place: Place) -> None:
        """Open a place; Back returns."""
        self._settle()
        self.trail.visit(place)
        self._show(place)

    def back(self) -> None:
        """Open the place before."""
        if self.trail.can_go_back:
            self._settle()
            self._show(self.trail.back())

    def forward(self) -> None:
        """Open the place that one came back from."""
        if self.trail.can_go_forward:
            self._settle()
            self._show(self.trail.forward())

    def moved(self) -> None:
        """The screen's own place or what its commands depend on changed."""
        self._settle()
        self._keep_place()
        self.commands.refresh()

    def toast(self, text: str, action: str, then: Callable[[], object]) -> None:
        """Say what was done, with one way back or on."""
        self.room.place_toast()
        self.message.say(text, action, then)
        self.steps.offered()

    def show_why(self, explanation: "Explanation") -> None:
        """Open the inspector on a figure, or close it when it explains this one already."""
        self.why.show(explanation)
        self.step_done("why")

    def status(self, words: str) -> None:
        """The middle of the status bar."""
        self.status_bar.middle.set_text(words)

    def badge(self, page: str, count: int) -> None:
        """The number beside a page."""
        self.sidebar.pages.set_badge(page, count)

    def set_partner(self, partner: str, name: str) -> None:
        """The partner that commands are about."""
        self.partner = (partner, name)
        self.commands.meet(partner=bool(partner))

    def ask(self, title: str, text: str, verb: str, then: Callable[[], object]) -> None:
        """Confirm what cannot be undone."""
        from partnerdesk.ui.dialogs.confirm import ConfirmDialog

        ConfirmDialog(self, title, text, verb, then).open()

    def step_done(self, step: str) -> None:
        """A first step was done."""
        if self.status_bar.first_steps is not None:
            self.status_bar.first_steps.done(step)

    def coach(self, key: str, beside: QWidget, text: str, then: Callable[[], object]) -> None:
        """Point at something once, in the sample book only."""
        if self.is_sample:
            from partnerdesk.ui.first_steps import CoachMark

            CoachMark.offer(self.state, beside, key, text, then)

    # Pages

    def _show(self, place: Place) -> None:
        screen = self.stack.screen_of(place.page, self)
        if screen is None:
            return
        previous, self.page = self.page, screen
        self.status("")  # a table that comes into view says what is selected in it
        self.stack.setCurrentWidget(screen)
        self.sidebar.pages.show_page(place.page)
        self.setWindowTitle(f"{screen.TITLE} – PartnerDesk")
        screen.show_place(place)
        if previous is not screen or not self.side.stands_beside(screen.aside()):
            self.side.show_aside(screen.aside(), screen.ASIDE_WIDTH)
        self.commands.bind_page(screen.commands(), screen.reasons())
        self.stack.refresher.show(screen)
        if previous is not screen and not self.sidebar.pages.hasFocus():
            screen.focus_first()
        self._keep_place()
        self.place_changed.emit(place)

    def _settle(self) -> None:
        """Where the page stands now is where Back returns to."""
        if self.page is not None and self.trail.here is not None and self.trail.here.page == self.page.ID:
            self.trail.settle(self.page.place())

    def _keep_place(self) -> None:
        if self.page is not None:
            place = self.page.place()
            self.state.set("place", [place.page, place.item, place.tab, place.sub])

    def show_extra(self, screen: Screen) -> None:
        """Show a page that is not in the sidebar (the welcome) until a book is opened."""
        self.stack.add(screen.ID, screen)
        self.stack.setCurrentWidget(screen)
        self.page = screen
        self.setWindowTitle("PartnerDesk")
        self.commands.bind_page(screen.commands(), screen.reasons())
        screen.focus_first()

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

    @property
    def is_sample(self) -> bool:
        """Whether the sample book is open."""
        return bool(self.desk.book and self.desk.book.info.sample)

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
