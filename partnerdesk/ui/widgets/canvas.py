"""The picture of a chart: one of `reports.charts`, drawn by matplotlib away from the window's thread.

matplotlib costs half a second to import and a chart up to a tenth to draw, so both happen on a thread of their own;
the page stands meanwhile. The picture is drawn anew when size, theme or data change.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QHelpEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from partnerdesk.reports.charts.raster import Picture, picture
from partnerdesk.reports.charts.spots import Spot
from partnerdesk.ui.jobs import Job, Jobs
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.text import set_tip

LANE = "charts"
_STEPS: dict[int, int] = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
SETTLE_MS = 40  # while a window is being resized, only the last size is drawn


@dataclass(frozen=True, slots=True)
class ChartData:
    """What a chart shows: `draw` from `reports.charts`, its data, and the same as words and as a table."""

    draw: Callable[[Any, Any, Any], Sequence[Any]]
    data: object
    summary: str
    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Canvas(QWidget):
    """The picture alone. `ready` is true once what was asked for is painted.

    A mark with a key can be picked: by a click, or with the arrow keys, which go through the marks by their place.
    """

    picked = Signal(str)  # the key of a mark

    def __init__(self, jobs: Jobs, height: int) -> None:
        super().__init__()
        self._jobs, self._slot = jobs, f"chart.{id(self)}"
        self._shown: ChartData | None = None
        self._picture: Picture | None = None
        self._image = QImage()
        self._drawn: tuple[object, ...] = ()
        self._chosen = ""
        self.setMouseTracking(True)
        self.setFixedHeight(theme().px(height))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLE_MS)
        self._timer.timeout.connect(self._draw)
        theme().changed.connect(self.refresh)
        self.destroyed.connect(lambda: jobs.drop(self._slot))

    def show_data(self, shown: ChartData) -> None:
        """Draw other data."""
        self._shown = shown
        self.setAccessibleName(shown.summary)
        self.refresh()

    def clear(self) -> None:
        """Nothing, until other data come."""
        self._shown, self._picture, self._image, self._drawn = None, None, QImage(), ()
        self._jobs.drop(self._slot)
        self.setAccessibleName("")
        self.update()

    def choose(self, key: str) -> None:
        """Put a ring around the mark of a key; around none for an empty one."""
        self._chosen = key
        self.update()

    @property
    def is_ready(self) -> bool:
        """Whether the picture shows the data at the present size and theme."""
        return self._drawn == self._wanted()

    def image(self) -> QImage:
        """The picture on the page's ground, for the clipboard."""
        image = QImage(self._image.size(), QImage.Format.Format_RGB32)
        image.fill(theme().colour("bg"))
        painter = QPainter(image)
        painter.drawImage(QRectF(0, 0, image.width(), image.height()), self._image)
        painter.end()
        return image

    def refresh(self) -> None:
        """Draw again soon."""
        if self._shown is not None and self.isVisible():
            self._timer.start()

    def _wanted(self) -> tuple[object, ...]:
        return (id(self._shown), self.width(), self.height(), self.devicePixelRatioF(), theme().name, theme().scale)

    def _draw(self) -> None:
        wanted, shown = self._wanted(), self._shown
        if shown is None or wanted == self._drawn or self._jobs.is_closed or self.width() < 40:
            return
        scale, look = theme().scale, theme().look
        width, height, density = self.width() / scale, self.height() / scale, scale * self.devicePixelRatioF()

        def call(_job: Job) -> Picture:
            return picture(shown.draw, shown.data, look, width, height, density)

        job = Job("Drawing a chart", call, lambda made: self._have(made, wanted), slot=self._slot, is_quiet=True)
        self._jobs.start(LANE, job)

    def _have(self, made: Picture, wanted: tuple[object, ...]) -> None:
        self._picture, self._drawn = made, wanted
        image = QImage(made.pixels, made.width, made.height, 4 * made.width, QImage.Format.Format_RGBA8888)
        self._image = image.copy()
        self._image.setDevicePixelRatio(made.width / max(1, self.width()))
        self.update()

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.refresh()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(320), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._image.isNull():
            return
        painter = QPainter(self)
        painter.drawImage(QPoint(0, 0), self._image)
        chosen = next((spot for spot in self._marks() if spot.key == self._chosen), None)
        if chosen is not None:
            box = QRectF(chosen.x * self.width(), chosen.y * self.height(), 0, 0)
            box.setSize(QSizeF(chosen.width * self.width(), chosen.height * self.height()))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme().colour("accent"), theme().px(2)))
            painter.drawEllipse(box.adjusted(-3, -3, 3, 3))

    def _marks(self) -> list[Spot]:
        """The marks that can be picked, from left to right."""
        spots = self._picture.spots if self._picture is not None else ()
        return sorted((spot for spot in spots if spot.key), key=lambda spot: (spot.x, spot.y))

    def _mark_at(self, point: QPoint) -> Spot | None:
        """The smallest mark under a point: large ones may lie behind it."""
        x, y = point.x() / max(1, self.width()), point.y() / max(1, self.height())
        return min((s for s in self._marks() if s.holds(x, y)), key=lambda s: s.width, default=None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        found = self._mark_at(event.position().toPoint())
        self.setCursor(Qt.CursorShape.PointingHandCursor if found else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self._mark_at(event.position().toPoint())
        if found is None or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self.choose(found.key)
        self.picked.emit(found.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        marks, step = self._marks(), _STEPS.get(event.key(), 0)
        if not (marks and step):
            super().keyPressEvent(event)
            return
        at = next((n for n, mark in enumerate(marks) if mark.key == self._chosen), -1 if step > 0 else len(marks))
        found = marks[min(max(at + step, 0), len(marks) - 1)]
        self.choose(found.key)
        self.picked.emit(found.key)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._picture is not None:
            x, y = event.pos().x() / max(1, self.width()), event.pos().y() / max(1, self.height())
            set_tip(self, next((spot.says for spot in self._picture.spots if spot.holds(x, y)), ""))
        return super().event(event)
