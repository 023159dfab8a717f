"""The program with a window: the only place that knows store, jobs, desk and window together.

The window is painted before SQLAlchemy is imported; the book is opened on the database thread after that.
"""

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QTimer
from PySide6.QtWidgets import QApplication

from partnerdesk import paths
from partnerdesk.ui import theme
from partnerdesk.ui.desk import Desk
from partnerdesk.ui.jobs import Job
from partnerdesk.ui.new_book import make_book, make_sample
from partnerdesk.ui.options import Options, options
from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.screens.partner.plan.returning import is_returned_plan
from partnerdesk.ui.screens.returning import is_returned
from partnerdesk.ui.state import State
from partnerdesk.ui.surroundings import free_place, today, user_name
from partnerdesk.ui.warming import AFTER_MS, warm
from partnerdesk.ui.window.look import show_as_of, show_look
from partnerdesk.ui.window.window import MainWindow

if TYPE_CHECKING:
    pass

SETTLE_MS = 150  # a chart asks to be drawn a moment after its page stands
LOADING = "Loading 24 partners, 12 quarters"


def main(argv: Sequence[str]) -> int:
    """Opens the window and returns when it is closed."""
    chosen = options(argv)
    from partnerdesk.shield import leave_working_folder

    leave_working_folder()
    app = QApplication.instance() or QApplication([sys.argv[0]])
    app.setApplicationName("PartnerDesk")
    program = Program(chosen)
    program.window.show()
    QApplication.exec()
    program.close()
    return program.code


