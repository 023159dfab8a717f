"""The frame of the window: sidebar, pages, panel and status bar, which page is shown, and where Back returns to.

What looks at the window or opens over it rests on this; the window itself puts them together.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from partnerdesk.ui.actions import ACTIONS, Actions
from partnerdesk.ui.messages import Toast
from partnerdesk.ui.pages import Page, nav_items, page_rows
from partnerdesk.ui.screens.base import Place, Screen
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.sidebar import Sidebar
from partnerdesk.ui.widgets.status_bar import StatusBar
from partnerdesk.ui.window.navigation import Trail
from partnerdesk.ui.window.side_panel import SidePanel
from partnerdesk.ui.window.stack import ScreenStack

if TYPE_CHECKING:
    from partnerdesk.ui.desk import Desk
    from partnerdesk.ui.state import State

SMALLEST = (1024, 680)


class Frame(QMainWindow):
    """Made once, by the window."""

    painted = Signal()
    place_changed = Signal(object)
    own_wanted = Signal()  # leave the sample for a book of one's own
    dropped = Signal(object)  # files that the page does not take

    def __init__(self, desk: "Desk", state: "State", pages: tuple[Page, ...]) -> None:
        super().__init__()
        self.desk, self.state, self.pages = desk, state, pages
        self.setWindowTitle("PartnerDesk")
        self.setMinimumSize(*SMALLEST)
        self.setAcceptDrops(True)
        self.commands = Actions(self, [*ACTIONS, *page_rows(pages)])
        self._fit_menus()
        theme().changed.connect(self._fit_menus)
        self.trail = Trail()
        self.page: Screen | None = None
        self.partner: tuple[str, str] = ("", "")
        self.recent_places: dict[Place, str] = {}  # what was opened from the palette, oldest first
        keys = self.commands.keys("app.find")
        self.sidebar = Sidebar(nav_items(self.pages), keys, self.open_palette, self.own_wanted.emit)
        self.stack = ScreenStack(self._made)
        self.side = SidePanel(self.state, lambda: self.desk.formats)
        self.status_bar = StatusBar(self.desk.jobs, self.own_wanted.emit)
        self.setCentralWidget(self._center())
        self.message = Toast(self)

    def _fit_menus(self) -> None:
        self.menuBar().setFixedHeight(theme().px(28))

    def _center(self) -> QWidget:
        """Sidebar, pages and panel side by side, above the status bar."""
        center = QWidget()
        column = QVBoxLayout(center)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addWidget(self.stack, 1)
        row.addWidget(self.side)
        column.addLayout(row, 1)
        column.addWidget(self.status_bar)
        return center

    # What the window adds

    def open_palette(self) -> None:
        """Open the command palette, or close it."""
        raise NotImplementedError

    def toast(self, text: str, action: str, then: Callable[[], object]) -> None:
        """Say what was done, with one way back or on."""
        raise NotImplementedError

    def _made(self, id: str) -> Screen | None:
        """The screen of a page, made now; None where there is none, or it waits for a book."""
        raise NotImplementedError

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

    @property
    def is_sample(self) -> bool:
        """Whether the sample book is open."""
        return bool(self.desk.book and self.desk.book.info.sample)

    # Pages

    def _show(self, place: Place) -> None:
        screen = self.stack.screen_of(place.page)
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
