"""What becomes of every row of a file: one bar of all rows, and under it each share with its colour and count."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets import brush
from partnerdesk.ui.widgets.section import Column

BAR, ROW, SWATCH = 12, 26, 10


class Accounting(Column):
    """`parts` are (words, rows, their count in words, colour token); the last line is the sum."""

    def __init__(self, parts: Sequence[tuple[str, int, str, str]], whole: str) -> None:
        super().__init__(margin=0)
        self.add(_Bar([(count, token) for _, count, _, token in parts]))
        self.column.insertSpacing(1, theme().px(6))
        for words, _, count, token in parts:
            self.add(_Row(words, count, token))
        self.add(_Row("Rows in file", whole))
        self.setFixedHeight(theme().px(BAR + 6 + ROW * (len(parts) + 1)))


class _Row(QWidget):
    def __init__(self, words: str, count: str, token: str = "") -> None:
        super().__init__()
        self._words, self._count, self._token = words, count, token
        self.setFixedHeight(theme().px(ROW))
        self.setAccessibleName(f"{words}: {count}")

    def paintEvent(self, event: object) -> None:
        painter, rect, px = QPainter(self), QRectF(self.rect()), theme().px
        font = theme().font("body" if self._token else "strong")
        if self._token:
            side = px(SWATCH)
            painter.fillRect(QRectF(0, rect.center().y() - side / 2, side, side), theme().colour(self._token))
            brush.hairline(painter, 0, rect.width(), rect.bottom() - 1, "line2")
        left = rect.adjusted(px(18) if self._token else 0, 0, -px(80), 0)
        brush.text(painter, left, self._words, font)
        brush.text(painter, rect, self._count, theme().font("strong"), "text", brush.RIGHT)


class _Bar(QWidget):
    def __init__(self, parts: Sequence[tuple[int, str]]) -> None:
        super().__init__()
        self._parts = parts
        self.setFixedHeight(theme().px(BAR))

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        whole = sum(count for count, _ in self._parts) or 1
        left = 0.0
        for count, token in self._parts:
            width = self.width() * count / whole
            if count:
                painter.fillRect(QRectF(left, 0, max(2.0, width - 1), self.height()), theme().colour(token))
            left += width
