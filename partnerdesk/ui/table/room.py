"""The room inside the cells of a table, which its header, its totals and the painting of its cells share."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from partnerdesk.ui.table.model import SPARK, Column
from partnerdesk.ui.theme import theme

if TYPE_CHECKING:
    from partnerdesk.ui.table.rows import RowsView

APART = 8  # px between a figure and the words after it, besides their padding


class CellRoom:
    """How far words stand from the edges of their cell; the outer cells keep the page margin, `edge`, in px."""

    def __init__(self, table: "RowsView", edge: int, padding: int) -> None:
        self._table, self._edge, self._padding = table, edge, padding

    def inner(self, rect: QRectF, column: int) -> QRectF:
        """A cell without its padding; the outer cells reach the page margin or the table's own edge."""
        left = self._edge if self.is_leftmost(column) else self._padding + self._apart(column)
        right = theme().px(self._edge if column == self._last_shown() else self._padding)
        if column == self._last_shown() and self._table.verticalScrollBar().isVisible():
            right = max(theme().px(4), right - self._table.verticalScrollBar().width())  # the page margin holds the bar
        return rect.adjusted(theme().px(left), 0, -right, 0)

    def padding_of(self, column: Column) -> int:
        """What the padding of a column takes of its width, in px of the design; the outer ones hold the margin."""
        is_outer = column is self._table.table_model.columns[0]
        return self._padding + (max(self._edge, self._padding) if is_outer else self._padding)

    def _apart(self, column: int) -> int:
        """More room where words follow a figure, which would read as one."""
        header, columns = self._table.horizontalHeader(), self._table.table_model.columns
        before = (header.logicalIndex(place) for place in range(header.visualIndex(column) - 1, -1, -1))
        near = next((at for at in before if not header.isSectionHidden(at)), None)
        has_words = not (columns[column].is_right or columns[column].kind == SPARK)
        return APART if has_words and near is not None and columns[near].is_right else 0

    def _last_shown(self) -> int:
        header = self._table.horizontalHeader()
        places = range(header.count() - 1, -1, -1)
        shown = (header.logicalIndex(place) for place in places)
        return next((at for at in shown if not header.isSectionHidden(at)), 0)

    def is_leftmost(self, column: int) -> bool:
        """Whether the column is the one at the far left, which carries the bar of a selected row."""
        return self._table.horizontalHeader().visualIndex(column) == 0
