"""The pages of the PDF that will be written, one under the other: what is seen here is what the partner gets.

pypdfium2 renders each page when it comes into view, on a thread, at the size it is shown; nothing is laid out twice.
"""

from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from partnerdesk.ui.jobs import Job, Jobs
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets import brush

LANE = "pages"
GAP, MARGIN, WIDEST = 16, 16, 1100


class _Page(QWidget):
    def __init__(self, number: int, points: tuple[float, float]) -> None:
        super().__init__()
        self.number, self.points = number, points
        self.image = QImage()
        self.asked = (0, 0)
        self.setAccessibleName(f"Page {number + 1}")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, rect = QPainter(self), QRectF(self.rect())
        painter.fillRect(rect, Qt.GlobalColor.white)  # paper
        if not self.image.isNull():
            painter.drawImage(rect, self.image)
        brush.box(painter, rect, "", "button_line", 0)


class PdfPreview(QScrollArea):
    """Shows a PDF held in memory; `page_changed` gets the number of the page in view, from 1."""

    page_changed = Signal(int)

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs, self._slot = jobs, f"pages.{id(self)}"
        self._pdf = b""
        self._pages: list[_Page] = []
        self._current = 0
        self.setAccessibleName("Preview")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._look())
        self._fill()

    def show_pdf(self, pdf: bytes) -> None:
        """Show another document, at the page that was in view."""
        self._pdf = pdf
        job = Job(
            "Reading pages",
            lambda _job: _sizes(pdf),
            lambda sizes: self._lay(pdf, sizes),
            slot=self._slot,
            is_quiet=True,
        )
        self._jobs.start(LANE, job)

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return len(self._pages)

    def go_to(self, page: int) -> None:
        """Bring a page, counted from 1, to the top."""
        if 1 <= page <= len(self._pages):
            self.verticalScrollBar().setValue(self._pages[page - 1].y() - theme().px(MARGIN))

    def _lay(self, pdf: bytes, sizes: list[tuple[float, float]]) -> None:
        if pdf is not self._pdf:
            return
        before = self._current
        self._fill(sizes)
        self._fit()
        inside = self.widget()
        if inside is not None:
            inside.adjustSize()
        self.go_to(before)
        self._look()

    def _fill(self, sizes: "list[tuple[float, float]] | tuple[()]" = ()) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        px = theme().px
        column.setContentsMargins(px(MARGIN), px(MARGIN), px(MARGIN), px(MARGIN))
        column.setSpacing(px(GAP))
        self._pages = [_Page(number, points) for number, points in enumerate(sizes)]
        for page in self._pages:
            column.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        inside.setAutoFillBackground(True)
        palette = inside.palette()
        palette.setColor(inside.backgroundRole(), theme().colour("bg2"))
        inside.setPalette(palette)
        self.setWidget(inside)

    def _fit(self) -> None:
        room = min(self.viewport().width() - 2 * theme().px(MARGIN), theme().px(WIDEST))
        for page in self._pages:
            wide, high = page.points
            page.setFixedSize(QSize(room, round(room * high / wide)))

    def _look(self) -> None:
        """Ask for the pages in view that are not rendered at this size."""
        top, height = self.verticalScrollBar().value(), self.viewport().height()
        shown = [p for p in self._pages if p.y() < top + height and p.y() + p.height() > top]
        most = max(shown, key=lambda p: min(p.y() + p.height(), top + height) - max(p.y(), top), default=None)
        if most is not None and most.number + 1 != self._current:
            self._current = most.number + 1
            self.page_changed.emit(self._current)
        for page in shown:
            self._ask(page)

    def _ask(self, page: _Page) -> None:
        ratio = self.devicePixelRatioF()
        size = (round(page.width() * ratio), round(page.height() * ratio))
        if page.asked == size or self._jobs.is_closed:
            return
        page.asked = size
        pdf, number, slot = self._pdf, page.number, f"{self._slot}.{page.number}"
        call = lambda _job: rendered(pdf, number, size[0])  # noqa: E731
        done = lambda made: self._have(pdf, number, made)  # noqa: E731
        self._jobs.start(LANE, Job("Rendering a page", call, done, slot=slot, is_quiet=True))

    def _have(self, pdf: bytes, number: int, image: QImage) -> None:
        if pdf is self._pdf and number < len(self._pages):
            self._pages[number].image = image
            self._pages[number].update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        self._look()


def _sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of each page in points."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return [tuple(document.get_page_size(at)) for at in range(len(document))]
    finally:
        document.close()


def rendered(pdf: bytes, number: int, width: int) -> QImage:
    """A page as a picture of so many pixels' width."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[number]
        bitmap = page.render(scale=width / page.get_width(), rev_byteorder=True)
        made: Any = QImage(
            bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB888
        ).copy()
        page.close()
        return made  # type: ignore[no-any-return]
    finally:
        document.close()
