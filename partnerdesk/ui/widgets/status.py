"""A status is a glyph in its colour and a word in the text's colour; never a pill, never colour alone."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from partnerdesk.ui import icons
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets import brush
from partnerdesk.ui.widgets.text import set_tip

LEAST = 120  # px that one keeps which gives way
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

    def __init__(
        self, kind: str = "", words: str = "", role: str = "body", token: str = "text", *, gives_way: bool = False
    ) -> None:
        """One that `gives_way` ends in an ellipsis where room is short, and its tip holds all of it."""
        super().__init__()
        self._role, self._token, self._gives_way = role, token, gives_way
        wide = QSizePolicy.Policy.Maximum if gives_way else QSizePolicy.Policy.Fixed
        self.setSizePolicy(wide, QSizePolicy.Policy.Fixed)
        self.set_status(kind, words)

    def set_status(self, kind: str, words: str) -> None:
        """Show another status."""
        self._kind, self._words = kind, words
        self.setAccessibleName(words)
        self.updateGeometry()
        self._tell()
        self.update()

    def sizeHint(self) -> QSize:
        width = brush.width_of(self._words, self._role) + (theme().px(20) if self._kind else 0)
        return QSize(round(width) + 1, theme().px(20))

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), theme().px(LEAST)), hint.height()) if self._gives_way else hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell()

    def _tell(self) -> None:
        """What does not fit is said by the tip."""
        if self._gives_way:
            set_tip(self, self._words if self.width() < self.sizeHint().width() else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_status(QPainter(self), QRectF(self.rect()), self._kind, self._words, self._role, self._token)
