"""The view of a table: frozen first column, columns to choose, keys, pointer, totals.

Give it columns and rows; it remembers widths, order, hidden columns and sorting under its name. A screen listens to
`opened` (Enter or double-click on a row), `picked` (the current row), `asked` (Space on a figure) and `summed`.
Its rows, the room in its cells, columns, twin, header, painting and editing stand in modules of their own.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QMenu

from partnerdesk.ui.state import State
from partnerdesk.ui.table.cells import CellsView
from partnerdesk.ui.table.columns import ColumnKeeper
from partnerdesk.ui.table.edit import EditingPainter
from partnerdesk.ui.table.frozen import FrozenColumn
from partnerdesk.ui.table.header import TableHeader, TotalsRow, column_menu
from partnerdesk.ui.table.model import Column
from partnerdesk.ui.table.rows import MOVE
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.editors import InlineLine

Key, Reason = Qt.Key, Qt.FocusReason
BY_KEY = (Reason.TabFocusReason, Reason.BacktabFocusReason, Reason.ShortcutFocusReason)


class DataTable(CellsView):
    """A table of frozen rows. `measure` names the row height in `theme.MEASURES`.

    A full-bleed table begins and ends at the page margin and has a line above its header, unless it is not `lined`
    because it hangs on a line already.
    """

    opened = Signal(object)  # a row: Enter, double-click
    asked = Signal(str)  # a figure id: Space on a figure

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
        super().__init__(columns, key, measure, (margin if full_bleed else 0, padding), full_bleed and lined)
        self._menu_for: Callable[[Any], Sequence[Any]] | None = None
        self._setup(says)
        self._frozen = FrozenColumn(self, self.choose_columns, self.sort_clicked, self.activate)
        self.totals = TotalsRow(self)
        self.keeper = ColumnKeeper(self, self.totals, self.columns_changed, name, state)

    def _setup(self, says: str) -> None:
        self.setAccessibleName(says)
        self.setProperty("ownRing", True)
        self.setItemDelegate(EditingPainter(self))
        self.setHorizontalHeader(TableHeader(self, self.choose_columns))
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

    def offer_menu(self, menu_for: Callable[[Any], Sequence[Any]]) -> None:
        """The context menu of a row: a list of QAction, or None for a separator."""
        self._menu_for = menu_for

    def set_totals(self, words: dict[str, str]) -> None:
        """The pinned total row, by column key; an empty mapping takes it away."""
        self.totals.set_words(words)
        self.keeper.make_room()
        self.updateGeometries()

    def set_rows(self, rows: Iterable[Any]) -> None:
        """Show rows in the place of those that stand; columns of figures become as wide as theirs need."""
        super().set_rows(rows)
        self.keeper.make_room()

    # Columns

    def choose_columns(self, at: QPoint | None = None) -> None:
        """The column chooser, at the pointer or under the header's right end."""
        header = self.horizontalHeader()
        corner = header.mapToGlobal(QPoint(header.width() - theme().px(180), header.height()))
        column_menu(self, at or corner, self.show_column, self.keeper.usual)

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

    # Menu, keys, pointer and focus

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
        for editor in self.findChildren(InlineLine):
            if editor.text().endswith("@"):
                editor.end(False)  # a name is waited for; what stands before it stays
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.keeper.share_room()
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
        self._place_empty()

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
