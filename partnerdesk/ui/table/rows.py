"""The rows of a table as a view holds them: kept through rereads, selected, summed, and what stands for none at all."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QTableView

from partnerdesk.ui.clipboard import copy_table
from partnerdesk.ui.table.model import Column, Index, TableModel, summary
from partnerdesk.ui.widgets.empty import Empty

Flag = QItemSelectionModel.SelectionFlag
MOVE = Flag.ClearAndSelect | Flag.Rows


class RowsView(QTableView):
    """A view of frozen rows that knows them by their keys, so that a reread changes nothing a user chose."""

    picked = Signal(object)  # the current row, or None
    summed = Signal(str)  # words on the selection
    filters_cleared = Signal()

    def __init__(self, columns: Sequence[Column], key: Callable[[Any], Hashable]) -> None:
        super().__init__()
        self.table_model = TableModel(columns, key)
        self._empty: Callable[[], Empty] | None = None
        self._empty_now: Empty | None = None
        self._said = ""  # of the selection
        self.setModel(self.table_model)

    def set_rows(self, rows: Iterable[Any]) -> None:
        """Show rows, keeping the current row, the selection and the scroll position by the rows' keys.

        Where the keyboard is in the table and its row is gone, the one that took its place is current.
        """
        scroll = (self.verticalScrollBar().value(), self.horizontalScrollBar().value())
        at = self.currentIndex() if self.hasFocus() else QModelIndex()
        place, column = at.row(), at.column()
        self.rearrange(lambda: self.table_model.set_rows(rows))
        if place >= 0 and self.table_model.rows and not self.currentIndex().isValid():
            last = len(self.table_model.rows) - 1
            self.selectionModel().setCurrentIndex(self.table_model.index(min(place, last), column), MOVE)
        self.verticalScrollBar().setValue(scroll[0])
        self.horizontalScrollBar().setValue(scroll[1])

    def rearrange(self, change: Callable[[], object]) -> None:
        """Change rows, sorting or filters, keeping what is selected."""
        model = self.table_model
        selected = {model.key(row) for row in self.selected_rows()}
        current, column = self.current_row(), max(self.currentIndex().column(), 0)
        change()
        self._reselect(selected, model.key(current) if current is not None else None, column)
        self._show_empty()
        self._say_sum()

    def current_row(self) -> Any:
        """The row with the focus, or None."""
        index = self.currentIndex()
        return self.table_model.rows[index.row()] if index.isValid() else None

    def selected_rows(self) -> list[Any]:
        """The selected rows from top to bottom."""
        places = {index.row() for index in self.selectionModel().selectedRows()}
        return [self.table_model.rows[place] for place in sorted(places)]

    def select(self, key: Hashable, column: int = 0) -> bool:
        """Make a row current and visible; says whether it is shown at all."""
        at = self.table_model.find(key)
        if at >= 0:
            index = self.table_model.index(at, column)
            self.selectionModel().setCurrentIndex(index, MOVE)
            self.scrollTo(index)
        return at >= 0

    def sort_by(self, key: str, descending: bool = False) -> None:
        """Sort by a column unless the user chose another order before."""
        if not self.table_model.sorted_by:
            self.table_model.sort_by(key, descending)

    def clear_filters(self) -> None:
        """Show all rows; the filter row hears of it through `filters_cleared`."""
        self.rearrange(self.table_model.clear_filters)
        self.filters_cleared.emit()

    def copy(self, headers: bool = False) -> None:
        """The selected rows with the visible columns, as text and as an HTML table."""
        header, columns = self.horizontalHeader(), self.table_model.columns
        order = [header.logicalIndex(place) for place in range(header.count())]
        shown = [columns[at] for at in order if not header.isSectionHidden(at)]
        rows = [[column.words(row) for column in shown] for row in self.selected_rows()]
        titles = [column.title for column in shown] if headers else None
        if rows:
            copy_table(rows, titles, [column.is_right for column in shown])

    # What is selected, and what it sums to

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.row() != previous.row() or not current.isValid():
            self.picked.emit(self.table_model.rows[current.row()] if current.isValid() else None)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self._say_sum()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._said = ""  # whoever was in view before said something else
        self._say_sum()

    def _say_sum(self) -> None:
        """What is selected, where that is news and the table is seen: one behind another page reads again, too."""
        shown = [c for i, c in enumerate(self.table_model.columns) if not self.isColumnHidden(i)]
        words = summary(self.selected_rows(), shown, len(self.table_model.rows))
        if self.isVisible() and words != self._said:
            self._said = words
            self.summed.emit(words)

    def _reselect(self, selected: set[Hashable], current: Hashable | None, column: int) -> None:
        model, selection = self.table_model, self.selectionModel()
        chosen = QItemSelection()
        for at, row in enumerate(model.rows) if selected else ():
            if model.key(row) in selected:
                chosen.select(model.index(at, 0), model.index(at, 0))
        selection.select(chosen, MOVE)
        at = model.find(current) if current is not None else -1
        if at >= 0:
            selection.setCurrentIndex(model.index(at, column), Flag.NoUpdate)
        elif current is not None:
            self.picked.emit(None)

    # No rows

    def set_empty(self, make: Callable[[], Empty]) -> None:
        """What stands under the header when there are no rows at all; no match has its own words."""
        self._empty = make
        self._show_empty()

    def _show_empty(self) -> None:
        if self._empty_now is not None:
            self._empty_now.hide()
            self._empty_now.deleteLater()
            self._empty_now = None
        if self.table_model.rows:
            return
        if self.table_model.all_rows():
            clear = ("Clear filters", self.clear_filters)
            self._empty_now = Empty("Nothing matches", "The filters hide every row of this list.", clear)
        elif self._empty is not None:
            self._empty_now = self._empty()
        if self._empty_now is not None:
            self._empty_now.setParent(self)
            self._place_empty()
            self._empty_now.show()

    def _place_empty(self) -> None:
        if self._empty_now is not None:
            self._empty_now.setGeometry(self.viewport().geometry())
