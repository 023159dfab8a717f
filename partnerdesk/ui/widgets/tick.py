"""A box to tick with its words beside it, drawn like the other fields."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox

from partnerdesk.ui import icons
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets import brush
from partnerdesk.ui.widgets.text import literal

BOX, GAP = 16, 8  # px


class Tick(QCheckBox):
    """On or off; a click on its words turns it as well."""

    def __init__(self, words: str, is_on: bool = False) -> None:
        super().__init__(literal(words))
        self._words = words
        self.setAccessibleName(words)
        self.setChecked(is_on)

    def sizeHint(self) -> QSize:
        px = theme().px
        return QSize(round(px(BOX + GAP) + brush.width_of(self._words, "body")), px(24))

    def hitButton(self, pos: object) -> bool:
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px = QPainter(self), theme().px
        box = QRectF(1, (self.height() - px(BOX)) / 2, px(BOX), px(BOX))
        is_on = self.isChecked()
        brush.box(painter, box, "accent" if is_on else "", "accent" if is_on or self.hasFocus() else "border", 3)
        if is_on:
            icons.paint(painter, "check", box.left() + px(2), box.top() + px(2), "on_accent", 12)
        words = QRectF(self.rect()).adjusted(px(BOX + GAP), 0, 0, 0)
        brush.text(painter, words, self._words, theme().font("body"), "text" if self.isEnabled() else "muted")
