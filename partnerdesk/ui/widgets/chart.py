"""A chart on the screen with what it says in words: the finding as title, a summary for a screen reader, its data.

"Show data" is a table; what lies under the pointer is a tip of the picture, which is drawn in `canvas`.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from partnerdesk.ui.clipboard import copy_table
from partnerdesk.ui.jobs import Jobs
from partnerdesk.ui.table.model import NUMBER, TEXT, Column
from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import link
from partnerdesk.ui.widgets.canvas import Canvas, ChartData
from partnerdesk.ui.widgets.section import SectionTitle


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
        self._toggle.show()
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
        self._toggle.hide()  # there is none
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
