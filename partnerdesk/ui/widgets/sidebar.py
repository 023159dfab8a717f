"""The sidebar: the find field, the pages as one list with a single tab stop, and the block that says "sample data".

It is part of the first paint, so its delegate asks the list what is current and hovered instead of the style: the
style's states alone would cost a tenth of the start.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QFrame,
    QListView,
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

    def is_enabled(self, item: NavItem) -> bool:
        """Whether the page can be opened now."""
        return bool(item.id) and (self.enabled is None or item.id in self.enabled)

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        if not self.is_enabled(self.items[index.row()]):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _NavPainter(QStyledItemDelegate):
    def __init__(self, pages: "NavList", model: _NavModel) -> None:
        super().__init__(pages)
        self._pages, self._model = pages, model

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        item = self._model.items[index.row()]
        height = theme().measure("nav") + theme().px(2) if item.id else theme().px(17)
        return QSize(theme().px(40), height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        rect, px = QRectF(option.rect), theme().px
        item = self._model.items[index.row()]
        if not item.id:
            brush.hairline(painter, rect.left() + px(8), rect.right() - px(8), round(rect.top() + px(5)), "line")
        else:
            self._paint_item(painter, rect.adjusted(0, 0, 0, -px(2)), item, index.row())
        painter.restore()

    def _paint_item(self, painter: QPainter, rect: QRectF, item: NavItem, row: int) -> None:
        px = theme().px
        is_current, is_enabled = row == self._pages.shown, self._model.is_enabled(item)
        if is_current:
            brush.box(painter, rect, "selected")
            bar = QRectF(rect.left(), rect.center().y() - px(9), 3, px(18))
            brush.box(painter, bar, "accent", radius=1.5)
        elif row == self._pages.hovered and is_enabled:
            brush.box(painter, rect, "hover")
        if row == self._pages.currentIndex().row() and self._pages.shows_focus():
            brush.box(painter, rect, "", "accent", 6, 2)
        token = "accent" if is_current else "muted" if is_enabled else "border"
        icons.paint(painter, item.icon, rect.left() + px(10), rect.center().y() - px(8), token)
        if rect.width() < px(80):
            return
        words = rect.adjusted(px(36), 0, -px(9), 0)
        badge = self._model.badges.get(item.id)
        if badge:
            brush.text(painter, words, str(badge), theme().font("small"), "muted", brush.RIGHT)
            words.setRight(words.right() - px(26))
        font = theme().font("strong" if is_current else "body")
        brush.text(painter, words, item.title, font, "text" if is_enabled else "border")


class NavList(QListView):
    """The pages. `chosen` gets the id of a page that the user opens; arrow keys open as they go."""

    chosen = Signal(str)

    def __init__(self, items: Sequence[NavItem]) -> None:
        super().__init__()
        self._model = _NavModel(items)
        self.shown = self.hovered = -1
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
        self.entered.connect(lambda index: self._hover(index.row()))

    def show_page(self, id: str) -> None:
        """Mark the page that is shown."""
        self.shown = next((at for at, item in enumerate(self._model.items) if item.id == id), -1)
        if self.shown >= 0:
            self.setCurrentIndex(self._model.index(self.shown))
        self.viewport().update()

    def shows_focus(self) -> bool:
        """Whether keys move here."""
        return self.hasFocus() and self.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)

    def _hover(self, row: int) -> None:
        self.hovered = row
        self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

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
        # A bar would lie over the icons; wheel and arrow keys move the list without it.
        policy = Qt.ScrollBarPolicy
        self.pages.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOff if narrow else policy.ScrollBarAsNeeded)
        self.sample.setVisible(self._is_sample and not narrow)

    def set_sample(self, is_sample: bool) -> None:
        """Whether the book is the sample."""
        self._is_sample = is_sample
        self.sample.setVisible(is_sample and not self.is_narrow)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().colour("bg2"))
        brush.upright(painter, self.width() - 1, 0, self.height())
