"""A choice of two to four words in one outline; arrow keys move, one tab stop."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets import brush
from partnerdesk.ui.widgets.text import literal


class _Part(QAbstractButton):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.words = text
        self.setText(literal(text))
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        width = brush.width_of(self.words, "section") + 2 * theme().px(12)
        return QSize(round(width), theme().measure("control"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        is_on = self.isChecked()
        if is_on:
            self._clip(painter, rect)
            painter.fillRect(rect, theme().colour("selected"))
            painter.setClipping(False)
        font = theme().font("section" if is_on else "body")
        brush.text(painter, rect, self.words, font, "text" if is_on else "muted", brush.CENTRE)

    def _clip(self, painter: QPainter, rect: QRectF) -> None:
        outline = QPainterPath()
        parent = self.parentWidget()
        whole = QRectF(parent.rect()).translated(-self.x(), -self.y()) if parent else rect
        outline.addRoundedRect(whole.adjusted(1, 1, -1, -1), 5, 5)
        painter.setClipPath(outline)


class Segmented(QWidget):
    """`choices` are (text, value); `changed` gets the value a user picks."""

    def __init__(
        self,
        name: str,
        choices: Sequence[tuple[str, object]],
        changed: Callable[[object], object],
        value: object = None,
    ) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._parts: dict[object, _Part] = {}
        for text, key in choices:
            part = _Part(text)
            part.setAccessibleDescription(name)
            part.clicked.connect(lambda _on=False, k=key: self._pick(k, changed))
            self._parts[key] = part
            row.addWidget(part)
        self.set_value(value if value is not None else choices[0][1])

    def set_value(self, value: object) -> None:
        """Show a choice without telling anyone."""
        self._parts[value].setChecked(True)
        for key, part in self._parts.items():  # one tab stop: the choice that is made
            part.setFocusPolicy(Qt.FocusPolicy.StrongFocus if key == value else Qt.FocusPolicy.ClickFocus)

    def _pick(self, value: object, changed: Callable[[object], object]) -> None:
        self.set_value(value)
        changed(value)

    def value(self) -> object:
        """The choice shown."""
        return next((key for key, part in self._parts.items() if part.isChecked()), None)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        brush.box(painter, rect, "button", "button_line")
        for part in list(self._parts.values())[1:]:
            brush.upright(painter, part.x(), 1, rect.height() - 1, "button_line")
