"""Editors in place: the field stands where the text stood, saves by itself, and says underneath what is wrong.

There is no Save button. A line saves on Enter and when the focus leaves, a long text also after a pause; Escape
brings back what was there. What cannot be taken stays in the field with the reason under it.
"""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMoveEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from partnerdesk.errors import PartnerDeskError
from partnerdesk.ui import icons
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets import brush
from partnerdesk.ui.widgets.text import Label

PAUSE_MS = 900
Parse = Callable[[str], Any]
Save = Callable[[Any], object]


def as_text(text: str) -> str:
    """The usual reading of a field: the text without blanks around it."""
    return text.strip()


def checked(parse: Parse, text: str) -> tuple[Any, str]:
    """The value of a typed text and nothing, or None and what is wrong with it."""
    try:
        return parse(text), ""
    except PartnerDeskError as error:
        return None, str(error)
    except (ValueError, ArithmeticError) as error:
        return None, str(error) or "This cannot be read"


class Problem(QWidget):
    """What is wrong with a field, in the colour bad, right under it and above everything else."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field.window())
        self._field = field
        self._words = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def say(self, words: str) -> None:
        """Show the reason, or hide when there is none."""
        self._words = words
        self._field.setAccessibleDescription(words)
        if self.parentWidget() is not self._field.window():
            self.setParent(self._field.window())
        self.setVisible(bool(words))
        self.place()

    def words(self) -> str:
        """The reason, or nothing."""
        return self._words

    def place(self) -> None:
        """Follow the field."""
        if self.isVisible():
            px = theme().px
            below = self._field.mapTo(self._field.window(), self._field.rect().bottomLeft())
            width = brush.width_of(self._words, "small") + px(36)
            self.setGeometry(below.x(), below.y() + px(2), round(width), px(24))
            self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px = QPainter(self), theme().px
        brush.box(painter, QRectF(self.rect()), "bar_bad", radius=4)
        icons.paint(painter, "octagon-alert", px(6), (self.height() - px(13)) / 2, "bad", 13)
        box = QRectF(self.rect()).adjusted(px(25), 0, -px(4), 0)
        brush.text(painter, box, self._words, theme().font("small"), "bad")


class InlineLine(QLineEdit):
    """A line that takes the place of a text. `check` says whether it can be read, and why not underneath."""

    def __init__(self, name: str, parse: Parse = as_text, *, choices: Sequence[str] = ()) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setProperty("inline", True)
        self.parse = parse
        self.problem = Problem(self)
        if choices:
            self.offer(choices)
        self.textEdited.connect(lambda _text: self.problem.words() and self.check())

    def offer(self, choices: Sequence[str]) -> None:
        """Complete what is typed from these texts; those that begin with @ complete the name after an @."""
        is_names = all(choice.startswith("@") for choice in choices)
        completer = NameCompleter(list(choices), self) if is_names else QCompleter(list(choices), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)

    def check(self) -> bool:
        """Say what is wrong, or nothing; whether the text can be taken."""
        _value, problem = checked(self.parse, self.text())
        self.problem.say(problem)
        return not problem

    def hideEvent(self, event: QHideEvent) -> None:
        self.problem.hide()
        super().hideEvent(event)

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self.problem.place()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DeferredDelete:
            self.problem.deleteLater()
        return super().event(event)


class NameCompleter(QCompleter):
    """Completes the name after the last @ of a line, and leaves what stands before it."""

    def splitPath(self, path: str) -> list[str]:
        _before, mark, name = f" {path}".rpartition(" @")
        return [f"@{name}" if mark and name else "\n"]  # a line of its own fits nothing

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        line = self.widget()
        typed = line.text() if isinstance(line, QLineEdit) else ""
        return f" {typed}".rpartition(" @")[0].strip() + f" {index.data()}"


class AutosaveLine(InlineLine):
    """A line that shows a value and saves what is typed over it: Enter, Tab or leaving saves, Escape restores."""

    def __init__(
        self, name: str, save: Save, parse: Parse = as_text, *, choices: Sequence[str] = (), hint: str = ""
    ) -> None:
        super().__init__(name, parse, choices=choices)
        self.setProperty("inline", False)
        self._save, self._shown = save, ""
        self.setPlaceholderText(hint)
        self.setMinimumHeight(theme().measure("control"))
        self.editingFinished.connect(self.commit)

    def show_text(self, text: str) -> None:
        """Show the saved text; what is being typed stays until it is saved or given up."""
        is_typing = self.isModified() and self.text() != self._shown
        self._shown = text
        if not is_typing:
            self.setText(text)
            if not self.hasFocus():
                self.setCursorPosition(0)  # a long text shows how it begins
            self.problem.say("")

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.OtherFocusReason:
            self.end(False)  # led here by a verb, one goes on writing

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.text() == self._shown:
            self.setCursorPosition(0)

    def commit(self) -> None:
        """Save when the text changed and can be read."""
        if self.text() != self._shown and self.check():
            self._shown = self.text()
            self.setModified(False)
            self._save(self.parse(self.text()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text() != self._shown:
            self.setText(self._shown)
            self.problem.say("")
            return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()  # it saved; what is around the field must not act on it too


class AutosaveText(QPlainTextEdit):
    """A text of several lines that saves after a pause and when the focus leaves. Paste is plain text."""

    def __init__(self, name: str, save: Save, *, hint: str = "", lines: int = 3, most: int = 0) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self._save, self._shown, self._most = save, "", most
        self.setMinimumHeight(lines * theme().px(20) + theme().px(14))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.commit)
        self.textChanged.connect(self._typed)

    def show_text(self, text: str) -> None:
        """Show the saved text; what is being typed stays."""
        is_typing = self._timer.isActive()
        self._shown = text
        if not is_typing and self.toPlainText() != text:
            self.setPlainText(text)

    def commit(self) -> None:
        """Save when the text changed."""
        self._timer.stop()
        if self.toPlainText() != self._shown:
            self._shown = self.toPlainText()
            self._save(self._shown)

    def _typed(self) -> None:
        if self.toPlainText() != self._shown:
            self._timer.start()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.commit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.commit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.toPlainText() != self._shown:
            self.setPlainText(self._shown)
        else:
            super().keyPressEvent(event)


class ClickToEdit(QWidget):
    """Text that becomes a field when it is clicked, or with Enter or F2 while it has the focus."""

    def __init__(self, name: str, save: Save, *, role: str = "body", hint: str = "", parse: Parse = as_text) -> None:
        super().__init__()
        self._name, self._hint = name, hint
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._label = Label("", role, wrap=True)
        self._line = AutosaveLine(name, save, parse)
        self._line.setProperty("inline", True)
        self._line.editingFinished.connect(self._leave)
        self._line.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._label)
        column.addWidget(self._line)

    def show_text(self, text: str) -> None:
        """Show the saved text, or the hint where there is none."""
        self._label.setText(text or self._hint)
        self._label.set_token("text" if text else "muted")
        self._line.show_text(text)
        self.setAccessibleName(f"{self._name}: {text or self._hint}")

    def begin(self) -> None:
        """Open the field."""
        self._label.hide()
        self._line.show()
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._line.selectAll()

    def _leave(self) -> None:
        if not self._line.problem.words():
            self._line.hide()
            self._label.setText(self._line.text() or self._hint)
            self._label.show()

    def mousePressEvent(self, event: object) -> None:
        self.begin()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and not self._line.isVisible():
            self.begin()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._line.problem.place()
