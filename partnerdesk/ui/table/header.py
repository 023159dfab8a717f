"""The header of a table: words in 12/500, the sort arrow after the word, and the row of totals that mirrors it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QMenu, QWidget

from partnerdesk.ui import icons
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets import brush
from partnerdesk.ui.widgets.text import literal
from partnerdesk.ui.widgets.wiring import calling

if TYPE_CHECKING:
    from partnerdesk.ui.table.cells import CellsView


class TableHeader(QHeaderView):
    """Click sorts, drag moves and resizes, the context menu chooses columns."""

    def __init__(self, table: "CellsView", choose: Callable[[QPoint], object]) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table = table
        self.setAccessibleName(f"{table.accessibleName()}, columns")
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setFirstSectionMovable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(theme().px(40))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda at: choose(self.mapToGlobal(at)))

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme().px(30) + 1 + self._top())

    def _top(self) -> int:
        return 1 if self._table.is_lined else 0

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme().colour("bg"))
        self._lines(painter, 0, self.viewport().width())
        painter.end()
        super().paintEvent(event)

    def _lines(self, painter: QPainter, left: float, right: float) -> None:
        brush.hairline(painter, left, right, self.viewport().height() - 1, "line")
        if self._table.is_lined:
            brush.hairline(painter, left, right, 0, "line")

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        model = self._table.table_model
        column = model.columns[logicalIndex]
        painter.fillRect(rect, theme().colour("bg"))
        self._lines(painter, rect.left(), rect.right() + 1)
        box = self._table.room.inner(QRectF(rect).adjusted(0, self._top(), 0, -1), logicalIndex)
        arrow = model.sorted_by == column.key
        room = theme().px(15) if arrow else 0
        font = theme().font("header")
        align = brush.CENTRE if column.is_centred else brush.RIGHT if column.is_right else brush.LEFT
        words = box.adjusted(0, 0, -room, 0)
        used = brush.text(painter, words, column.title, font, "muted", align)
        if arrow:
            left = words.right() if column.is_right else words.left() + used
            left += (words.width() - used) / 2 if column.is_centred else 0
            icon = "arrow-down" if model.descending else "arrow-up"
            icons.paint(painter, icon, left + theme().px(4), box.center().y() - theme().px(5), "muted", 11)


def column_menu(
    table: "CellsView", at: QPoint, show: Callable[[int, bool], object], reset: Callable[[], object]
) -> None:
    """Tick the columns to show; the first one always stays."""
    menu = QMenu(table)
    for index, column in enumerate(table.table_model.columns):
        if index == 0:
            continue
        action = menu.addAction(literal(column.says or column.title))
        action.setCheckable(True)
        action.setChecked(not table.isColumnHidden(index))
        action.triggered.connect(lambda on, i=index: show(i, on))
    menu.addSeparator()
    menu.addAction("Usual columns").triggered.connect(calling(reset))
    menu.exec(at)
    menu.deleteLater()


class TotalsRow(QWidget):
    """600 on a line in the border colour, pinned under the rows and aligned with their columns."""

    def __init__(self, table: "CellsView") -> None:
        super().__init__(table)
        self._table = table
        self._words: dict[str, str] = {}
        self.setFixedHeight(theme().px(34))
        self.hide()

    def set_words(self, words: dict[str, str]) -> None:
        """The text per column key; an empty mapping takes the row away."""
        self._words = dict(words)
        model = self._table.table_model
        said = [f"{c.title}: {self._words[c.key]}" for c in model.columns if self._words.get(c.key)]
        self.setAccessibleName("Total. " + ", ".join(said))
        self.setVisible(bool(words))
        self.update()

    def words(self, key: str) -> str:
        """The text of a column."""
        return self._words.get(key, "")

    def paintEvent(self, event: QPaintEvent) -> None:
        from partnerdesk.ui.table.paint import paint_number

        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().colour("bg"))
        brush.hairline(painter, 0, self.width(), 0, "border")
        header = self._table.horizontalHeader()
        for index, column in enumerate(self._table.table_model.columns):
            words = self._words.get(column.key, "")
            if not words or header.isSectionHidden(index):
                continue
            cell = QRectF(header.sectionViewportPosition(index), 0, header.sectionSize(index), self.height())
            if column.is_right:
                paint_number(painter, self._table.room.inner(cell, index), column, 1, words, "strong")
            else:
                # A name of the total may run over the empty columns after it.
                align = brush.CENTRE if column.is_centred else brush.LEFT
                brush.text(painter, self._table.room.inner(cell, index), words, theme().font("strong"), "text", align)
