"""One line for what is said in a review: choose what it is, type, Enter. The same in builder and review mode.

`win: text` chooses what it is as well; `@name` is the owner and a day at the end the due day.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import PRIMARY, Button
from partnerdesk.ui.widgets.segmented import Segmented
from partnerdesk.ui.widgets.text import LineLabel

if TYPE_CHECKING:
    from partnerdesk.queries.partners.people import PersonRow
    from partnerdesk.ui.desk import Desk

COMMITMENT = "commitment"
CHOICES: tuple[tuple[str, object], ...] = (
    ("Commitment", COMMITMENT),
    ("Decision", "decision"),
    ("Win", "win"),
    ("Learning", "learning"),
    ("Feedback", "feedback"),
    ("Objective", "recalibrate"),
    ("Issue", "issue"),
)
_WORDS = {word.casefold(): str(key) for word, key in CHOICES}
_HINTS = {
    COMMITMENT: "Send the price model @tobias fri",
    "decision": "One joint price, sent by the partner @ilse 1 dec",
    "win": "Live in nine days, the first report on the day after",
    "learning": "Kick-offs without the department slip",
    "feedback": "They want one contact for projects, not three",
    "recalibrate": "Title of an objective, or what to add to the plan",
    "issue": "Data access waits for the works council",
}
_LATER = "A day and an owner make it an action when the review is held"


class CaptureLine(QWidget):
    """`noted` is sent after a line was kept; `left` when Escape is pressed in an empty field."""

    noted = Signal(str)
    left = Signal()

    def __init__(self, desk: "Desk", keep: Callable[[str, str], object]) -> None:
        super().__init__()
        self._desk, self._keep = desk, keep
        self.people: tuple[PersonRow, ...] = ()
        self._kind = COMMITMENT
        px = theme().px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(8), px(24), px(8))
        column.setSpacing(px(6))
        self.kind = Segmented("Noted as", CHOICES, self._choose, COMMITMENT)
        line = QHBoxLayout()
        line.setSpacing(px(8))
        self.field = _Field(self)
        self.add_button = Button("Note it", self.add, keys="Enter", kind=PRIMARY)
        line.addWidget(self.field, 1)
        line.addWidget(self.add_button)
        self.says = LineLabel("", "small", "muted")
        column.addWidget(self.kind, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(line)
        column.addWidget(self.says)
        self.field.textChanged.connect(lambda _text: self._typed())
        self._choose(COMMITMENT)

    def choose(self, kind: str) -> None:
        """What the next line is."""
        self.kind.set_value(kind)
        self._choose(kind)

    def say_noted(self, kind: str, line: str) -> None:
        """What was kept last, and where it stands; until the next line is typed."""
        if not self.field.text():
            place = " under New commitments" if kind == COMMITMENT else ""
            self.says.set_text(f"Noted{place}: {self._understood(kind, line)}")

    def begin(self, kind: str = "") -> None:
        """Put the cursor into the line."""
        if kind:
            self.choose(kind)
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def step(self, by: int) -> None:
        """The next or the previous kind: Ctrl+Down and Ctrl+Up while typing."""
        keys = [str(key) for _word, key in CHOICES]
        self.choose(keys[(keys.index(self._kind) + by) % len(keys)])

    def add(self) -> None:
        """Keep the line."""
        kind, text = self._meant()
        if text:
            self.field.clear()
            self._keep(kind, text)
            self.noted.emit(kind)

    def _choose(self, kind: object) -> None:
        self._kind = str(kind)
        self.field.setPlaceholderText(_HINTS[self._kind])
        self.field.setAccessibleDescription(_HINTS[self._kind])
        self._typed()

    def _meant(self) -> tuple[str, str]:
        """What the line is and says: a kind before a colon stands above the one that is chosen."""
        word, colon, rest = self.field.text().partition(":")
        kind = _WORDS.get(word.strip().casefold(), "") if colon else ""
        return (kind, rest.strip()) if kind else (self._kind, self.field.text().strip())

    def _typed(self) -> None:
        kind, text = self._meant()
        self.add_button.allow("" if text else "Type what is said")
        self.says.set_text(self._understood(kind, text))

    def _understood(self, kind: str, text: str) -> str:
        from partnerdesk.ops.joint.quick import quick_action, stranger

        if not text:
            return "@ names an owner, a day at the end is the due day. Ctrl+Up and Ctrl+Down choose what it is"
        found: Any = quick_action(text, self._desk.today(), self.people)
        word = next(word for word, key in CHOICES if key == kind)
        parts = [("Our commitment" if found.side == "vendor" else "Their commitment") if kind == COMMITMENT else word]
        parts.append(f"owner {found.owner}" if found.owner else "no owner yet")
        parts.append(f"due {self._desk.formats.day(found.due)}" if found.due else "no day yet")
        if name := stranger(found.text):
            parts.append(f"\N{LEFT DOUBLE QUOTATION MARK}{name}\N{RIGHT DOUBLE QUOTATION MARK} fits no one person")
        parts += [_LATER] if kind == "decision" and not (found.owner and found.due) else []
        return " · ".join(parts)


class _Field(QLineEdit):
    def __init__(self, line: CaptureLine) -> None:
        super().__init__()
        self._line = line
        self.setAccessibleName("What is said")
        self.setMinimumHeight(theme().measure("control"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._line.add()
        elif is_ctrl and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._line.step(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self._line.left.emit()
        else:
            super().keyPressEvent(event)
