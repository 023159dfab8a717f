"""The view of a table: frozen first column, columns to choose, keys, copying, selection sum, empty states.

Give it columns and rows; it remembers widths, order, hidden columns and sorting under its name. A screen listens to
`opened` (Enter or double-click on a row), `picked` (the current row), `asked` (Space on a figure) and `summed`.
It stays in one piece because Qt wants one view to answer keys, pointer, focus and geometry; columns, twin, header,
painting and editing stand in modules of their own.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QMenu, QTableView

from partnerdesk.ui.clipboard import copy_table
from partnerdesk.ui.state import State
from partnerdesk.ui.table.columns import ColumnKeeper
from partnerdesk.ui.table.edit import EditingPainter
from partnerdesk.ui.table.frozen import FrozenColumn
from partnerdesk.ui.table.header import TableHeader, TotalsRow, column_menu
from partnerdesk.ui.table.model import SPARK, Column, Index, TableModel, summary
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.empty import Empty

Key, Flag, Reason = Qt.Key, QItemSelectionModel.SelectionFlag, Qt.FocusReason
MOVE = Flag.ClearAndSelect | Flag.Rows
APART = 8  # px between a figure and the words after it, besides their padding
BY_KEY = (Reason.TabFocusReason, Reason.BacktabFocusReason, Reason.ShortcutFocusReason)


class DataTable(QTableView):
    """A table of frozen rows. `measure` names the row height in `theme.MEASURES`.

    A full-bleed table begins and ends at the page margin and has a line above its header, unless it is not `lined`
    because it hangs on a line already.
    """

    opened = Signal(object)  # a row: Enter, double-click
    picked = Signal(object)  # the current row, or None
    asked = Signal(str)  # a figure id: Space on a figure
    summed = Signal(str)  # words on the selection
    filters_cleared = Signal()

    def __init__(
        self,
        name: str,
        columns: Sequence[Column],
        key: Callable[[Any], Hashable],
        state: State | None = None,
        *,
        says: str,
        measure: str = "row",
        full_bleed: bool = True,
        margin: int = 24,
        padding: int = 8,
        lined: bool = True,
    ) -> None:
        super().__init__()
        self._measure = measure
        self.is_lined = full_bleed and lined
        self._edge = margin if full_bleed else 0
        self._padding = padding
        self.table_model = TableModel(columns, key)
        self.hovered = -1
        self._keyboard = False
        self._menu_for: Callable[[Any], Sequence[Any]] | None = None
        self._empty: Callable[[], Empty] | None = None
        self._empty_now: Empty | None = None
        self._setup(says)
        self._frozen = FrozenColumn(self)
        self.totals = TotalsRow(self)
        self.keeper = ColumnKeeper(self, name, state)

    def _setup(self, says: str) -> None:
        self.setAccessibleName(says)
        self.setProperty("ownRing", True)
        self.setModel(self.table_model)
        self.setItemDelegate(EditingPainter(self))
        self.setHorizontalHeader(TableHeader(self))
        self.horizontalHeader().sectionClicked.connect(self.sort_clicked)
        self.horizontalHeader().setStretchLastSection(True)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(self.row_height())
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.entered.connect(lambda index: self._hover(index.row()))
        theme().changed.connect(self._restyle)

    # What screens call

    def set_rows(self, rows: Iterable[Any]) -> None:
        """Show rows, keeping the current row, the selection and the scroll position by the rows' keys."""
        scroll = (self.verticalScrollBar().value(), self.horizontalScrollBar().value())
        self.rearrange(lambda: self.table_model.set_rows(rows))
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

    def offer_menu(self, menu_for: Callable[[Any], Sequence[Any]]) -> None:
        """The context menu of a row: a list of QAction, or None for a separator."""
        self._menu_for = menu_for

    def set_empty(self, make: Callable[[], Empty]) -> None:
        """What stands under the header when there are no rows at all; no match has its own words."""
        self._empty = make
        self._show_empty()

    def set_totals(self, words: dict[str, str]) -> None:
        """The pinned total row, by column key; an empty mapping takes it away."""
        self.totals.set_words(words)
        self.updateGeometries()

    def sort_by(self, key: str, descending: bool = False) -> None:
        """Sort by a column unless the user chose another order before."""
        if not self.table_model.sorted_by:
            self.table_model.sort_by(key, descending)

    def clear_filters(self) -> None:
        """Show all rows; the filter row hears of it through `filters_cleared`."""
        self.rearrange(self.table_model.clear_filters)
        self.filters_cleared.emit()

    # Geometry shared with delegate, header and totals

    def row_height(self) -> int:
        """The height of a row in the density in force."""
        return theme().measure(self._measure)

    def inner(self, rect: QRectF, column: int) -> QRectF:
        """A cell without its padding; the outer cells reach the page margin or the table's own edge."""
        left = self._edge if self.is_leftmost(column) else self._padding + self._apart(column)
        right = theme().px(self._edge if column == self._last_shown() else self._padding)
        if column == self._last_shown() and self.verticalScrollBar().isVisible():
            right = max(theme().px(4), right - self.verticalScrollBar().width())  # the page margin holds the bar
        return rect.adjusted(theme().px(left), 0, -right, 0)

    def padding_of(self, column: Column) -> int:
        """What the padding of a column takes of its width, in px of the design; the outer ones hold the margin."""
        is_outer = column is self.table_model.columns[0]
        return self._padding + (max(self._edge, self._padding) if is_outer else self._padding)

    def _apart(self, column: int) -> int:
        """More room where words follow a figure, which would read as one."""
        header, columns = self.horizontalHeader(), self.table_model.columns
        before = (header.logicalIndex(place) for place in range(header.visualIndex(column) - 1, -1, -1))
        near = next((at for at in before if not header.isSectionHidden(at)), None)
        has_words = not (columns[column].is_right or columns[column].kind == SPARK)
        return APART if has_words and near is not None and columns[near].is_right else 0

    def _last_shown(self) -> int:
        header = self.horizontalHeader()
        places = range(header.count() - 1, -1, -1)
        shown = (header.logicalIndex(place) for place in places)
        return next((at for at in shown if not header.isSectionHidden(at)), 0)

    def is_leftmost(self, column: int) -> bool:
        """Whether the column is the one at the far left, which carries the bar of a selected row."""
        return self.horizontalHeader().visualIndex(column) == 0

    def shows_focus(self) -> bool:
        """Whether the current cell shows a ring: the table has the focus and keys are used."""
        return self._keyboard and self.hasFocus()

    # Columns

    def choose_columns(self, at: QPoint | None = None) -> None:
        """The column chooser, at the pointer or under the header's right end."""
        header = self.horizontalHeader()
        corner = header.mapToGlobal(QPoint(header.width() - theme().px(180), header.height()))
        column_menu(self, at or corner, self.keeper.usual)

    def show_column(self, index: int, on: bool) -> None:
        """Show or hide a column."""
        self.setColumnHidden(index, not on)
        self.keeper.remember()

    def columns_changed(self) -> None:
        """Widths, order or visibility changed: twin and totals follow."""
        self._frozen.place()
        self.totals.update()

    def sort_clicked(self, section: int) -> None:
        """Sort by a header that was clicked; again reverses."""
        model = self.table_model
        key = model.columns[section].key
        down = model.sorted_by == key and not model.descending
        self.rearrange(lambda: model.sort_by(key, down))
        self.horizontalHeader().viewport().update()
        self._frozen.horizontalHeader().viewport().update()
        self.keeper.remember()

    # Copying and menus

    def copy(self, headers: bool = False) -> None:
        """The selected rows with the visible columns, as text and as an HTML table."""
        header, columns = self.horizontalHeader(), self.table_model.columns
        order = [header.logicalIndex(place) for place in range(header.count())]
        shown = [columns[at] for at in order if not header.isSectionHidden(at)]
        rows = [[column.words(row) for column in shown] for row in self.selected_rows()]
        titles = [column.title for column in shown] if headers else None
        if rows:
            copy_table(rows, titles, [column.is_right for column in shown])

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        row = self.current_row()
        if self._menu_for is None or row is None:
            return
        menu = QMenu(self)
        for action in self._menu_for(row):
            if action is None:
                menu.addSeparator()
            else:
                menu.addAction(action)
        at = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            at = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        menu.exec(at)
        menu.deleteLater()

    # Keys, pointer and focus

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._set_keyboard(True)
        index, key = self.currentIndex(), event.key()
        if not index.isValid() or self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)  # Enter in an editor passes through here too
        elif (key == Key.Key_Space and self.why(index)) or (key == Key.Key_F2 and self.begin_edit(index)):
            event.accept()
        elif key in (Key.Key_Return, Key.Key_Enter):
            self.activate(index)
        elif key == Key.Key_Space or event.text().isalpha():
            event.ignore()  # single letters and Space belong to the page, not to a search as you type
        else:
            super().keyPressEvent(event)

    def why(self, index: QModelIndex) -> bool:
        """Ask why of the figure in a cell; says whether there is one."""
        column = self.table_model.columns[index.column()]
        figure = column.figure(self.table_model.row(index)) if column.figure else ""
        if figure:
            self.asked.emit(figure)
        return bool(figure)

    def begin_edit(self, index: QModelIndex | None = None) -> bool:
        """Edit a cell in place; says whether it can be edited."""
        index = index or self.currentIndex()
        if not index.isValid() or self.table_model.columns[index.column()].edit is None:
            return False
        self.edit(index)
        return True

    def activate(self, index: QModelIndex) -> None:
        """Enter or double-click: follow a link, edit a cell, or open the row."""
        column, row = self.table_model.columns[index.column()], self.table_model.row(index)
        if column.open_it is not None:
            column.open_it(row)
        elif not self.begin_edit(index):
            self.opened.emit(row)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._set_keyboard(False)
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        is_plain = event.button() == Qt.MouseButton.LeftButton and not event.modifiers()
        if is_plain and index.isValid() and self.table_model.columns[index.column()].open_it is not None:
            self.activate(index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self.activate(index)

    def leaveEvent(self, event: Any) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._set_keyboard(event.reason() in BY_KEY or self._keyboard)
        if not self.currentIndex().isValid() and self.table_model.rows:
            self.selectionModel().setCurrentIndex(self.table_model.index(0, 0), MOVE)
        super().focusInEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.row() != previous.row() or not current.isValid():
            self.picked.emit(self.table_model.rows[current.row()] if current.isValid() else None)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self._say_sum()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.selectionModel().hasSelection():
            self._say_sum()

    def _say_sum(self) -> None:
        shown = [c for i, c in enumerate(self.table_model.columns) if not self.isColumnHidden(i)]
        self.summed.emit(summary(self.selected_rows(), shown, len(self.table_model.rows)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._frozen.place()
        self._place_parts()

    def updateGeometries(self) -> None:
        super().updateGeometries()
        if not hasattr(self, "totals"):
            return  # Qt asks while the view is being made
        wanted = 0 if self.totals.isHidden() else self.totals.height()
        margins = self.viewportMargins()
        if margins.bottom() != wanted:
            margins.setBottom(wanted)
            self.setViewportMargins(margins)
        self._frozen.place()
        self._place_parts()

    # Inside

    def _place_parts(self) -> None:
        bottom = self.viewport().geometry().bottom() + 1
        self.totals.setGeometry(0, bottom, self.width(), self.totals.height())
        if self._empty_now is not None:
            self._empty_now.setGeometry(self.viewport().geometry())

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

    def _hover(self, row: int) -> None:
        if row != self.hovered:
            self.hovered = row
            self.viewport().update()
            self._frozen.viewport().update()

    def _set_keyboard(self, on: bool) -> None:
        if on != self._keyboard:
            self._keyboard = on
            self.viewport().update()

    def _restyle(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self.row_height())
        self.horizontalHeader().setFixedHeight(self.horizontalHeader().sizeHint().height())

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
            self._empty_now.setGeometry(self.viewport().geometry())
            self._empty_now.show()
