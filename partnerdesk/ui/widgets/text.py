"""Text on the screen is plain: labels, tips and mnemonics that never read data as markup.

A stock label, tip or message box renders anything that looks like HTML and loads the local images in it, which lets
a partner's name crash the program. These are the only ones the window uses.
"""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets import brush
from partnerdesk.ui.widgets.bidi import apart


def literal(text: str) -> str:
    """Text for a menu, tab or button, where a single & would become a shortcut."""
    return text.replace("&", "&&")


def tip_text(text: str) -> str:
    """Text for a tip, which Qt would read as markup when it looks like it."""
    if not text:
        return ""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f'<span style="white-space:pre-wrap">{escaped}</span>'


def set_tip(widget: QWidget, text: str) -> None:
    """The tip of a widget, verbatim."""
    widget.setToolTip(tip_text(text))


class Label(QLabel):
    """Plain text in a role's font and a colour token."""

    def __init__(
        self,
        text: str = "",
        role: str = "body",
        token: str = "text",
        wrap: bool = False,
        selectable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self._role, self._token, self._selectable = role, token, selectable
        if selectable:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setText(text)
        self._restyle()
        theme().changed.connect(self._restyle)

    def setText(self, text: str) -> None:
        """Show another text."""
        self._text = text
        super().setText(text if self._selectable else apart(text))  # what can be copied has no marks in it

    def text(self) -> str:
        """The text as it was given."""
        return self._text

    def set_token(self, token: str) -> None:
        """Change the colour."""
        self._token = token
        self._restyle()

    def _restyle(self) -> None:
        self.setFont(theme().font(self._role))
        palette = self.palette()
        palette.setColor(self.foregroundRole(), theme().colour(self._token))
        self.setPalette(palette)


class LineLabel(QWidget):
    """One line that ends in an ellipsis where room is short; the tip and the accessible name hold all of it."""

    def __init__(
        self, text: str = "", role: str = "body", token: str = "text", align: brush.Align = brush.LEFT
    ) -> None:
        super().__init__()
        self._role, self._token, self._align = role, token, align
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def text(self) -> str:
        """The whole text."""
        return self._text

    def set_text(self, text: str, token: str = "") -> None:
        """Show another text."""
        self._token = token or self._token
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(theme().font(self._role))
        return QSize(int(metrics.horizontalAdvance(self._text)) + 2, int(metrics.height()) + 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), theme().px(40)), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        font = theme().font(self._role)
        is_cut = QFontMetricsF(font).horizontalAdvance(self._text) > self.width() + 0.5
        set_tip(self, self._text if is_cut else "")
        brush.text(painter, QRectF(self.rect()), self._text, font, self._token, self._align)
