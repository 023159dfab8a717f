"""One field of the form: a line, a choice or yes and no, with its unit; what is typed is read by its kind."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from partnerdesk.engine.money import decimals
from partnerdesk.errors import Refused
from partnerdesk.program.form import CHOICE, DAY, FLAG, TEXT, Cell, Value
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets import brush
from partnerdesk.ui.widgets.editors import AutosaveLine
from partnerdesk.ui.widgets.form import Choice
from partnerdesk.ui.widgets.text import LineLabel

if TYPE_CHECKING:
    from partnerdesk.reports.format import Formats

NUMBER, DATE, PHRASE, LONG = 88, 112, 168, 420  # px of a field by what stands in it
LARGEST = 10**12
NOTHING = "as said above"  # what a choice says that the text leaves to the terms around it


class Field(QWidget):
    """`save` gets a cell and its new value, None to take an optional one out; `entered` hears of the focus."""

    def __init__(
        self,
        name: str,
        cell: Cell,
        formats: "Formats",
        save: Callable[[Cell, Value | None], object],
        entered: Callable[[Cell], object],
    ) -> None:
        super().__init__()
        self.cell, self._formats, self._save, self._entered = cell, formats, save, entered
        self.line: AutosaveLine | None = None
        self.choice: Choice | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(6))
        editor = self._choice(name) if cell.kind in (CHOICE, FLAG) else self._line(name)
        editor.installEventFilter(self)
        row.addWidget(editor, LONG if self.is_long else 0)
        if cell.unit:
            unit = LineLabel(cell.unit, "small", "muted")
            unit.setMinimumWidth(unit.sizeHint().width())
            row.addWidget(unit)
        row.addStretch(1)

    @property
    def is_long(self) -> bool:
        """Whether it holds words of any length."""
        return self.cell.kind == TEXT and not self.cell.says

    def _line(self, name: str) -> AutosaveLine:
        self.line = AutosaveLine(name, self._typed, self._parse)
        px = theme().px
        if self.is_long:
            self.line.setMaximumWidth(px(LONG))
            self.line.setMinimumWidth(px(NUMBER))
        else:
            self.line.setFixedWidth(px({TEXT: PHRASE, DAY: DATE}.get(self.cell.kind, NUMBER)))
        return self.line

    def _choice(self, name: str) -> Choice:
        cell = self.cell
        choices = [("Yes", True), ("No", False)] if cell.kind == FLAG else [(c or NOTHING, c) for c in cell.choices]
        self.choice = Choice(name, choices, self._picked)
        widest = max(brush.width_of(words, "body") for words, _value in choices)
        self.choice.setFixedWidth(round(widest) + theme().px(48))
        return self.choice

    def show_cell(self, cell: Cell, writable: bool) -> None:
        """The value as the text has it now; where the text is silent, what the format takes, as a hint."""
        self.cell = cell
        if self.choice is not None:
            self.choice.show_value(cell.value)
            self.choice.setEnabled(writable)
        if self.line is not None:
            words = words_of(cell, self._formats)
            is_hint = cell.is_optional and not cell.raw
            self.line.setReadOnly(not writable)
            self.line.setPlaceholderText(words if is_hint else "")
            if self.line.text() != ("" if is_hint else words):
                self.line.show_text("" if is_hint else words)
                self.line.setCursorPosition(0)

    def take_focus(self) -> None:
        """The cursor into the field."""
        editor = self.line or self.choice
        if editor is not None:
            editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self, value: Value | None) -> None:
        if value != self.cell.value or (self.cell.is_optional and not self.cell.raw) or value is None:
            self._save(self.cell, value)

    def _picked(self, value: object) -> None:
        if value != self.cell.value:
            self._save(self.cell, value if isinstance(value, bool) else str(value) or None)

    def _parse(self, typed: str) -> Value | None:
        return parsed(self.cell, typed, self._formats)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self._entered(self.cell)
        return super().eventFilter(watched, event)


def words_of(cell: Cell, formats: "Formats") -> str:
    """A value as a person reads it in a field."""
    if cell.value is None:
        return ""
    if isinstance(cell.value, Decimal):
        least = decimals(cell.unit) if cell.unit.isupper() else 0
        return formats.number(cell.value, max(least, cell.places))
    return formats.day(cell.value) if isinstance(cell.value, date) else str(cell.value)


def parsed(cell: Cell, typed: str, formats: "Formats") -> Value | None:
    """The value of what was typed; None where an optional field was emptied. Raises Refused for what cannot be."""
    if cell.is_optional and not typed.strip():
        return None
    if cell.kind == TEXT:
        return typed.strip()
    if cell.kind == DAY:
        return formats.parse_day(typed)
    number = formats.parse_number(typed.removesuffix("%"))
    if abs(number) > LARGEST:
        raise Refused("This number is too large.", "Look at its separators.")
    return number
