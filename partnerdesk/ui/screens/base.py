"""How a screen is made.

A screen is one page of the sidebar. It is made when it is first opened, stays alive, and shows frozen rows that
queries return; it computes nothing and knows no table. To add one:

1. Write `partnerdesk/ui/screens/<id>.py` with a subclass of `Screen`:

       class ReviewsScreen(Screen):
           ID, TITLE = "reviews", "Reviews"
           READS = frozenset({"review", "note"})        # tables its queries look at; a write to one rereads

           def build(self) -> None:                      # make widgets once; no reads here
               self.header.set("Reviews")
               self.table = DataTable("reviews", COLUMNS, key=lambda row: row.id, state=self.shell.state,
                                      says="Reviews")
               self.show_sums(self.table)
               self.body.addWidget(self.table)

           def reload(self) -> None:                     # read; called when first shown and when stale
               self.read(queries.reviews.review_rows, done=self.table.set_rows, slot="rows")

2. Add one row to `PAGES` in `partnerdesk/ui/pages.py`.

What a screen may use: `self.desk` (read, run, compute, today, formats, user), `self.shell` (go, toast, show_why,
status, badge, ask), `self.header`, `self.messages`, `self.body`. Reads and writes go through `self.read` and
`self.run`, which show what fails in the message bar. `DataTable.set_rows` and the autosaving editors keep selection,
scroll and what is being typed, so `reload` may simply show everything again.

Optional: `show_place`/`place` (partner, tab: history, restart, links), `commands` (which commands of `ui.actions` it
answers), `reasons` (why not), `aside` (a panel at the right), `explain` (the Why of a figure id), `accept_files`.
Every figure is a `Number` or a `Column(figure=...)` with a figure id of the screen's own making.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from partnerdesk.errors import NoProgram
from partnerdesk.ui.messages import MessageBar
from partnerdesk.ui.widgets.header import PageHeader

if TYPE_CHECKING:
    from partnerdesk.ui.actions import Actions
    from partnerdesk.ui.desk import Desk
    from partnerdesk.ui.explanation import Explanation
    from partnerdesk.ui.jobs import Job
    from partnerdesk.ui.state import State
    from partnerdesk.ui.table.view import DataTable

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Place:
    """Where one is: a page, what it shows (a partner, a review), its tab and sub-page."""

    page: str
    item: str = ""
    tab: str = ""
    sub: str = ""


class Shell(Protocol):
    """The window as a screen sees it."""

    state: "State"
    commands: "Actions"

    def go(self, place: Place) -> None:
        """Open a place; Back returns."""

    def moved(self) -> None:
        """The screen changed its own `place()` or what its commands depend on."""

    def toast(self, text: str, action: str, then: Callable[[], object]) -> None:
        """Say what was done, with one way back or on."""

    def show_why(self, explanation: "Explanation") -> None:
        """Open the inspector on a figure."""

    def status(self, words: str) -> None:
        """The middle of the status bar."""

    def badge(self, page: str, count: int) -> None:
        """The number beside a page in the sidebar."""

    def set_partner(self, partner: str, name: str) -> None:
        """The partner that the Partner menu, the palette and quick actions are about; empty for none."""

    def set_look(self, choice: str = "", density: str = "", zoom: float = 0.0) -> None:
        """Change theme, density or text size at once."""

    def set_locale(self, locale: str) -> None:
        """Write numbers and days another way; everything reads again."""

    def step_done(self, step: str) -> None:
        """One of `ui.first_steps.STEPS` was done: why, pack, statement, import, currency."""

    def coach(self, key: str, beside: QWidget, text: str, then: Callable[[], object]) -> None:
        """Point at something once, in the sample book only."""

    def ask(self, title: str, text: str, verb: str, then: Callable[[], object]) -> None:
        """Confirm what cannot be undone: close, lock, publish, purge, restore."""


class Screen(QWidget):
    """A page. Subclasses set ID, TITLE and READS and implement `build` and `reload`."""

    ID: ClassVar[str] = ""
    TITLE: ClassVar[str] = ""
    READS: frozenset[str] = frozenset()
    ASIDE_WIDTH: ClassVar[int] = 288

    def __init__(self, desk: "Desk", shell: Shell) -> None:
        super().__init__()
        self.desk, self.shell = desk, shell
        self.setAccessibleName(self.TITLE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.header = PageHeader()
        self.header.set(self.TITLE)
        self.messages = MessageBar()
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.messages)
        column.addLayout(self.body, 1)
        self.build()

    # To implement

    def build(self) -> None:
        """Make the widgets, once."""
        raise NotImplementedError

    def reload(self) -> None:
        """Read what the page shows; called when it is first shown and when a write made it stale."""
        raise NotImplementedError

    # To override where it applies

    def show_place(self, place: Place) -> None:
        """Show an item and a tab; called on every `go` to this page, before a stale page reads."""

    def place(self) -> Place:
        """Where the page stands, for Back and for the next start."""
        return Place(self.ID)

    def commands(self) -> dict[str, Callable[[], object]]:
        """Commands of `ui.actions` that this page answers while it is visible."""
        return {}

    def letters(self) -> dict[str, Callable[[], object]]:
        """Single letters that act while a list of this page has the keyboard: `D` done, `S` snooze."""
        return {}

    def reasons(self) -> dict[str, Callable[[], str]]:
        """Why a command of `commands` cannot run now; an empty text when it can."""
        return {}

    def aside(self) -> QWidget | None:
        """The panel at the right, made once; the inspector takes its place while it explains a figure."""
        return None

    def explain(self, figure: str) -> None:
        """Read the explanation of a figure id and hand it to `shell.show_why`."""

    def accept_files(self, paths: Sequence[Path]) -> bool:
        """Take dropped files; False lets the window open the import."""
        return False

    def first_focus(self) -> QWidget | None:
        """What has the keyboard when the page opens; the first control otherwise."""
        return None

    # What screens call

    def read(
        self, query: Callable[..., T], *args: Any, done: Callable[[T], object], slot: str = "", **kw: Any
    ) -> "Job":
        """Run a query away from the window; what fails is said in the message bar.

        `slot` (usually one per part of the page) drops the delivery of an older read that is still under way.
        """
        name = f"{self.ID}.{slot}" if slot else None
        return self.desk.read(query, *args, done=done, failed=self.show_error, slot=name, **kw)

    def run(
        self,
        label: str,
        op: Callable[..., T],
        *args: Any,
        done: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        toast: str = "",
        progress: bool = False,
        **kw: Any,
    ) -> "Job":
        """Run an op as one undo step. With `toast` the result is announced with Undo."""

        def finished(value: T) -> None:
            self.messages.clear()
            if done is not None:
                done(value)
            if toast:
                self.shell.toast(toast, "Undo", self.desk.undo)

        return self.desk.run(label, op, *args, done=finished, failed=failed or self.show_error, progress=progress, **kw)

    def show_error(self, error: Exception) -> None:
        """Say in the message bar what happened and what to do, with the way to what is missing."""
        there = [("Open Program", lambda: self.shell.go(Place("program")))] if isinstance(error, NoProgram) else []
        self.messages.say_error(error, actions=there)

    def ask_why(self, figure: str) -> None:
        """A `Number` or a table cell of this page asks; called by them."""
        self.explain(figure)

    def show_sums(self, table: "DataTable") -> None:
        """Show the sum of a table's selection in the status bar while it is seen, and answer its figures."""
        table.summed.connect(self.shell.status)
        table.asked.connect(self.ask_why)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A table passes letters on; editors never do."""
        then = self.letters().get(event.text().upper()) if not event.modifiers() else None
        if then is not None and isinstance(self.focusWidget(), QAbstractItemView):
            then()
        else:
            super().keyPressEvent(event)

    def focus_first(self) -> None:
        """Put the keyboard into the page."""
        target = self.first_focus()
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)
