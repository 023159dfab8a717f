"""The head of a page: where one came from, title, note, chips, and the page's actions at the right.

Where title and actions do not fit beside each other, as with large text, the actions go on in a second line, and so do
the last chips where the title would still be cut: a page is known by its title.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.ui import icons
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import CRUMB, Button
from partnerdesk.ui.widgets.text import LineLabel

ONE_LINE, TWO_LINES = 56, 96  # px
LEAST = 72  # px below which a note that is cut is left out
TITLE = 320  # px that a title may ask for beside the controls


class _Chevron(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(theme().px(14), theme().px(14))

    def paintEvent(self, event: object) -> None:
        icons.paint(QPainter(self), "chevron-right", 0, 0, "muted", 14)


class _Note(LineLabel):
    """What stands behind the title; two letters and an ellipsis say nothing, so that it gives way as a whole."""

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.width() >= min(self.sizeHint().width(), theme().px(LEAST)):
            super().paintEvent(event)


class PageHeader(QWidget):
    """56 px, or 96 in two lines; `set` names the page, `add` puts chips and buttons at the right end, `add_left` after
    the title."""

    def __init__(self) -> None:
        super().__init__()
        lines = self._lines = QVBoxLayout(self)
        lines.setContentsMargins(theme().px(24), 0, theme().px(24), 0)
        lines.setSpacing(0)
        self._row, self._second = QHBoxLayout(), QHBoxLayout()
        self._row.setSpacing(theme().px(12))
        lines.addLayout(self._row, 1)
        lines.addLayout(self._second)
        self._second.setSpacing(theme().px(12))
        self._second.addStretch(1)
        self._chips: list[QWidget] = []
        self._below: list[QWidget] = []
        self._up = Button("", self._go_up, kind=CRUMB)
        self._then: Callable[[], object] | None = None
        self._chevron = _Chevron()
        self.title = LineLabel("", "page")
        self.note = _Note("", "small", "muted")
        self.note.setMinimumWidth(1)
        self._left = QHBoxLayout()
        self._left.setSpacing(theme().px(12))
        self._controls = QWidget()
        self._right = QHBoxLayout(self._controls)
        self._right.setContentsMargins(0, 0, 0, 0)
        self._right.setSpacing(theme().px(8))
        crumbs = QHBoxLayout()
        crumbs.setSpacing(theme().px(6))
        for widget in (self._up, self._chevron, self.title):
            crumbs.addWidget(widget)
        self._row.addLayout(crumbs)
        self._row.addLayout(self._left)
        self._row.addWidget(self.note, 1)
        self._row.addStretch(0)
        self._row.addWidget(self._controls)
        self._up.hide()
        self._chevron.hide()
        self.is_tight = False
        self._make_room()
        theme().changed.connect(self._make_room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # a control came, went or changed its words
            self._arrange()
        return super().event(event)

    def _arrange(self) -> None:
        """One line, or two where the title would have to give way to the controls."""
        px = theme().px
        up = 0 if self._up.isHidden() else self._up.sizeHint().width() + px(26)
        title = up + min(self.title.sizeHint().width(), px(TITLE))
        room = self.width() - 2 * px(24) - 2 * px(12)
        chips = sum(_asked(chip) for chip in self._chips)
        is_tight = title + chips + self._controls.sizeHint().width() > room
        self._place_chips(room - title if is_tight else chips)
        if is_tight != self.is_tight:
            self.is_tight = is_tight
            (self._second if is_tight else self._row).addWidget(self._controls)
            self._make_room()

    def _make_room(self) -> None:
        """Its height and margins, for the size of text that there is."""
        px, is_tight = theme().px, self.is_tight
        self._lines.setContentsMargins(px(24), px(12 if is_tight else 0), px(24), px(4 if is_tight else 0))
        self.setFixedHeight(px(TWO_LINES if is_tight else ONE_LINE))

    def _place_chips(self, room: int) -> None:
        """As many chips behind the title as find room there; the others begin the second line."""
        kept = 0
        for number, chip in enumerate(self._chips, 1):
            room -= _asked(chip)
            kept = number if room >= 0 else kept
        below = self._chips[kept:]
        if below != self._below:
            self._below = below
            for chip in self._chips[:kept]:
                self._left.addWidget(chip)
            for place, chip in enumerate(below):
                self._second.insertWidget(place, chip)

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
            self._chips.append(widget)
            self._left.addWidget(widget)

    def _go_up(self) -> None:
        if self._then is not None:
            self._then()


def _asked(chip: QWidget) -> int:
    """The width that a chip asks for, with the gap before it; nothing while it is hidden."""
    return 0 if chip.isHidden() else chip.sizeHint().width() + theme().px(12)
