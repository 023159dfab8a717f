"""Review mode: the partner's pages on the full screen, one at a time, with the clock of the agenda and a line to type.

Arrow keys turn the pages, Ctrl+Shift+A opens the line, Esc leaves. Nothing that is ours alone can be seen: it shows
the partner's variant, whatever the builder had in view.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QRectF, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.ui.jobs import Job
from partnerdesk.ui.screens.review.capture import CaptureLine
from partnerdesk.ui.screens.review.clock import AgendaClock
from partnerdesk.ui.screens.review.lists import ReviewLists
from partnerdesk.ui.screens.review.opened import OpenReview
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import Button, icon_button
from partnerdesk.ui.widgets.pdf_preview import LANE, rendered
from partnerdesk.ui.widgets.section import Hairline
from partnerdesk.ui.widgets.status import Status
from partnerdesk.ui.widgets.text import Label, LineLabel

if TYPE_CHECKING:
    from partnerdesk.queries.joint.review_desk import ReviewDesk
    from partnerdesk.ui.screens.review.composing import Pages

Key = Qt.Key
FORWARD = (Key.Key_Right, Key.Key_Down, Key.Key_PageDown, Key.Key_Space)
BACK = (Key.Key_Left, Key.Key_Up, Key.Key_PageUp, Key.Key_Backspace)
SECOND_MS = 1000


class _Sheet(QWidget):
    """One page, as large as the room allows."""

    def __init__(self) -> None:
        super().__init__()
        self.image = QImage()
        self.setAccessibleName("Page")

    def fitted(self) -> QRectF:
        """Where the page lies."""
        room = QRectF(self.rect())
        if self.image.isNull():
            return room
        wide, high = self.image.width(), self.image.height()
        scale = min(room.width() / wide, room.height() / high)
        size = (wide * scale, high * scale)
        return QRectF((room.width() - size[0]) / 2, (room.height() - size[1]) / 2, *size)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().colour("bg2"))
        if not self.image.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self.fitted(), self.image)


class ReviewMode(QWidget):
    """A window of its own over the whole screen; the review that is open reads and writes for it."""

    def __init__(self, opened: OpenReview, lists: ReviewLists, left: Callable[[], object]) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Review mode – PartnerDesk")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._opened, self._lists, self._left = opened, lists, left
        self._pages: Pages | None = None
        self.page = 1
        self.clock = AgendaClock()
        self._watch = QElapsedTimer()
        self._watch.start()
        self._timer = QTimer(self)
        self._timer.setInterval(SECOND_MS)
        self._timer.timeout.connect(self.tick)
        self._timer.start()
        self._lay_out()
        self.setAutoFillBackground(True)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.sheet = _Sheet()
        self.capture = CaptureLine(self._opened.host.desk, self._lists.note)
        self.capture.noted.connect(lambda _kind: self.said.set_status("good", "Noted"))
        self.capture.left.connect(self._close_line)
        self.capture.hide()
        column.addWidget(self.sheet, 1)
        column.addWidget(Hairline())
        column.addWidget(self.capture)
        column.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        """Page, agenda item with its clock, what was noted last, and the ways on and out."""
        px = theme().px
        row = QHBoxLayout()
        row.setContentsMargins(px(24), px(6), px(24), px(6))
        row.setSpacing(px(12))
        self.before = icon_button("chevron-left", "Page before", lambda: self.turn(-1))
        self.after = icon_button("chevron-right", "Next page", lambda: self.turn(1))
        self.where = Label("", "small", "muted")
        self.topic = LineLabel("", "strong")
        self.topic.setMinimumWidth(px(120))
        self.time, self.whole, self.said = Status("", ""), Label("", "small", "muted"), Status("", "", "small")
        self.note = Button("Note", self.open_line, keys="Ctrl+Shift+A", inner=True)
        self.leave = Button("Leave", self.close, keys="Esc", inner=True)
        for widget in (self.before, self.where, self.after):
            row.addWidget(widget)
        row.addWidget(self.topic, 1)
        for end in (self.time, self.whole, self.said, self.note, self.leave):
            row.addWidget(end)
        return row

    # What the builder brings

    def show_desk(self, desk: "ReviewDesk") -> None:
        """The review as it stands: its agenda for the clock, its people for the line."""
        self.clock.set_items(desk.view.of("agenda"), desk.view.review.minutes)
        self.capture.people = self._lists.capture.people
        self.note.setVisible(not desk.view.review.is_held)
        self.tick()

    def show_pages(self, pages: "Pages") -> None:
        """The partner's pages; the page in view stays where it can."""
        self._pages = pages
        self.turn(0)

    # Pages

    def turn(self, by: int) -> None:
        """So many pages on or back."""
        if self._pages is None:
            return
        self.page = min(max(self.page + by, 1), len(self._pages.keys))
        self.where.setText(f"Page {self.page} of {len(self._pages.keys)}")
        self.before.setEnabled(self.page > 1)
        self.after.setEnabled(self.page < len(self._pages.keys))
        self.clock.show_page(self._pages.keys[self.page - 1], self._elapsed())
        self._ask()
        self.tick()

    def _ask(self) -> None:
        """Render the page at the size it is shown at."""
        pages, jobs = self._pages, self._opened.host.desk.jobs
        if pages is None or jobs.is_closed:
            return
        pdf, number, ratio = pages.pdf, self.page - 1, self.devicePixelRatioF()
        width = max(round(self.sheet.width() * ratio), 1)

        def have(made: QImage) -> None:
            if self._pages is pages and self.page - 1 == number:
                self.sheet.image = made
                self.sheet.setAccessibleName(f"Page {number + 1}, {self._opened.page_name(pages.keys[number])}")
                self.sheet.update()

        call = lambda _job: rendered(pdf, number, width)  # noqa: E731
        jobs.start(LANE, Job("Rendering a page", call, have, slot="review mode", is_quiet=True))

    # The clock

    def _elapsed(self) -> int:
        return self._watch.elapsed() // SECOND_MS

    def tick(self) -> None:
        """Show where the agenda is and how much time is left."""
        now = self.clock.at(self._elapsed())
        self.topic.set_text(now.topic)
        self.time.set_status(now.kind, now.words)
        self.whole.setText(now.whole)

    # The line

    def open_line(self) -> None:
        """Type what is said."""
        if self.note.isVisible():
            self.said.set_status("", "")
            self.capture.show()
            self.capture.begin()

    def _close_line(self) -> None:
        self.capture.hide()
        self.setFocus()

    # Qt's side

    def keyPressEvent(self, event: QKeyEvent) -> None:
        wanted = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        if event.key() == Key.Key_A and event.modifiers() & wanted == wanted:
            self.open_line()
        elif event.key() in (Key.Key_Escape, Key.Key_F11):
            self._close_line() if self.capture.isVisible() else self.close()
        elif event.key() in FORWARD:
            self.turn(1)
        elif event.key() in BACK:
            self.turn(-1)
        elif event.key() in (Key.Key_Home, Key.Key_End):
            self.turn(-self.page if event.key() == Key.Key_Home else len(self._pages.keys) if self._pages else 0)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._ask()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._timer.stop()
        self._opened.host.desk.jobs.drop("review mode")
        self._left()
        super().closeEvent(event)
