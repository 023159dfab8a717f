"""The tabs of a page and, at the right end of their row, the sub-pages of the current one."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QTabBar, QWidget

from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets import brush
from partnerdesk.ui.widgets.text import literal

SUB_GAP = 16
INSET = 6  # of the words from the bar's edge: room for the ring around the first one


class _Words(QTabBar):
    """A tab bar of words; the current one is 600 and, when `lined`, stands on an accent line."""

    def __init__(self, role: str, strong: str, gap: int, lined: bool) -> None:
        super().__init__()
        self._role, self._strong, self._gap, self._lined = role, strong, gap, lined
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setElideMode(Qt.TextElideMode.ElideNone)

    def _word(self, index: int) -> str:
        return self.tabText(index).replace("&&", "&")

    def tabSizeHint(self, index: int) -> QSize:
        # The strong width for all, so that nothing moves when the current one changes.
        width = brush.width_of(self._word(index), self._strong) + theme().px(self._gap)
        return QSize(round(width), theme().px(36))

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for index in range(self.count()):
            inset = theme().px(INSET)
            rect = QRectF(self.tabRect(index)).adjusted(inset, 0, inset - theme().px(self._gap), 0)
            is_current = index == self.currentIndex()
            font = theme().font(self._strong if is_current else self._role)
            used = brush.text(painter, rect, self._word(index), font, "text" if is_current else "muted", elide=False)
            if is_current and self._lined:
                painter.fillRect(QRectF(rect.left(), self.height() - 2, used, 2), theme().colour("accent"))
            if is_current and self.hasFocus():
                around = QRectF(rect.left() - 5, 7, used + 10, self.height() - 15)
                brush.box(painter, around.intersected(QRectF(self.rect())), "", "accent", 5, 2)


class TabStrip(QWidget):
    """36 px of tabs on a hairline; `changed` gets the key of the tab that becomes current.

    Where tabs and sub-pages do not fit beside each other, as with large text, the sub-pages stand below.
    """

    def __init__(self, name: str, tabs: Sequence[tuple[str, str]], changed: Callable[[str], object]) -> None:
        super().__init__()
        self._keys = [key for _text, key in tabs]
        self._tabs = _Words("body", "strong", 20, lined=True)
        self._tabs.setAccessibleName(name)
        for text, _key in tabs:
            self._tabs.addTab(literal(text))
        self._tabs.currentChanged.connect(lambda index: changed(self._keys[index]))
        self._subs = _Words("small", "small_strong", SUB_GAP, lined=False)
        self._subs.setAccessibleName(f"{name}, sub-pages")
        self._sub_keys: list[str] = []
        self._sub_changed: Callable[[str], object] | None = None
        self._subs.currentChanged.connect(self._sub)
        self._subs.hide()
        self._row = row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        row.setSpacing(0)
        row.addWidget(self._tabs)
        row.addStretch(1)
        row.addWidget(self._subs)
        self._arrange()
        theme().changed.connect(self._arrange)

    def current(self) -> str:
        """The key of the current tab."""
        return self._keys[self._tabs.currentIndex()]

    def show_tab(self, key: str) -> None:
        """Make a tab current; tells `changed` when it was not. A key that is gone (an old link) changes nothing."""
        if key in self._keys:
            self._tabs.setCurrentIndex(self._keys.index(key))

    def step(self, by: int) -> None:
        """The next (1) or previous (-1) tab, around the ends."""
        self._tabs.setCurrentIndex((self._tabs.currentIndex() + by) % len(self._keys))

    def set_subs(self, subs: Sequence[tuple[str, str]], changed: Callable[[str], object] | None = None) -> None:
        """The sub-pages of the current tab; none hides them."""
        self._sub_changed, self._sub_keys = None, [key for _text, key in subs]
        while self._subs.count():
            self._subs.removeTab(0)
        for text, _key in subs:
            self._subs.addTab(literal(text))
        self._subs.setVisible(bool(subs))
        self._sub_changed = changed
        self._arrange()

    def _arrange(self) -> None:
        after_last = SUB_GAP - INSET  # the words, not their bar, end at the page margin
        self._row.setContentsMargins(theme().px(24 - INSET), 0, theme().px(24 - after_last), 0)
        room = self.width() - theme().px(48)
        wanted = self._tabs.sizeHint().width() + self._subs.sizeHint().width()
        is_stacked = bool(self._sub_keys) and wanted > room
        way = QBoxLayout.Direction.TopToBottom if is_stacked else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(way)
        self._row.setAlignment(self._subs, Qt.AlignmentFlag.AlignLeft if is_stacked else Qt.AlignmentFlag(0))
        self.setFixedHeight(theme().px(36) * (2 if is_stacked else 1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def show_sub(self, key: str) -> None:
        """Make a sub-page current; a key that is gone changes nothing."""
        if key in self._sub_keys:
            self._subs.setCurrentIndex(self._sub_keys.index(key))

    def _sub(self, index: int) -> None:
        if self._sub_changed is not None and 0 <= index < len(self._sub_keys):
            self._sub_changed(self._sub_keys[index])

    def paintEvent(self, event: QPaintEvent) -> None:
        brush.hairline(QPainter(self), 0, self.width(), self.height() - 1, "line")
