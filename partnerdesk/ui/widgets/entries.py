"""A list whose rows are read, not scanned: a title, a sentence in full that wraps, a muted note, a status.

One tab stop; arrow keys move. Headings divide the rows and take no selection.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets import brush
from partnerdesk.ui.widgets.status import paint_status
from partnerdesk.ui.widgets.wrapped import Mark, Wrapped

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
State = QStyle.StateFlag


@dataclass(frozen=True, slots=True)
class Entry:
    """A row; without a title its body stands in the first line, `is_head` makes it a heading."""

    key: str
    title: str = ""
    body: str = ""
    note: str = ""
    lead: str = ""
    kind: str = ""  # of widgets.status
    word: str = ""
    marks: tuple[Mark, ...] = ()  # in the body
    note_marks: tuple[Mark, ...] = ()
    is_head: bool = False

    @property
    def words(self) -> str:
        """All of it, for the clipboard and a screen reader."""
        return ". ".join(part for part in (self.lead, self.title, self.word, self.body, self.note) if part)


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []

    def put(self, entries: Iterable[Entry]) -> None:
        self.beginResetModel()
        self.entries = list(entries)
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) and index.isValid():
            return self.entries[index.row()].words
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self.entries[index.row()].is_head:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _Painter(QStyledItemDelegate):
    def __init__(self, entries: "EntryList", model: _Model) -> None:
        super().__init__(entries)
        self._list, self._model = entries, model

    def _parts(self, entry: Entry, width: float) -> tuple[Wrapped, Wrapped]:
        first = width if entry.title else width - self._status_width(entry)
        return (
            Wrapped(entry.body, theme().font(self._list.body_role), first, entry.marks),
            Wrapped(entry.note, theme().font("small"), width, entry.note_marks),
        )

    def _status_width(self, entry: Entry) -> float:
        if not entry.word:
            return 0.0
        return brush.width_of(entry.word, "small") + theme().px(20 if entry.kind else 0) + theme().px(12)

    def _inner(self, rect: QRectF) -> QRectF:
        px = theme().px
        return rect.adjusted(px(self._list.margin + self._list.lead), px(8), -px(self._list.margin), -px(9))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        entry, px = self._model.entries[index.row()], theme().px
        width = self._list.viewport().width()
        if entry.is_head:
            return QSize(width, px(36 if index.row() else 30))
        body, note = self._parts(entry, self._inner(QRectF(0, 0, width, 100)).width())
        height = (px(20) if entry.title else 0) + body.height + note.height
        return QSize(width, round(max(height, px(20))) + px(17))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        rect, entry, px = QRectF(option.rect), self._model.entries[index.row()], theme().px
        if entry.is_head:
            line = QRectF(rect.left() + px(self._list.margin), rect.bottom() - px(26), rect.width(), px(24))
            used = brush.text(painter, line, entry.title, theme().font("section"))
            brush.text(painter, line.adjusted(used + px(10), 0, 0, 0), entry.note, theme().font("small"), "muted")
        else:
            self._ground(painter, rect, bool(option.state & State.State_Selected), index)
            self._paint_entry(painter, self._inner(rect), entry)
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRectF, is_selected: bool, index: Index) -> None:
        if is_selected:
            painter.fillRect(rect, theme().colour("selected"))
            painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), theme().colour("accent"))
        elif index.row() == self._list.hovered:
            painter.fillRect(rect, theme().colour("hover"))
        brush.hairline(painter, rect.left(), rect.right(), rect.bottom() - 1, "line2")
        if index.row() == self._list.currentIndex().row() and self._list.shows_focus():
            brush.box(painter, rect.adjusted(1, 1, -1, -2), "", "accent", 4, 2)

    def _paint_entry(self, painter: QPainter, inner: QRectF, entry: Entry) -> None:
        px = theme().px
        line = QRectF(inner.left(), inner.top(), inner.width(), px(20))
        lead = line.adjusted(-px(self._list.lead), 0, -inner.width() - px(8), 0)
        brush.text(painter, lead, entry.lead, theme().font("small"), "muted")
        taken, word = self._status_width(entry), entry.word
        if entry.kind and taken + brush.width_of(entry.title, self._list.title_role) > line.width():
            taken, word = px(26), ""  # the title is what a row is found by
        if entry.word:
            room = line.adjusted(line.width() - taken + px(12), 0, 0, 0)
            paint_status(painter, room, entry.kind, word, "small", "text" if entry.kind else "muted")
        y = inner.top()
        if entry.title:
            brush.text(painter, line.adjusted(0, 0, -taken, 0), entry.title, theme().font(self._list.title_role))
            y += px(20)
        body, note = self._parts(entry, inner.width())
        body.paint(painter, inner.left(), y, "text" if self._list.body_role == "body" else "muted")
        note.paint(painter, inner.left(), y + body.height, "muted")


class EntryList(QListView):
    """`picked` gets the key of the row that becomes current, `opened` that of Enter, a click or a double click."""

    picked = Signal(str)
    opened = Signal(str)

    def __init__(
        self, says: str, *, lead: int = 0, margin: int = 24, body_role: str = "body", title_role: str = "name"
    ) -> None:
        super().__init__()
        self.lead, self.margin, self.body_role, self.title_role = lead, margin, body_role, title_role
        self.hovered = -1
        self._entries = _Model()
        self.setModel(self._entries)
        self.setItemDelegate(_Painter(self, self._entries))
        self.setAccessibleName(says)
        self.setProperty("ownRing", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.entered.connect(lambda index: self._hover(index.row()))
        self.clicked.connect(lambda index: self.opened.emit(self._entries.entries[index.row()].key))
        self.selectionModel().currentChanged.connect(self._moved)
        theme().changed.connect(self.doItemsLayout)

    def set_entries(self, entries: Iterable[Entry]) -> None:
        """Show other rows; what was current stays so where it is still there, and nobody is told."""
        fresh = list(entries)
        if fresh == self._entries.entries:
            return
        key, top = self.current(), self.verticalScrollBar().value()
        self.selectionModel().blockSignals(True)
        self._entries.put(fresh)
        self.selectionModel().blockSignals(False)
        self.hovered = -1
        self.show_key(key)
        self.verticalScrollBar().setValue(top)

    def entries(self) -> list[Entry]:
        """The rows, headings included."""
        return list(self._entries.entries)

    def current(self) -> str:
        """The key of the current row, or nothing."""
        row = self.currentIndex().row()
        return self._entries.entries[row].key if 0 <= row < len(self._entries.entries) else ""

    def show_key(self, key: str) -> bool:
        """Make a row current without telling anyone; whether it is there."""
        row = next((n for n, e in enumerate(self._entries.entries) if e.key == key and not e.is_head), -1)
        if row < 0:
            return False
        self.selectionModel().blockSignals(True)
        self.setCurrentIndex(self._entries.index(row))
        self.selectionModel().blockSignals(False)
        self.scrollTo(self._entries.index(row))
        self.viewport().update()
        return True

    def shows_focus(self) -> bool:
        """Whether keys move here."""
        return self.hasFocus() and self.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)

    def _moved(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self.picked.emit(self._entries.entries[current.row()].key)

    def _hover(self, row: int) -> None:
        self.hovered = row
        self.viewport().update()

    def leaveEvent(self, event: object) -> None:
        super().leaveEvent(event)  # type: ignore[arg-type]
        self._hover(-1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current():
            self.opened.emit(self.current())
        elif event.text().isalpha():
            event.ignore()  # letters are the page's
        else:
            super().keyPressEvent(event)
