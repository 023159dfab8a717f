"""Editing a cell in place: the text stands where it stood, a wrong one says why underneath and is not taken."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from partnerdesk.ui.table.model import Edit, Index
from partnerdesk.ui.table.paint import CellPainter
from partnerdesk.ui.widgets.editors import InlineLine, checked

if TYPE_CHECKING:
    from partnerdesk.ui.table.cells import CellsView

TAKING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class EditingPainter(CellPainter):
    """`CellPainter` that also opens editors."""

    def __init__(self, table: "CellsView") -> None:
        super().__init__(table)

    def _edit(self, index: Index) -> tuple[Edit, Any] | None:
        column = self._table.table_model.columns[index.column()]
        return (column.edit, self._table.table_model.row(index)) if column.edit else None

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        found = self._edit(index)
        if found is None:
            return None  # type: ignore[return-value]
        edit, row = found
        title = self._table.table_model.columns[index.column()].title
        editor = InlineLine(title, edit.parser(row), choices=edit.offered(row))
        editor.setParent(parent)
        editor.setText(edit.text(row))
        editor.selectAll()
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(option.rect.adjusted(0, 1, 0, -2))

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """The text was set when the editor was made; a reread must not take away what is being typed."""

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        found = self._edit(index)
        if found is None or not isinstance(editor, InlineLine):
            return
        edit, row = found
        if editor.text() != edit.text(row):
            value, problem = checked(edit.parser(row), editor.text())
            if not problem:
                edit.commit(row, value)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_key = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in TAKING
        if is_key and isinstance(watched, InlineLine) and not watched.check():
            return True  # stay in the editor; the reason stands underneath
        return super().eventFilter(watched, event)
