"""The first run: three ways to begin, the first focused, Enter starts it. Not a wizard and not in anyone's way."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.ui import icons
from partnerdesk.ui.actions import shown
from partnerdesk.ui.screens.base import Screen, Shell
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets import brush
from partnerdesk.ui.widgets.button import link
from partnerdesk.ui.widgets.focus_ring import show_keyboard
from partnerdesk.ui.widgets.section import Hairline
from partnerdesk.ui.widgets.text import Label, LineLabel
from partnerdesk.ui.widgets.wiring import calling

if TYPE_CHECKING:
    from partnerdesk.ui.desk import Desk

WIDTH = 840


class Card(QAbstractButton):
    """A way to begin: icon, title, two lines, key."""

    def __init__(self, icon: str, title: str, text: str, keys: str, then: Callable[[], object]) -> None:
        super().__init__()
        self._icon, self._title, self._keys = icon, title, keys
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setFixedSize(theme().px(264), theme().px(176))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(calling(then))
        self._says = Label(text, "body", "muted", wrap=True, parent=self)
        self._says.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        px = theme().px
        self._says.setGeometry(px(20), px(84), px(224), px(42))
        self._says.setAlignment(Qt.AlignmentFlag.AlignTop)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px = QPainter(self), theme().px
        rect = QRectF(self.rect())
        focused = self.hasFocus()
        fill = "hover" if self.underMouse() else "button"
        brush.box(painter, rect, fill, "accent" if focused else "button_line", 8)
        icons.paint(painter, self._icon, px(20), px(21), "accent" if focused else "muted", 24)
        title = QRectF(px(20), px(58), rect.width() - px(40), px(24))
        brush.text(painter, title, self._title, theme().font("card"))
        brush.text(painter, title.translated(0, px(75)), self._keys, theme().font("small"), "muted")


class _Iconed(QWidget):
    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = icon
        self.setFixedSize(theme().px(20), theme().px(16))

    def paintEvent(self, event: QPaintEvent) -> None:
        icons.paint(QPainter(self), self._icon, 0, theme().px(1), "muted", 14)


class WelcomeScreen(Screen):
    """`begin` names what happens: `sample`, `spreadsheet` or `empty`, the last two with the place of the new book."""

    ID: ClassVar[str] = "welcome"
    TITLE: ClassVar[str] = "Welcome"

    def __init__(
        self,
        desk: "Desk",
        shell: Shell,
        place: Path,
        sample: Callable[[], object],
        own: Callable[[Path, bool], object],
        elsewhere: Callable[[], Path | None],
    ) -> None:
        self._place, self._sample, self._own, self._elsewhere = place, sample, own, elsewhere
        super().__init__(desk, shell)

    def build(self) -> None:
        self.header.hide()
        middle, px = QWidget(), theme().px
        middle.setFixedWidth(px(WIDTH))
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Label("Welcome to PartnerDesk", "welcome"))
        column.addWidget(Label("Every number about your partners, and why it is what it is.", "lead", "muted"))
        column.addSpacing(px(28))
        column.addLayout(self._cards())
        column.addSpacing(px(36))
        column.addWidget(Hairline())
        column.addSpacing(px(12))
        column.addLayout(self._foot())
        self.body.addStretch(20)
        self.body.addWidget(middle, 0, Qt.AlignmentFlag.AlignHCenter)
        self.body.addStretch(21)

    def _cards(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme().px(24))
        self.first = Card(
            "compass",
            "Explore a sample portfolio",
            "24 invented partners, 12 quarters, a full program.",
            "Enter",
            self._sample,
        )
        row.addWidget(self.first)
        sheet = "Drop a CSV or Excel file anywhere on this window."
        row.addWidget(Card("file-spreadsheet", "Import my spreadsheet", sheet, shown("Ctrl+I"), self._import))
        empty = "Add partners by hand and bring data later."
        row.addWidget(Card("square-plus", "Start empty", empty, shown("Ctrl+N"), self._empty))
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme().px(6))
        row.addWidget(_Iconed("hard-drive"))
        self._where = LineLabel("", "small", "muted")
        row.addWidget(self._where)
        row.addWidget(link("Change", self._change))
        row.addStretch(1)
        row.addWidget(_Iconed("lock"))
        row.addWidget(Label("Nothing leaves this computer", "small", "muted"))
        self._show_place()
        return row

    def _show_place(self) -> None:
        home = Path.home()
        path = self._place
        words = path.relative_to(home).parts if path.is_relative_to(home) else path.parts
        self._where.set_text(f"Your book is one file: {' / '.join(words)}")

    def _change(self) -> None:
        chosen = self._elsewhere()
        if chosen is not None:
            self._place = chosen
            self._show_place()

    def _import(self) -> None:
        self._own(self._place, True)

    def _empty(self) -> None:
        self._own(self._place, False)

    def reload(self) -> None:
        """There is no book to read."""

    def focus_first(self) -> None:
        """The first card, with its ring: Enter starts it."""
        show_keyboard(self.first)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() == Qt.Key.Key_I:
            self._import()
        elif event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() == Qt.Key.Key_N:
            self._empty()
        else:
            super().keyPressEvent(event)
