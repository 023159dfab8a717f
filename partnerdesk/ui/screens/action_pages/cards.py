"""The cards of one field of the board: a list with one card per action, dragged to another field or moved by menu."""

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from partnerdesk.ui.screens.action_pages.promised_columns import state_words
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets import brush
from partnerdesk.ui.widgets.status import paint_status
from partnerdesk.ui.widgets.text import tip_text
from partnerdesk.ui.widgets.wrapped import Wrapped

if TYPE_CHECKING:
    from partnerdesk.queries.joint.action_list import ListedAction
    from partnerdesk.reports.format import Formats

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
MIME = "application/x-partnerdesk-actions"
CARD = 80


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[ListedAction] = []

    def put(self, rows: "Sequence[ListedAction]") -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()].row
        words = ", ".join(part for part in (row.text, row.partner_name, row.owner or "no owner") if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip_text(words)
        return words if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return usual | (Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else Qt.ItemFlag.ItemIsDropEnabled)

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        data.setData(MIME, json.dumps([self.rows[index.row()].id for index in indexes]).encode())
        return data


class CardList(QListView):
    """The actions of one side that are due in one stretch. `says` is its name; without `drop` nothing is taken."""

    opened = Signal(object)
    picked = Signal(object)

    def __init__(
        self,
        says: str,
        formats: "Formats",
        menu: Callable[[Any], Sequence[Any]],
        drop: Callable[[list[int]], object] | None,
    ) -> None:
        super().__init__()
        self.cards = _Model()
        self._menu, self._drop = menu, drop
        self.setModel(self.cards)
        self.setItemDelegate(_Painter(self, formats))
        self.setAccessibleName(says)
        self.setProperty("ownRing", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        mode = QAbstractItemView.DragDropMode
        self.setDragDropMode(mode.DragDrop if drop is not None else mode.DragOnly)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.cards.rows[index.row()]))
        self.selectionModel().currentChanged.connect(self._say_current)

    def show_rows(self, rows: "Sequence[ListedAction]") -> None:
        """Show other actions, keeping what is selected."""
        chosen = {row.id for row in self.selected()}
        self.cards.put(rows)
        flag = self.selectionModel().SelectionFlag
        for at, row in enumerate(self.cards.rows):
            if row.id in chosen:
                self.selectionModel().setCurrentIndex(self.cards.index(at), flag.Select)

    def selected(self) -> "list[ListedAction]":
        """The selected actions from top to bottom."""
        places = sorted(index.row() for index in self.selectedIndexes())
        return [self.cards.rows[place] for place in places]

    def _say_current(self, current: QModelIndex) -> None:
        if current.isValid():
            self.picked.emit(self.cards.rows[current.row()])

    # Keys and menus

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.cards.rows[self.currentIndex().row()])
        elif event.text().isalpha():
            event.ignore()  # single letters belong to the page
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.currentIndex()
        if not index.isValid():
            return
        menu = QMenu(self)
        for action in self._menu(self.cards.rows[index.row()]):
            menu.addSeparator() if action is None else menu.addAction(action)
        at = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            at = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
        menu.exec(at)
        menu.deleteLater()

    # Dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._judge(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._judge(event)

    def _judge(self, event: QDragMoveEvent) -> None:
        if self._drop is not None and event.mimeData().hasFormat(MIME) and event.source() is not self:
            event.setDropAction(Qt.DropAction.MoveAction)
            event.accept()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        if self._drop is None or not event.mimeData().hasFormat(MIME):
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)  # nothing is taken out of the other list here
        event.accept()
        self._drop(list(json.loads(bytes(event.mimeData().data(MIME).data()))))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.cards.rows:
            px = theme().px
            box = QRectF(self.viewport().rect()).adjusted(px(12), px(8), -px(12), 0)
            box.setHeight(px(20))
            brush.text(QPainter(self.viewport()), box, "None", theme().font("small"), "muted")


class _Painter(QStyledItemDelegate):
    def __init__(self, cards: CardList, formats: "Formats") -> None:
        super().__init__(cards)
        self._list, self._formats = cards, formats

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme().px(120), theme().px(CARD))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        px, row = theme().px, self._list.cards.rows[index.row()]
        card = QRectF(option.rect).adjusted(px(4), px(3), -px(4), -px(3))
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        is_hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        brush.box(painter, card, "selected" if is_selected else "hover" if is_hovered else "bg", "line", 6)
        if index.row() == self._list.currentIndex().row() and self._list.hasFocus():
            brush.box(painter, card, "", "accent", 6, 2)
        inner = card.adjusted(px(10), px(6), -px(10), -px(6))
        painter.setClipRect(inner.adjusted(0, 0, 0, -px(20)))
        Wrapped(row.row.text, theme().font("body"), inner.width()).paint(painter, inner.left(), inner.top(), "text")
        painter.setClipping(False)
        self._foot(painter, QRectF(inner.left(), inner.bottom() - px(17), inner.width(), px(18)), row)
        painter.restore()

    def _foot(self, painter: QPainter, line: QRectF, row: "ListedAction") -> None:
        """Partner and owner at the left, the day with its state at the right."""
        found, px = row.row, theme().px
        due = self._formats.short_day(found.due) if found.due is not None else ""
        kind, words = state_words(row) if found.days_late else ("", due)
        width = brush.width_of(words, "small") + (px(20) if kind else 0)
        paint_status(painter, line.adjusted(line.width() - width, 0, 0, 0), kind, words, "small")
        about = f"{found.partner_name} · {found.owner or 'no owner'}"
        brush.text(painter, line.adjusted(0, 0, -width - px(8), 0), about, theme().font("small"), "muted")
