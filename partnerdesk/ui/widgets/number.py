"""A figure that answers "why?": click, Enter or Space opens the inspector on its figure id.

The id names the figure to whoever explains it: the nearest parent with `ask_why`, usually the screen. The text was
formatted by the screen.
The window keeps a ring around a number whose Why is open.
"""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets import brush


class Number(QAbstractButton):
    """A formatted number with its unit. `asked` carries the figure id."""

    asked = Signal(str)

    def __init__(
        self,
        text: str = "",
        figure: str = "",
        *,
        label: str,
        unit: str = "",
        role: str = "body",
        align: brush.Align = brush.LEFT,
        token: str = "text",
    ) -> None:
        super().__init__()
        self._role, self._align, self._label, self._token = role, align, label, token
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(self._ask)
        self.set_number(text, figure, unit)

    def set_number(self, text: str, figure: str = "", unit: str = "") -> None:
        """Show another number. Without a figure id it is plain text and takes no focus."""
        self._words, self._unit, self.figure = text, unit, figure
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if figure else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if figure else Qt.CursorShape.ArrowCursor)
        self.setAccessibleName(" ".join(part for part in (self._label, text, unit) if part))
        self.setAccessibleDescription("Space shows why" if figure else "")
        self.updateGeometry()
        self.update()

    def words(self) -> str:
        """The number as shown."""
        return self._words

    def _ask(self) -> None:
        if not self.figure:
            return
        self.asked.emit(self.figure)
        page = self.parentWidget()
        while page is not None and not hasattr(page, "ask_why"):
            page = page.parentWidget()
        if page is not None:
            page.ask_why(self.figure)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def ring_rect(self) -> QRect:
        """What a ring goes around: the figure, not the room beside it."""
        wanted = self.sizeHint()
        left = self.width() - wanted.width() if self._align & brush.Align.AlignRight else 0
        gap = theme().px(3)
        box = QRect(max(0, left), 0, min(wanted.width(), self.width()), self.height())
        return box.adjusted(-gap, 0, gap, 0)

    def sizeHint(self) -> QSize:
        width = brush.width_of(self._words, self._role)
        if self._unit:
            width += theme().px(5) + brush.width_of(self._unit, "small")
        height = QFontMetricsF(theme().font(self._role)).height()
        return QSize(round(width) + 1, round(height))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        token = "accent" if self.figure and self.underMouse() else self._token
        if self._unit:
            rect.setWidth(rect.width() - brush.width_of(self._unit, "small") - theme().px(5))
        used = brush.text(painter, rect, self._words, theme().font(self._role), token, self._align, elide=False)
        if self._unit:
            left = rect.right() if self._align & brush.Align.AlignRight else rect.left() + used
            lower = QRectF(left + theme().px(5), rect.top() + self._drop(), self.width(), rect.height())
            brush.text(painter, lower, self._unit, theme().font("small"), "muted")

    def _drop(self) -> float:
        """How far the small unit goes down to stand on the number's line."""
        big, small = (QFontMetricsF(theme().font(r)) for r in (self._role, "small"))
        return (big.ascent() - big.descent() - small.ascent() + small.descent()) / 2
