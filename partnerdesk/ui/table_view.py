"""The view of a table: frozen first column, columns to choose, keys, copying, selection sum, empty states.

Give it columns and rows; it remembers widths, order, hidden columns and sorting under its name. A screen listens to
`opened` (Enter or double-click on a row), `picked` (the current row), `asked` (Space on a figure) and `summed`.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QGuiApplication, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QMenu, QTableView

from partnerdesk.ui.clipboard import table_data
from partnerdesk.ui.state import State
from partnerdesk.ui.table import Column, Index, TableModel, summary
from partnerdesk.ui.table_edit import EditingPainter
from partnerdesk.ui.table_header import TableHeader, TotalsRow, column_menu
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.empty import Empty

Key = Qt.Key
MOVE = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


class DataTable(QTableView):
    """A table of frozen rows. `measure` is the row height's name in `theme.MEASURES`."""

    opened = Signal(object)  # a row: Enter, double-click
    picked = Signal(object)  # the current row, or None
    asked = Signal(str)  # a figure id: Space on a figure
    summed = Signal(str)  # words on the selection

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
    ) -> None:
        super().__init__()
        self.name, self._state, self._measure = name, state, measure
        self._edge = margin if full_bleed else 0
        self.table_model = TableModel(columns, key)
        self.hovered = -1
        self._keyboard = False
        self._menu_for: Callable[[Any], Sequence[Any]] | None = None
        self._empty: Callable[[], Empty] | None = None
        self._empty_now: Empty | None = None
        self._left_of: set[int] = {0}
        self._setup(says)
        self._frozen = _Frozen(self)
        self.totals = TotalsRow(self)
        self._restore()

    def _setup(self, says: str) -> None:
        self.setAccessibleName(says)
        self.setModel(self.table_model)
        self.setItemDelegate(EditingPainter(self))
        self.setHorizontalHeader(TableHeader(self))
        self.horizontalHeader().setVisible(True)
        self.horizontalHeader().sectionClicked.connect(self._sort_clicked)
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
        self.setCornerButtonEnabled(False)
        self.entered.connect(lambda index: self._hover(index.row()))
        theme().changed.connect(self._restyle)

    # What screens call

    def set_rows(self, rows: Iterable[Any]) -> None:
        """Show rows, keeping the current row, the selection and the scroll position by the rows' keys."""
        model = self.table_model
        selected = {model.key(row) for row in self.selected_rows()}
        current, column = self.current_row(), max(self.currentIndex().column(), 0)
        scroll = (self.verticalScrollBar().value(), self.horizontalScrollBar().value())
        model.set_rows(rows)
        self._reselect(selected, model.key(current) if current is not None else None, column)
        self.verticalScrollBar().setValue(scroll[0])
        self.horizontalScrollBar().setValue(scroll[1])
        self._show_empty()

    def rearrange(self, change: Callable[[], object]) -> None:
        """Change sorting or filters, keeping what is selected."""
        selected = {self.table_model.key(row) for row in self.selected_rows()}
        current, column = self.current_row(), max(self.currentIndex().column(), 0)
        change()
        self._reselect(selected, self.table_model.key(current) if current is not None else None, column)
        self._show_empty()

    def current_row(self) -> Any:
        """The row with the focus, or None."""
        index = self.currentIndex()
        return self.table_model.rows[index.row()] if index.isValid() else None

    def selected_rows(self) -> list[Any]:
        """The selected rows from top to bottom."""
        selection = self.selectionModel()
        return [self.table_model.rows[i] for i in sorted({index.row() for index in selection.selectedRows()})]

    def select(self, key: Hashable, column: int = 0) -> bool:
        """Make a row current and visible; says whether it is shown at all."""
        at = self.table_model.find(key)
        if at >= 0:
            index = self.table_model.index(at, column)
            self.selectionModel().setCurrentIndex(index, MOVE)
            self.scrollTo(index)
        return at >= 0

    def offer_menu(self, menu_for: Callable[[Any], Sequence[Any]]) -> None:
        """The context menu of a row: a list of QAction or None for a separator."""
        self._menu_for = menu_for

    def set_empty(self, make: Callable[[], Empty]) -> None:
        """What stands under the header when there are no rows at all; no match has its own words."""
        self._empty = make
        self._show_empty()

    # Geometry shared with delegate, header and totals

    def row_height(self) -> int:
        """The height of a row in the density in force."""
        return theme().measure(self._measure)

    def inner(self, rect: QRectF, column: int) -> QRectF:
        """A cell without its padding; full-bleed tables begin and end at the page margin."""
        visual = self.horizontalHeader().visualIndex(column)
        left = self._edge if visual == 0 else 8 if self._edge or visual else 0
        last = self.horizontalHeader().count() - 1
        while last > 0 and self.horizontalHeader().isSectionHidden(self.horizontalHeader().logicalIndex(last)):
            last -= 1
        right = (self._edge or 0) if visual == last else 8
        return rect.adjusted(theme().px(left), 0, -theme().px(right), 0)

    def is_leftmost(self, column: int) -> bool:
        """Whether the column is the one at the far left, which carries the bar of a selected row."""
        return self.horizontalHeader().visualIndex(column) == 0

    def shows_focus(self) -> bool:
        """Whether the current cell shows a ring: the table has the focus and keys are used."""
        return self._keyboard and (self.hasFocus() or self._frozen.hasFocus())

    # Columns

    def choose_columns(self, at: QPoint | None = None) -> None:
        """The column chooser, at the pointer or under the header's right end."""
        header = self.horizontalHeader()
        column_menu(
            self, at or header.mapToGlobal(QPoint(header.width() - theme().px(180), header.height())), self.usual
        )

    def show_column(self, index: int, on: bool) -> None:
        """Show or hide a column."""
        self.setColumnHidden(index, not on)
        self._remember()

    def usual(self) -> None:
        """The columns as the screen declares them."""
        header = self.horizontalHeader()
        for index, column in enumerate(self.table_model.columns):
            header.moveSection(header.visualIndex(index), index)
            self.setColumnHidden(index, column.hidden)
            self.setColumnWidth(index, theme().px(column.width))
        self._remember()

    def _restore(self) -> None:
        self.blockSignals(True)
        header = self.horizontalHeader()
        kept = self._state.get(f"table.{self.name}", {}) if self._state else {}
        columns = self.table_model.columns
        for index, column in enumerate(columns):
            self.setColumnWidth(index, theme().px(kept.get("widths", {}).get(column.key, column.width)))
            known = column.key in kept.get("order", [])
            self.setColumnHidden(index, column.key in kept["hidden"] if known else column.hidden)
        places = [key for key in kept.get("order", []) if any(c.key == key for c in columns)]
        for place, key in enumerate(places):
            header.moveSection(header.visualIndex(self.table_model.column(key)), place)
        sort = kept.get("sort")
        if sort and any(c.key == sort[0] for c in columns):
            self.table_model.sort_by(sort[0], bool(sort[1]))
        self.blockSignals(False)
        header.sectionResized.connect(lambda *_: self._remember())
        header.sectionMoved.connect(lambda *_: self._remember())

    def _remember(self) -> None:
        self._frozen.place()
        self.totals.update()
        if self._state is None:
            return
        header, columns = self.horizontalHeader(), self.table_model.columns
        order = [columns[header.logicalIndex(place)].key for place in range(header.count())]
        hidden = [c.key for i, c in enumerate(columns) if self.isColumnHidden(i)]
        widths = {
            c.key: round(self.columnWidth(i) / theme().scale) for i, c in enumerate(columns) if self.columnWidth(i)
        }
        sort = [self.table_model.sorted_by, self.table_model.descending]
        self._state.set(
            f"table.{self.name}",
            {"order": order, "hidden": hidden, "widths": widths, "sort": sort if sort[0] else None},
        )

    def sort_by(self, key: str, descending: bool = False) -> None:
        """Sort by a column unless the user chose another order before."""
        if not self.table_model.sorted_by:
            self.table_model.sort_by(key, descending)

    def _sort_clicked(self, section: int) -> None:
        model = self.table_model
        key = model.columns[section].key
        down = model.sorted_by == key and not model.descending
        self.rearrange(lambda: model.sort_by(key, down))
        self.horizontalHeader().viewport().update()
        self._frozen.horizontalHeader().viewport().update()
        self._remember()

    # Copying and menus

    def copy(self, headers: bool = False) -> None:
        """The selected rows with the visible columns, as text and as an HTML table."""
        header, columns = self.horizontalHeader(), self.table_model.columns
        order = [
            columns[header.logicalIndex(p)]
            for p in range(header.count())
            if not header.isSectionHidden(header.logicalIndex(p))
        ]
        rows = [[column.words(row) for column in order] for row in self.selected_rows()]
        titles = [column.title for column in order] if headers else None
        if rows:
            right = [column.is_right for column in order]
            QGuiApplication.clipboard().setMimeData(table_data(rows, titles, right))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        row = self.current_row()
        if self._menu_for is None or row is None:
            return
        menu = QMenu(self)
        for action in self._menu_for(row):
            menu.addSeparator() if action is None else menu.addAction(action)
        at = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            at = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        menu.exec(at)
        menu.deleteLater()

    # Keys, pointer and focus

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._set_keyboard(True)
        index, key = self.currentIndex(), event.key()
        if not index.isValid():
            super().keyPressEvent(event)
        elif (key == Key.Key_Space and self.why(index)) or (key == Key.Key_F2 and self.begin_edit(index)):
            event.accept()
        elif key in (Key.Key_Return, Key.Key_Enter):
            self._activate(index)
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

    def _activate(self, index: QModelIndex) -> None:
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
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and not event.modifiers():
            column = self.table_model.columns[index.column()]
            if column.open_it is not None:
                column.open_it(self.table_model.row(index))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self._activate(index)

    def leaveEvent(self, event: Any) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
            Qt.FocusReason.ShortcutFocusReason,
        ):
            self._set_keyboard(True)
        if not self.currentIndex().isValid() and self.table_model.rows:
            self.selectionModel().setCurrentIndex(self.table_model.index(0, 0), MOVE)
        super().focusInEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.row() != previous.row() or not current.isValid():
            self.picked.emit(self.table_model.rows[current.row()] if current.isValid() else None)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        shown = [c for i, c in enumerate(self.table_model.columns) if not self.isColumnHidden(i)]
        self.summed.emit(summary(self.selected_rows(), shown, len(self.table_model.rows)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._frozen.place()
        self._place_parts()

    def _place_parts(self) -> None:
        bar = self.horizontalScrollBar()
        bottom = self.height() - (bar.height() if bar.isVisible() else 0)
        self.totals.setGeometry(0, bottom - self.totals.height(), self.width(), self.totals.height())
        if self._empty_now is not None:
            self._empty_now.setGeometry(self.viewport().geometry())

    def updateGeometries(self) -> None:
        super().updateGeometries()
        if hasattr(self, "totals"):
            wanted = self.totals.height() if self.totals.isVisibleTo(self) else 0
            if self.viewportMargins().bottom() != wanted:
                margins = self.viewportMargins()
                margins.setBottom(wanted)
                self.setViewportMargins(margins)
            self._frozen.place()
            self._place_parts()

    def set_totals(self, words: dict[str, str]) -> None:
        """The pinned total row, by column key; nothing takes it away."""
        self.totals.set_words(words)
        self.updateGeometries()

    # Inside

    def _reselect(self, selected: set[Hashable], current: Hashable | None, column: int) -> None:
        model, selection = self.table_model, self.selectionModel()
        chosen = QItemSelection()
        for at, row in enumerate(model.rows):
            if model.key(row) in selected:
                index = model.index(at, 0)
                chosen.select(index, index)
        rows = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        selection.select(chosen, rows)
        at = model.find(current) if current is not None else -1
        if at >= 0:
            selection.setCurrentIndex(model.index(at, column), QItemSelectionModel.SelectionFlag.NoUpdate)
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
        self._frozen.verticalHeader().setDefaultSectionSize(self.row_height())

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

    filters_cleared = Signal()

    def clear_filters(self) -> None:
        """Show all rows; the filter row hears of it through `filters_cleared`."""
        self.rearrange(self.table_model.clear_filters)
        self.filters_cleared.emit()


class _Frozen(QTableView):
    """The twin that holds the first column while the others scroll away beneath it."""

    def __init__(self, table: DataTable) -> None:
        super().__init__(table)
        self._table = table
        self.setModel(table.table_model)
        self.setSelectionModel(table.selectionModel())
        self.setItemDelegate(table.itemDelegate())
        self.setHorizontalHeader(TableHeader(table))
        self.horizontalHeader().setSectionsMovable(False)
        self.horizontalHeader().sectionClicked.connect(table._sort_clicked)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(table.row_height())
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setHorizontalScrollBarPolicy(off)
        self.setVerticalScrollBarPolicy(off)
        self.setFocusProxy(table)
        self.setAccessibleName(f"{table.accessibleName()}, first column")
        table.horizontalScrollBar().valueChanged.connect(lambda _value: self.place())
        table.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.verticalScrollBar().valueChanged.connect(table.verticalScrollBar().setValue)
        self.doubleClicked.connect(table._activate)
        self.hide()

    def place(self) -> None:
        """Lie over the first column while there is something to hide beneath it."""
        is_needed = self._table.horizontalScrollBar().value() > 0
        if is_needed:
            self._lay()
        self.setVisible(is_needed)

    def _lay(self) -> None:
        for index in range(self._table.table_model.columnCount()):
            self.setColumnHidden(index, index != 0)
        width = self._table.columnWidth(0)
        self.setColumnWidth(0, width)
        top = self._table.horizontalHeader().height()
        self.horizontalHeader().setFixedHeight(top)
        self.setGeometry(0, 0, width, self._table.viewport().height() + top)
        self.verticalScrollBar().setValue(self._table.verticalScrollBar().value())
        self.raise_()
