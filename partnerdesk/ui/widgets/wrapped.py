"""Words that wrap, painted verbatim, some of them on a tint: what a change took away or brought."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption

from partnerdesk.ui.theme import theme


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text on a ground: `bar_good` came, `bar_bad` went."""

    start: int
    length: int
    token: str


class Wrapped:
    """A plain text laid out in a width; it is no markup, whatever it looks like."""

    def __init__(self, words: str, font: QFont, width: float, marks: tuple[Mark, ...] = ()) -> None:
        self._marks = marks
        self._layout = QTextLayout(words.replace("\n", "\u2028"), font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        self._layout.beginLayout()
        self.height = 0.0
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            line.setPosition(QPointF(0, self.height))
            self.height += max(line.height(), theme().px(19)) if words else 0
        self._layout.endLayout()

    def paint(self, painter: QPainter, x: float, y: float, token: str) -> None:
        """Draw the words with their top left corner at a point."""
        ranges = []
        for mark in self._marks:
            made = QTextLayout.FormatRange()
            made.start, made.length = mark.start, mark.length
            look = QTextCharFormat()
            look.setBackground(theme().colour(mark.token))
            made.format = look
            ranges.append(made)
        painter.setPen(theme().colour(token))
        self._layout.draw(painter, QPointF(x, y), ranges)
