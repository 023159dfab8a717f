"""The twin of a table that holds its first column while the others scroll away beneath it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView

from partnerdesk.ui.table.header import TableHeader
from partnerdesk.ui.table.paint import CellPainter

if TYPE_CHECKING:
    from partnerdesk.ui.table.cells import CellsView


class FrozenColumn(QTableView):
    """Shares model, selection and painting with its table; shown only while there is something beneath it."""

    def __init__(
        self,
        table: "CellsView",
        choose: Callable[[QPoint], object],
        sort: Callable[[int], object],
        activate: Callable[[QModelIndex], object],
    ) -> None:
        super().__init__(table)
        self._table = table
        self.setModel(table.table_model)
        self.setSelectionModel(table.selectionModel())
        self.setItemDelegate(CellPainter(table))
        self.setHorizontalHeader(TableHeader(table, choose))
        self.horizontalHeader().setSectionsMovable(False)
        self.horizontalHeader().sectionClicked.connect(sort)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(f"{table.accessibleName()}, first column")
        table.horizontalScrollBar().valueChanged.connect(lambda _value: self.place())
        table.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.verticalScrollBar().valueChanged.connect(table.verticalScrollBar().setValue)
        self.doubleClicked.connect(activate)
        self.hide()

    def place(self) -> None:
        """Lie over the first column while something is beneath it."""
        is_needed = self._table.horizontalScrollBar().value() > 0
        if is_needed:
            self._lay()
        self.setVisible(is_needed)

    def _lay(self) -> None:
        for index in range(self._table.table_model.columnCount()):
            self.setColumnHidden(index, index != 0)
        width = self._table.columnWidth(0)
        self.setColumnWidth(0, width)
        self.verticalHeader().setDefaultSectionSize(self._table.row_height())
        top = self._table.horizontalHeader().height()
        self.horizontalHeader().setFixedHeight(top)
        self.setGeometry(0, 0, width, self._table.viewport().height() + top)
        self.verticalScrollBar().setValue(self._table.verticalScrollBar().value())
        self.raise_()
