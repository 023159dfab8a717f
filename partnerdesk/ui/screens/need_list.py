"""The rows of Today: what needs somebody, one line of why and one verb each; D and S act on the selected row."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from partnerdesk.ui import icons
from partnerdesk.ui.screens.need_words import need_words
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets import brush
from partnerdesk.ui.widgets.text import tip_text

if TYPE_CHECKING:
    from partnerdesk.queries.today.view import Need
    from partnerdesk.reports.format import Formats

Index = QModelIndex | QPersistentModelIndex
NONE = QModelIndex()
# kind -> (word, icon, colour token)
KINDS = {
    "renewal": ("Renewal", "calendar-clock", "warn"),
    "tier": ("Tier", "signpost", "info"),
    "signal": ("Signal", "activity", "bad"),
    "statement": ("Statement", "file-spreadsheet", "info"),
    "action": ("Action", "square-check", "warn"),
    "review": ("Review", "presentation", "info"),
    "dispute": ("Dispute", "scale", "warn"),
    "hold": ("Hold", "lock", "warn"),
    "fund": ("Fund", "clock", "warn"),
    "benefit": ("Benefit", "circle-check", "info"),
    "escalation": ("Escalation", "triangle-alert", "bad"),
    "certificate": ("Certificate", "book-open", "warn"),
    "source": ("Source", "file-down", "warn"),
}
VALUE_END, DUE_END, EDGE = 216, 148, 24  # distances from the right end of the row
ROOMY = 720  # px of a row that has a column for the word of its kind; under it the word stands before the partner


class NeedModel(QAbstractListModel):
    """The rows as the query returned them."""

    def __init__(self) -> None:
        super().__init__()
        self.needs: tuple[Need, ...] = ()
        self.words: tuple[str, ...] = ()

    def rowCount(self, parent: Index = NONE) -> int:
        return 0 if parent.isValid() else len(self.needs)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return None
        need = self.needs[index.row()]
        parts = (KINDS[need.kind][0], self.words[index.row()], need.partner_name)
        said = ", ".join(part for part in parts if part)
        return tip_text(said) if role == Qt.ItemDataRole.ToolTipRole else said

    def set_needs(self, needs: Sequence["Need"], formats: "Formats") -> None:
        self.beginResetModel()
        self.needs = tuple(needs)
        self.words = tuple(need_words(need, formats) for need in needs)
        self.endResetModel()


class _NeedPainter(QStyledItemDelegate):
    def __init__(self, owner: "NeedList") -> None:
        super().__init__(owner)
        self._owner = owner

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme().px(100), theme().measure("two_lines"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        rect, px, state = self._owner.whole(QRectF(option.rect)), theme().px, option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme().colour("selected"))
            painter.fillRect(QRectF(rect.left(), rect.top(), px(3), rect.height()), theme().colour("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme().colour("hover"))
        brush.hairline(painter, rect.left(), rect.right(), rect.bottom() - 1)
        need = self._owner.need(index.row())
        word, icon, token = KINDS[need.kind]
        icons.paint(painter, icon, rect.left() + px(EDGE), rect.center().y() - px(9), token, 18)
        is_roomy = rect.width() >= px(ROOMY)
        if is_roomy:
            kind = QRectF(rect.left() + px(54), rect.top(), px(84), rect.height())
            brush.text(painter, kind, word, theme().font("small"), "muted")
        below = need.partner_name if is_roomy else " · ".join(part for part in (word, need.partner_name) if part)
        room = QRectF(rect.left() + px(144 if is_roomy else 54), rect.top(), 0, rect.height())
        room.setRight(rect.right() - px(VALUE_END + 84))
        self._words(painter, room, self._owner.words(index.row()), below)
        self._figures(painter, rect, need)
        self._verb(painter, self._owner.verb_box(rect, need), need)
        if state & QStyle.StateFlag.State_HasFocus and self._owner.keyboard:
            brush.box(painter, rect.adjusted(1, 1, -1, -1), "", "accent", 0, 2)
        painter.restore()

    def _words(self, painter: QPainter, room: QRectF, words: str, below: str) -> None:
        px = theme().px
        if not below:
            brush.text(painter, room, words, theme().font("name"))
            return
        middle = room.center().y()
        first = QRectF(room.left(), middle - px(20), room.width(), px(20))
        second = QRectF(room.left(), middle, room.width(), px(18))
        brush.text(painter, first, words, theme().font("name"))
        brush.text(painter, second, below, theme().font("small"), "muted")

    def _figures(self, painter: QPainter, rect: QRectF, need: "Need") -> None:
        px, formats = theme().px, self._owner.formats
        value = "\N{EN DASH}" if need.value is None or formats is None else formats.number(need.value, 0)
        box = QRectF(rect.right() - px(VALUE_END + 90), rect.top(), px(90), rect.height())
        brush.text(painter, box, value, theme().font("body"), "text", brush.RIGHT, elide=False)
        due = "\N{EN DASH}" if need.due is None or formats is None else formats.short_day(need.due)
        box = QRectF(rect.right() - px(DUE_END + 64), rect.top(), px(64), rect.height())
        brush.text(painter, box, due, theme().font("body"), "muted", brush.RIGHT, elide=False)

    def _verb(self, painter: QPainter, box: QRectF, need: "Need") -> None:
        brush.box(painter, box, "button", "button_line")
        brush.text(painter, box, need.verb, theme().font("small"), "text", brush.CENTRE)


class NeedList(QListView):
    """The list. Each signal carries a need: `acted` by Enter or the verb, `done` by D, `snoozed` by S, `picked`."""

    acted = Signal(object)
    done = Signal(object)
    snoozed = Signal(object)
    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._model = NeedModel()
        self.formats: Formats | None = None
        self.keyboard = False
        self.setModel(self._model)
        self.setItemDelegate(_NeedPainter(self))
        self.setAccessibleName("Needs you")
        self.setAccessibleDescription("Enter opens, D marks an action done, S snoozes until next week")
        self.setProperty("ownRing", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)

    def set_needs(self, needs: Sequence["Need"], formats: "Formats") -> None:
        """Show these rows; the selection stays on the same thing, or at its place when that is gone."""
        kept, at = self.current(), max(self.currentIndex().row(), 0)
        scroll = self.verticalScrollBar().value()
        self.formats = formats
        self._model.set_needs(needs, formats)
        rows = [n.key for n in needs]
        if kept is not None and kept.key in rows:
            at = rows.index(kept.key)
        if rows:
            self.setCurrentIndex(self._model.index(min(at, len(rows) - 1)))
        self.verticalScrollBar().setValue(scroll)

    def need(self, row: int) -> "Need":
        """The need of a row."""
        return self._model.needs[row]

    def words(self, row: int) -> str:
        """What a row says."""
        return self._model.words[row]

    def current(self) -> "Need | None":
        """The selected need."""
        row = self.currentIndex().row()
        return self._model.needs[row] if 0 <= row < len(self._model.needs) else None

    def whole(self, rect: QRectF) -> QRectF:
        """A row up to the page's edge: the margin holds the scroll bar, so that figures stand under their heads."""
        rect.setRight(rect.left() + self.width())
        return rect

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        need = self.current()
        if need is not None:
            self.picked.emit(need)

    def verb_box(self, rect: QRectF, need: "Need") -> QRectF:
        """Where the verb of a row stands."""
        px = theme().px
        width = brush.width_of(need.verb, "small") + px(22)
        height = px(26)
        return QRectF(rect.right() - px(EDGE) - width, rect.center().y() - height / 2, width, height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.keyboard = True
        need, key = self.current(), event.key()
        calls = {
            Qt.Key.Key_Return: self.acted,
            Qt.Key.Key_Enter: self.acted,
            Qt.Key.Key_D: self.done,
            Qt.Key.Key_S: self.snoozed,
        }
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if need is not None and plain and (signal := calls.get(Qt.Key(key))) is not None:
            signal.emit(need)
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            need = self.need(index.row())
            if self.verb_box(self.whole(QRectF(self.visualRect(index))), need).contains(event.position()):
                self.acted.emit(need)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self.acted.emit(self.need(index.row()))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress:
            self.keyboard = False
        return super().event(event)
