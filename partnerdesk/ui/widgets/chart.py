"""A chart on the screen: one of `reports.charts`, drawn by matplotlib away from the window's thread.

matplotlib costs half a second to import and a chart up to a tenth to draw, so both happen on a thread of their own;
the page stands meanwhile. The picture is drawn anew when size, theme or data change. What it says is there in words
as well: the finding as title, a summary for a screen reader, "Show data" as a table, and what lies under the pointer
as a tip.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QVBoxLayout, QWidget

from partnerdesk.reports.charts.raster import Picture, picture
from partnerdesk.reports.charts.spots import Spot
from partnerdesk.ui.clipboard import copy_table
from partnerdesk.ui.jobs import Job, Jobs
from partnerdesk.ui.table.model import NUMBER, TEXT, Column
from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import link
from partnerdesk.ui.widgets.section import SectionTitle
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


class Chart(QWidget):
    """Title, note, the picture, and its data on demand."""

    def __init__(self, jobs: Jobs, height: int = 180) -> None:
        super().__init__()
        self._toggle = link("Show data", self.toggle_data)
        self.head = SectionTitle("", "", self._toggle)
        self.canvas = Canvas(jobs, height)
        self.canvas.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._shown: ChartData | None = None
        self._table: DataTable | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().px(4))
        self._column.addWidget(self.head)
        self._column.addWidget(self.canvas)

    def show_chart(self, title: str, note: str, shown: ChartData) -> None:
        """The finding, what is drawn, and the data behind it."""
        self._shown = shown
        self.head.set(title, note)
        self._name_toggle()
        self.canvas.show_data(shown)
        if self._table is not None:
            self._close_table()
            self.toggle_data()

    def clear(self, title: str) -> None:
        """What is drawn belongs to something else: say what is being read instead."""
        self._shown = None
        self._close_table()
        self.canvas.clear()
        self.canvas.show()
        self._toggle.set_text("Show data")
        self.head.set(title, "")
        self._name_toggle()

    def toggle_data(self) -> None:
        """Show the data as a table in the chart's place, or the chart again."""
        if self._table is not None:
            self._close_table()
        elif self._shown is not None:
            self._table = _data_table(self._shown)
            self._table.setFixedHeight(self.canvas.height())
            self._column.addWidget(self._table)
        self.canvas.setVisible(self._table is None)
        self._toggle.set_text("Show data" if self._table is None else "Show chart")
        self._name_toggle()

    def _name_toggle(self) -> None:
        """A page with several charts has as many of these; each says whose it is."""
        self._toggle.setAccessibleName(f"{self._toggle.words()}, {self.head.title.text()}")

    def _close_table(self) -> None:
        if self._table is not None:
            self._table.hide()
            self._table.deleteLater()
            self._table = None

    def copy_image(self) -> None:
        """Put the picture on the clipboard."""
        QGuiApplication.clipboard().setImage(self.canvas.image())

    def copy_data(self) -> None:
        """Put the data on the clipboard as a table with headers."""
        if self._shown is not None:
            right = [_is_number(self._shown, at) for at in range(len(self._shown.titles))]
            copy_table(self._shown.rows, self._shown.titles, right)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.open_menu(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Menu:
            self.open_menu(self.canvas.mapToGlobal(QPoint(0, 0)))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.toggle_data()
        else:
            super().keyPressEvent(event)

    def open_menu(self, at: QPoint) -> None:
        """Show data, copy the picture, copy the data."""
        menu = QMenu(self)
        menu.addAction(self._toggle.words()).triggered.connect(lambda _on: self.toggle_data())
        menu.addAction("Copy image").triggered.connect(lambda _on: self.copy_image())
        menu.addAction("Copy data").triggered.connect(lambda _on: self.copy_data())
        menu.exec(at)
        menu.deleteLater()


def _is_number(shown: ChartData, at: int) -> bool:
    return at > 0 and all(any(c.isdigit() for c in row[at]) for row in shown.rows if row[at])


def _data_table(shown: ChartData) -> DataTable:
    columns = [
        Column(str(at), title, _cell(at), kind=NUMBER if _is_number(shown, at) else TEXT, width=120)
        for at, title in enumerate(shown.titles)
    ]
    made = DataTable("", columns, lambda row: row, says=shown.summary, measure="figures_row", full_bleed=False)
    made.set_rows(shown.rows)
    return made


def _cell(at: int) -> Callable[[Any], str]:
    return lambda row: str(row[at])
