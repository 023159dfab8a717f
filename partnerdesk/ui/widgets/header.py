"""The head of a page: where one came from, title, note, chips, and the page's actions at the right."""

from collections.abc import Callable

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QWidget

from partnerdesk.ui import icons
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import CRUMB, Button
from partnerdesk.ui.widgets.text import LineLabel


class _Chevron(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(theme().px(14), theme().px(14))

    def paintEvent(self, event: object) -> None:
        icons.paint(QPainter(self), "chevron-right", 0, 0, "muted", 14)


class PageHeader(QWidget):
    """56 px; `set` names the page, `add` puts chips and buttons at the right end, `add_left` after the title."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(theme().px(56))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme().px(24), 0, theme().px(24), 0)
        self._row.setSpacing(theme().px(12))
        self._up = Button("", self._go_up, kind=CRUMB)
        self._then: Callable[[], object] | None = None
        self._chevron = _Chevron()
        self.title = LineLabel("", "page")
        self.note = LineLabel("", "small", "muted")
        self.note.setMinimumWidth(1)
        self._left = QHBoxLayout()
        self._left.setSpacing(theme().px(12))
        self._right = QHBoxLayout()
        self._right.setSpacing(theme().px(8))
        crumbs = QHBoxLayout()
        crumbs.setSpacing(theme().px(6))
        for widget in (self._up, self._chevron, self.title):
            crumbs.addWidget(widget)
        self._row.addLayout(crumbs)
        self._row.addLayout(self._left)
        self._row.addWidget(self.note, 1)
        self._row.addStretch(0)
        self._row.addLayout(self._right)
        self._up.hide()
        self._chevron.hide()

    def set(self, title: str, note: str = "", up: str = "", then: Callable[[], object] | None = None) -> None:
        """Name the page; `up` is the page it belongs to and `then` goes there."""
        self.title.set_text(title)
        self.note.set_text(note)
        self._then = then
        self._up.set_text(up)
        self._up.setVisible(bool(up))
        self._chevron.setVisible(bool(up))

    def add(self, *widgets: QWidget) -> None:
        """Chips and buttons at the right end, in order."""
        for widget in widgets:
            self._right.addWidget(widget)

    def add_left(self, *widgets: QWidget) -> None:
        """Chips right after the title."""
        for widget in widgets:
            self._left.addWidget(widget)

    def _go_up(self) -> None:
        if self._then is not None:
            self._then()
