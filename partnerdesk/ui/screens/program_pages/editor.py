"""A plain editor for a program's text: line numbers, quiet colours, the lines with problems tinted.

Undo is the book's, one step per pause, so the editor keeps none of its own: two histories would contradict each other.
"""

import re

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets import brush

_TOKENS = re.compile(
    r"""(?P<text>"(?:[^"\\]|\\.)*"|'[^']*')|(?P<note>\#.*$)|(?P<table>^\s*\[\[?[^\]=]+\]\]?\s*$)""", re.X
)
_COLOURS = {"text": "good", "note": "muted", "table": "accent"}


class _Colours(QSyntaxHighlighter):
    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        theme().changed.connect(self.rehighlight)

    def highlightBlock(self, text: str) -> None:
        for found in _TOKENS.finditer(text):
            look = QTextCharFormat()
            look.setForeground(theme().colour(_COLOURS[found.lastgroup or "note"]))
            # Qt counts in UTF-16: what is before may hold signs of two units.
            start = len(text[: found.start()].encode("utf-16-le")) // 2
            self.setFormat(start, len(found[0].encode("utf-16-le")) // 2, look)


class _Gutter(QWidget):
    def __init__(self, editor: "TomlEditor") -> None:
        super().__init__(editor)
        self._editor = editor

    def sizeHint(self) -> QSize:
        return QSize(self._editor.gutter_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._editor.paint_numbers(QPainter(self), QRectF(self.rect()))


class TomlEditor(QPlainTextEdit):
    """Tab leaves it, as everywhere; `mark` tints lines, `go_to` puts the cursor on one."""

    def __init__(self, says: str) -> None:
        super().__init__()
        self.setAccessibleName(says)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self._bad: dict[int, bool] = {}
        self._gutter = _Gutter(self)
        self._colours = _Colours(self.document())
        self.updateRequest.connect(self._scrolled)
        self.blockCountChanged.connect(lambda _count: self._make_room())
        self.cursorPositionChanged.connect(self.viewport().update)
        theme().changed.connect(self._restyle)
        self._restyle()

    # What the page calls

    def show_text(self, text: str) -> None:
        """Show another text; the cursor and the scroll stay where they were, as far as they can."""
        if text == self.toPlainText():
            return
        at, top = self.textCursor().position(), self.verticalScrollBar().value()
        self.setPlainText(text)
        cursor = self.textCursor()
        cursor.setPosition(min(at, max(0, self.document().characterCount() - 1)))
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(top)

    def mark(self, lines: dict[int, bool]) -> None:
        """Tint the lines that problems stand in; True for those that only warn."""
        self._bad = dict(lines)
        self.viewport().update()
        self._gutter.update()

    def go_to(self, line: int, focus: bool = True) -> None:
        """Put the cursor at the beginning of a line and show it."""
        block = self.document().findBlockByNumber(max(0, min(line, self.blockCount()) - 1))
        self.setTextCursor(QTextCursor(block))
        self.centerCursor()
        if focus:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def line(self) -> int:
        """The line of the cursor, from 1."""
        return self.textCursor().blockNumber() + 1

    # Drawing

    def gutter_width(self) -> int:
        """Room for the number of the last line."""
        return round(brush.width_of("0" * max(3, len(str(self.blockCount()))), "mono")) + theme().px(20)

    def paint_numbers(self, painter: QPainter, rect: QRectF) -> None:
        """The numbers of the lines that are seen; those with a problem in its colour."""
        painter.fillRect(rect, theme().colour("bg2"))
        block = self.firstVisibleBlock()
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        while block.isValid() and top <= rect.bottom():
            height = self.blockBoundingRect(block).height()
            number = block.blockNumber() + 1
            token = "muted" if number not in self._bad else "warn" if self._bad[number] else "bad"
            room = QRectF(0, top, rect.width() - theme().px(10), self.fontMetrics().lineSpacing())
            brush.text(painter, room, str(number), theme().font("mono"), token, brush.RIGHT)
            block, top = block.next(), top + height

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tints under the text: the line of the cursor where one can write, and the lines with problems."""
        painter = QPainter(self.viewport())
        block = self.firstVisibleBlock()
        while block.isValid():
            area = self.blockBoundingGeometry(block).translated(self.contentOffset())
            if area.top() > self.viewport().height():
                break
            token = self._token(block.blockNumber() + 1)
            if token:
                painter.fillRect(QRectF(0, area.top(), self.viewport().width(), area.height()), theme().colour(token))
            block = block.next()
        painter.end()
        super().paintEvent(event)

    def _token(self, line: int) -> str:
        if line in self._bad:
            return "bar_warn" if self._bad[line] else "bar_bad"
        return "hover" if line == self.line() and not self.isReadOnly() else ""

    def _restyle(self) -> None:
        self.setFont(theme().font("mono"))
        ground = theme().colour("bg2").name()
        self.setStyleSheet(f"QPlainTextEdit {{ border: none; border-radius: 0; padding: 0; background: {ground}; }}")
        self._make_room()
        self.viewport().update()

    def _make_room(self) -> None:
        self.setViewportMargins(self.gutter_width(), theme().px(6), 0, 0)
        self._place_gutter()

    def _place_gutter(self) -> None:
        area = self.contentsRect()
        top = theme().px(6)
        self._gutter.setGeometry(QRect(area.left(), area.top() + top, self.gutter_width(), area.height() - top))

    def _scrolled(self, _rect: QRect, _by: int) -> None:
        self._gutter.update()

    # Qt's side

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_gutter()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and _is_undo(event):
            event.ignore()  # the window's own Undo and Redo take it
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_undo(event):
            event.ignore()
        else:
            super().keyPressEvent(event)


def _is_undo(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and (
        event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)
    )
