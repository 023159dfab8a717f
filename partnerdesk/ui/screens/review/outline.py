"""The outline of a review: its pages with a mark each, and the lists that feed them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from partnerdesk.ui import icons
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets import brush
from partnerdesk.ui.widgets.status import STATUSES

Index = QModelIndex | QPersistentModelIndex
NONE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Line:
    """A page (`number` before its name) or a list; `state` is a kind of `widgets.status` or empty."""

    key: str
    title: str
    number: str = ""
    state: str = ""
    can_move: bool = False


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[Line, ...] = ()

    def rowCount(self, parent: Index = NONE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{line.number} {line.title}".strip()
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = super().flags(index) | Qt.ItemFlag.ItemIsDropEnabled
        is_moved = index.isValid() and self.lines[index.row()].can_move
        return usual | Qt.ItemFlag.ItemIsDragEnabled if is_moved else usual

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction


class _Painter(QStyledItemDelegate):
    def __init__(self, owner: "Outline") -> None:
        super().__init__(owner)
        self._owner = owner

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme().px(100), theme().measure("nav") + theme().px(2))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        px, line = theme().px, self._owner.line(index.row())
        rect = QRectF(option.rect).adjusted(0, 0, 0, -px(2))
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_current:
            brush.box(painter, rect, "selected")
            brush.box(painter, QRectF(rect.left(), rect.center().y() - px(9), 3, px(18)), "accent", radius=1.5)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            brush.box(painter, rect, "hover")
        left = rect.adjusted(px(12), 0, 0, 0)
        if line.number:
            brush.text(painter, left, line.number, theme().font("body"), "muted")
        elif index.row() and self._owner.line(index.row() - 1).number:  # where the lists begin
            painter.fillRect(QRectF(rect.left(), rect.top() - px(1), rect.width(), 1), theme().colour("line"))
        words = rect.adjusted(px(30), 0, -px(26), 0)
        brush.text(painter, words, line.title, theme().font("strong" if is_current else "body"))
        if line.state:
            icon, token = STATUSES[line.state]
            icons.paint(painter, icon, rect.right() - px(22), rect.center().y() - px(7), token, 14)
        painter.restore()


class Outline(QListView):
    """`chosen` carries the key of a line, `ordered` the keys of the pages after one of them was moved."""

    chosen = Signal(str)
    ordered = Signal(tuple)

    def __init__(self) -> None:
        super().__init__()
        self._model = _Model()
        self.setModel(self._model)
        self.setItemDelegate(_Painter(self))
        self.setAccessibleName("Outline")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDropIndicatorShown(True)
        self.setAccessibleDescription("Alt+Up and Alt+Down move a page, or drag it")
        self.selectionModel().currentChanged.connect(lambda index, _old: self._tell(index.row()))

    def line(self, row: int) -> Line:
        return self._model.lines[row]

    def set_lines(self, lines: Sequence[Line], current: str) -> None:
        """Show these lines with one current; tells nobody."""
        if tuple(lines) != self._model.lines:
            self.selectionModel().blockSignals(True)
            self._model.beginResetModel()
            self._model.lines = tuple(lines)
            self._model.endResetModel()
            self.selectionModel().blockSignals(False)
        keys = [line.key for line in lines]
        if current in keys:
            self.selectionModel().blockSignals(True)
            self.setCurrentIndex(self._model.index(keys.index(current)))
            self.selectionModel().blockSignals(False)
        self.viewport().update()

    # Moving pages

    def move_page(self, row: int, to: int) -> bool:
        """Put a page at the place of another one that may move; whether it went anywhere."""
        lines = self._model.lines
        if row == to or not (0 <= row < len(lines) and 0 <= to < len(lines)):
            return False
        if not (lines[row].can_move and lines[to].can_move):
            return False
        keys = [line.key for line in lines if line.number]
        keys.insert(to, keys.pop(row))
        self.ordered.emit(tuple(keys))
        return True

    def dropEvent(self, event: QDropEvent) -> None:
        """A page was dropped on the place where it shall stand; the rows follow when the review is read again."""
        at = self.indexAt(event.position().toPoint())
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        self.move_page(self.currentIndex().row(), at.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in steps:
            row = self.currentIndex().row()
            self.move_page(row, row + steps[Qt.Key(event.key())])
            event.accept()
        else:
            super().keyPressEvent(event)

    def _tell(self, row: int) -> None:
        if 0 <= row < len(self._model.lines):
            self.chosen.emit(self._model.lines[row].key)