class Program:
    """State, desk and window of one run."""

    def __init__(self, chosen: Options) -> None:
        self.chosen = chosen
        self.code = 0
        self.state = State()
        look = self.state.get("look", {})
        theme.start(look.get("theme", theme.SYSTEM), look.get("density", theme.REGULAR), look.get("zoom", 1.0))
        locale = self.state.get("locale", "") or QLocale.system().name()
        self.desk = Desk(user_name(), locale if locale != "C" else "en_GB", today)
        self.window = MainWindow(self.desk, self.state)
        self._bind()
        self.window.painted.connect(self._begin)

    def _bind(self) -> None:
        bind = self.window.commands.bind
        bind("book.open", self.choose_book)
        bind("book.new", self.new_book)
        bind("help.sample", self.open_sample)
        self.window.own_wanted.connect(self.new_book)
        self.window.dropped.connect(self.take_files)
        self.window.menus.offer_recent(self.state.recent, self.open_book)
        self.window.commands.refresh()
        self._hook = sys.excepthook
        sys.excepthook = self._unexpected

    def _begin(self) -> None:
        """After the first paint: fonts that could wait, then the book."""
        if self.chosen.leave == "paint":
            self.window.close()
            return
        from partnerdesk import log

        log.start(paths.folder("logs"))
        theme.load_fonts()
        show_look(self.window)
        self.desk.jobs.start("files", Job("Clearing leftovers", lambda _job: _clear_leftovers(), is_quiet=True))
        recent = [path for path in self.state.recent() if path.exists()]
        if self.chosen.book is not None:
            self.open_book(self.chosen.book)
        elif self.chosen.sample:
            self.open_sample()
        elif recent:
            self.open_book(recent[0])
        else:
            self.welcome()

    # Books

    def open_book(self, path: Path) -> None:
        """Open a book in place of the one that is open."""
        self.desk.open(path, lambda _book: self._arrived(), self._no_book)

    def open_sample(self) -> None:
        """Open the sample book; make it first where there is none."""
        path = paths.home() / paths.SAMPLE_NAME
        if path.exists():
            self.open_book(path)
        else:
            self.desk.create(path, make_sample, LOADING, lambda _book: self._arrived(), self._no_book)

    def take_files(self, files: Sequence[Path]) -> None:
        """Files dropped on the window: a book is opened, anything else goes to the import."""
        if files[0].suffix == paths.SUFFIX:
            self.open_book(files[0])
            return
        page = "program" if files[0].suffix.lower() == ".toml" else "data"
        if is_returned(files[0]):
            page = "statements"
        elif is_returned_plan(files[0]):
            page = "partners"
        if self.desk.is_open and page in {p.id for p in self.window.pages}:
            self.window.go(Place(page))
            if self.window.page is not None:
                self.window.page.accept_files(files)

    def choose_book(self) -> None:
        """Ask for a book on the disk."""
        from PySide6.QtWidgets import QFileDialog

        start = str(self.desk.path.parent if self.desk.path else Path.home())
        name, _kind = QFileDialog.getOpenFileName(self.window, "Open a book", start, "PartnerDesk book (*.partnerdesk)")
        if name:
            self.open_book(Path(name))

    def choose_place(self) -> Path | None:
        """Ask where a new book shall lie."""
        from PySide6.QtWidgets import QFileDialog

        kind = "PartnerDesk book (*.partnerdesk)"
        name, _kind = QFileDialog.getSaveFileName(self.window, "New book", str(free_place()), kind)
        if not name:
            return None
        path = Path(name)
        return path if path.suffix == paths.SUFFIX else path.with_name(path.name + paths.SUFFIX)

    def new_book(self) -> None:
        """Ask where a new, empty book shall lie, and open it."""
        path = self.choose_place()
        if path is not None:
            self.create_book(path)

    def create_book(self, path: Path) -> None:
        """Make an empty book and open it."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.desk.create(path, make_book, "Making the book", lambda _book: self._arrived(), self._no_book)

    def _arrived(self) -> None:
        if self.desk.path is not None:
            self.state.recent(self.desk.path)
        show_as_of(self.window)
        self.window.go(self._first_place())
        self._say_how_it_opened()
        if self.chosen.is_short:
            self._when_quiet(self._shoot)
            return
        QTimer.singleShot(AFTER_MS, self.window, self._warm)
        if self.desk.book is not None and self.desk.book.info.sample:
            self._offer_steps()

    def _warm(self) -> None:
        if self.desk.is_open:
            warm(self.desk)

    def _say_how_it_opened(self) -> None:
        page, book = self.window.page, self.desk.book
        if page is not None and book is not None and not book.is_writable:
            says = "Another window writes this book; close it there to change anything here."
            page.messages.say("info", "Opened for reading only.", says)

    def _offer_steps(self) -> None:
        from partnerdesk.ui.first_steps import PLACES, FirstSteps

        show = lambda step: self.window.go(Place(PLACES[step]))  # noqa: E731
        self.window.status_bar.offer_steps(FirstSteps(self.state, show))

    def _first_place(self) -> Place:
        if self.chosen.page:
            return Place(*self.chosen.page.split("/")[:4])
        kept = self.state.get("place", [])
        known = {page.id for page in self.window.pages}
        if len(kept) == 4 and kept[0] in known and not self.chosen.is_short:
            return Place(*kept)
        return Place(self.window.pages[0].id)

    def _no_book(self, error: Exception) -> None:
        if self.chosen.is_short:
            self._give_up(str(error))
            return
        if not self.desk.is_open:
            self.welcome()
        if self.window.page is not None:
            self.window.page.messages.say_error(error, "Opening the book")

    def welcome(self) -> None:
        """The page for someone without a book."""
        from partnerdesk.ui.screens.welcome import WelcomeScreen

        keys = self.window.commands.keys("book.open")
        self.window.status_bar.set_offer(f"Open a book  {keys}", self.choose_book)
        self.window.show_extra(
            WelcomeScreen(self.desk, self.window, free_place(), self.open_sample, self.start_own, self.choose_place)
        )

    def start_own(self, path: Path, imports: bool) -> None:
        """Make an empty book and go to the import or to the partners."""
        self.chosen = replace(self.chosen, page="data" if imports else "partners")
        self.create_book(path)

    # The end

    def _shoot(self) -> None:
        if self.chosen.screenshot is not None:
            self.chosen.screenshot.parent.mkdir(parents=True, exist_ok=True)
            self.window.grab().save(str(self.chosen.screenshot), "PNG")
        self.window.close()

    def _when_quiet(self, then: Callable[[], None]) -> None:
        """Call once no job runs and what was read is painted; a picture waits for the charts too."""
        patience = SETTLE_MS if self.chosen.screenshot is not None else 0
        quiet_since = 0.0

        def look() -> None:
            nonlocal quiet_since
            now = time.monotonic()
            quiet_since = quiet_since or now
            if self.desk.jobs.is_busy:
                quiet_since = 0.0
            if quiet_since and (now - quiet_since) * 1000 >= patience:
                self.window.repaint()
                then()
            else:
                QTimer.singleShot(5, look)

        QTimer.singleShot(0, look)

    def close(self) -> None:
        """Close the book and wait for every thread."""
        sys.excepthook = self._hook
        self.desk.close()
        if not self.chosen.is_short:
            self.state.save()
        if "partnerdesk.log" in sys.modules:
            sys.modules["partnerdesk.log"].stop()

    def _unexpected(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """A bug in the window's own thread: said in the page, written to the log, and the program goes on."""
        if not isinstance(error, Exception):
            sys.__excepthook__(kind, error, trace)
            return
        from partnerdesk import log

        log.failure("window.unexpected", error.with_traceback(trace))
        if self.chosen.is_short:
            self._give_up(f"{kind.__name__}: {error}")
        else:
            self.desk.failed.emit(error, "")

    def _give_up(self, why: str) -> None:
        """End a run that nobody watches."""
        sys.stderr.write(f"{why}\n")
        self.code = 1
        self.window.close()


def _clear_leftovers() -> None:
    from partnerdesk.reports.atomic import clean_leftovers

    clean_leftovers()
