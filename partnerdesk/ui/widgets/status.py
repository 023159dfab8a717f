"""A status is a glyph in its colour and a word in the text's colour; never a pill, never colour alone."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from partnerdesk.ui import icons
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets import brush

# kind -> (icon, colour token)
STATUSES: dict[str, tuple[str, str]] = {
    "good": ("circle-check", "good"),
    "warn": ("triangle-alert", "warn"),
    "bad": ("octagon-alert", "bad"),
    "info": ("circle-dot", "info"),
    "blocked": ("ban", "bad"),
    "final": ("lock", "good"),
    "late": ("clock", "warn"),
    "up": ("arrow-up-right", "muted"),
    "down": ("arrow-down-right", "muted"),
}


def paint_status(
    painter: QPainter, rect: QRectF, kind: str, words: str, role: str = "body", token: str = "text"
) -> None:
    """Glyph and words at the left of a rectangle. Without a kind only the words are painted."""
    if kind:
        icon, colour = STATUSES[kind]
        size = theme().px(14)
        icons.paint(painter, icon, rect.left(), rect.center().y() - size / 2, colour, 14)
        rect = rect.adjusted(size + theme().px(6), 0, 0, 0)
    brush.text(painter, rect, words, theme().font(role), token)


class Status(QWidget):
    """A status as a control of its own."""

    def __init__(self, kind: str = "", words: str = "", role: str = "body", token: str = "text") -> None:
        super().__init__()
        self._role, self._token = role, token
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_status(kind, words)

    def set_status(self, kind: str, words: str) -> None:
        """Show another status."""
        self._kind, self._words = kind, words
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = brush.width_of(self._words, self._role) + (theme().px(20) if self._kind else 0)
        return QSize(round(width) + 1, theme().px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_status(QPainter(self), QRectF(self.rect()), self._kind, self._words, self._role, self._token)
