"""The sidebar: the find field, the pages as one list with a single tab stop, and the block that says "sample data"."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from partnerdesk.ui import icons
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets import brush
from partnerdesk.ui.widgets.text import literal, tip_text
from partnerdesk.ui.widgets.wiring import calling

WIDE, NARROW = 208, 48
State = QStyle.StateFlag


@dataclass(frozen=True, slots=True)
class NavItem:
    """A page of the sidebar; an empty id is the line between the pages and what lies below it."""

    id: str
    title: str = ""
    icon: str = ""
    keys: str = ""


class _NavModel(QAbstractListModel):
    def __init__(self, items: Sequence[NavItem]) -> None:
        super().__init__()
        self.items = list(items)
        self.badges: dict[str, int] = {}
        self.enabled: frozenset[str] | None = None

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return len(self.items)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        item = self.items[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return item.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            badge = self.badges.get(item.id)
            return f"{item.title}, {badge}" if badge else item.title
        if role == Qt.ItemDataRole.ToolTipRole and item.keys:
            return tip_text(f"{item.title}   {item.keys}")
        return None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        item = self.items[index.row()]
        if not item.id or (self.enabled is not None and item.id not in self.enabled):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _NavPainter(QStyledItemDelegate):
    def __init__(self, pages: "NavList", model: _NavModel) -> None:
        super().__init__(pages)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        item = self._model.items[index.row()]
        height = theme().measure("nav") + theme().px(2) if item.id else theme().px(17)
        return QSize(theme().px(40), height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        rect, px = QRectF(option.rect), theme().px
        state = option.state
        item = self._model.items[index.row()]
        if not item.id:
            brush.hairline(painter, rect.left() + px(8), rect.right() - px(8), round(rect.top() + px(5)), "line")
        else:
            badge = self._model.badges.get(item.id)
            _paint_item(painter, rect.adjusted(0, 0, 0, -px(2)), item, badge, state)
        painter.restore()


def _paint_item(painter: QPainter, rect: QRectF, item: NavItem, badge: int | None, state: State) -> None:
    px = theme().px
    is_current, is_enabled = bool(state & State.State_Selected), bool(state & State.State_Enabled)
    if is_current:
        brush.box(painter, rect, "selected")
        middle = rect.center().y()
        brush.box(painter, QRectF(rect.left(), middle - px(9), 3, px(18)), "accent", radius=1.5)
    elif state & State.State_MouseOver and is_enabled:
        brush.box(painter, rect, "hover")
    if state & State.State_HasFocus and state & State.State_KeyboardFocusChange:
        brush.box(painter, rect, "", "accent", 6, 2)
    token = "accent" if is_current else "muted" if is_enabled else "border"
    icons.paint(painter, item.icon, rect.left() + px(10), rect.center().y() - px(8), token)
    if rect.width() < px(80):
        return
    words = rect.adjusted(px(36), 0, -px(9), 0)
    ink = "text" if is_enabled else "border"
    if badge:
        brush.text(painter, words, str(badge), theme().font("small"), "muted", brush.RIGHT)
        words.setRight(words.right() - px(26))
    brush.text(painter, words, item.title, theme().font("strong" if is_current else "body"), ink)


class NavList(QListView):
    """The pages. `chosen` gets the id of a page that the user opens; arrow keys open as they go."""

    chosen = Signal(str)

    def __init__(self, items: Sequence[NavItem]) -> None:
        super().__init__()
        self._model = _NavModel(items)
        self.setModel(self._model)
        self.setItemDelegate(_NavPainter(self, self._model))
        self.setAccessibleName("Pages")
        self.setProperty("ownRing", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setStyleSheet("background: transparent;")
        self.clicked.connect(lambda index: self._open(index.row()))

    def show_page(self, id: str) -> None:
        """Mark the page that is shown."""
        for at, item in enumerate(self._model.items):
            if item.id == id:
                self.setCurrentIndex(self._model.index(at))
                return
        self.clearSelection()

    def set_badge(self, id: str, count: int) -> None:
        """The number at the right of a page; zero takes it away."""
        if count:
            self._model.badges[id] = count
        else:
            self._model.badges.pop(id, None)
        self.viewport().update()

    def badge(self, id: str) -> int:
        """The number at the right of a page."""
        return self._model.badges.get(id, 0)

    def allow(self, ids: frozenset[str] | None) -> None:
        """Enable these pages only; None enables all."""
        self._model.enabled = ids
        self.viewport().update()

    def _open(self, row: int) -> None:
        if self._model.flags(self._model.index(row)) & Qt.ItemFlag.ItemIsEnabled:
            self.chosen.emit(self._model.items[row].id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        before = self.currentIndex().row()
        if event.key() == Qt.Key.Key_Space or event.text().isalpha():
            event.ignore()
            return
        super().keyPressEvent(event)
        if self.currentIndex().row() != before or event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex().row())


class FindField(QAbstractButton):
    """Looks like a field and opens the command palette."""

    def __init__(self, keys: str, then: Callable[[], object]) -> None:
        super().__init__()
        self._keys = keys
        self.setAccessibleName("Find or run")
        self.setText("Find or run")
        self.setFixedHeight(theme().px(30))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.clicked.connect(calling(then))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px = QPainter(self), theme().px
        rect = QRectF(self.rect())
        ink = "muted" if self.isEnabled() else "border"
        brush.box(painter, rect, "button", "border" if self.isEnabled() else "button_line")
        if rect.width() < px(80):
            icons.paint_in(painter, "search", rect, ink, 15)
            return
        icons.paint(painter, "search", px(9), rect.center().y() - px(7), ink, 15)
        brush.text(painter, rect.adjusted(px(31), 0, -px(60), 0), "Find or run", theme().font("body"), ink)
        brush.text(painter, rect.adjusted(0, 0, -px(9), 0), self._keys, theme().font("hint"), ink, brush.RIGHT)


class SampleBlock(QAbstractButton):
    """Says that these partners are invented, and starts a book of one's own."""

    def __init__(self, then: Callable[[], object]) -> None:
        super().__init__()
        self.setAccessibleName("Sample data, start my own book")
        self.setText(literal("Start my own"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(theme().px(50))
        self.clicked.connect(calling(then))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px = QPainter(self), theme().px
        rect = QRectF(self.rect())
        brush.box(painter, rect, "bar_info")
        icons.paint(painter, "flask-conical", px(10), px(9), "accent")
        words = QRectF(px(36), px(8), rect.width() - px(40), px(18))
        brush.text(painter, words, "Sample data", theme().font("small_strong"))
        brush.text(painter, words.translated(0, px(17)), "Start my own", theme().font("small"), "accent")


class Sidebar(QWidget):
    """208 px, or 48 px of icons."""

    def __init__(
        self, items: Sequence[NavItem], keys: str, find: Callable[[], object], own: Callable[[], object]
    ) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        px = theme().px
        column.setContentsMargins(px(8), px(8), px(9), px(8))
        column.setSpacing(px(8))
        self.find_field = FindField(keys, find)
        self.pages = NavList(items)
        self.sample = SampleBlock(own)
        self.sample.hide()
        column.addWidget(self.find_field)
        column.addWidget(self.pages, 1)
        column.addWidget(self.sample)
        self._is_sample, self.is_narrow = False, False
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        """Icons only, or icons and words."""
        self.is_narrow = narrow
        self.setFixedWidth(theme().px(NARROW if narrow else WIDE))
        self.sample.setVisible(self._is_sample and not narrow)

    def set_sample(self, is_sample: bool) -> None:
        """Whether the book is the sample."""
        self._is_sample = is_sample
        self.sample.setVisible(is_sample and not self.is_narrow)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().colour("bg2"))
        brush.upright(painter, self.width() - 1, 0, self.height())
