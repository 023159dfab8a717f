"""The rows of a rule in the form: a name, its fields, and the words of the format where there is one field alone."""

import re
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from partnerdesk.program.form import CHOICE, Cell, Group, Row
from partnerdesk.ui.screens.program_pages.field import NUMBER, PHRASE, Field
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.text import Label, LineLabel, set_tip

LABEL, PITCH, COLUMNS = 190, 60, 6
_QUOTED = re.compile(r"`([^`]*)`")  # how the reference of the format marks a key, which the form calls in words


class FieldRows(QWidget):
    """`make` makes the field of a cell by its name; `across` is how many fields stand in a line."""

    def __init__(self, group: Group, across: int, make: Callable[[str, Cell], Field]) -> None:
        super().__init__()
        self._group, self._across, self._make = group, across, make
        self.notes: list[tuple[Row, Label]] = []
        px = theme().px
        grid = self._grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(2))
        grid.setColumnMinimumWidth(0, px(LABEL))
        if any(_is_told(row) for row in group.rows):
            grid.setColumnMinimumWidth(1, px(PHRASE))
        grid.setColumnStretch(COLUMNS, 1)
        captions: tuple[str, ...] = ()
        for row in group.rows:
            captions = self._row(row, captions)

    def _row(self, row: Row, captions: tuple[str, ...]) -> tuple[str, ...]:
        """The lines of a row; captions stand once over rows that have the same."""
        for first in range(0, len(row.cells), self._across):
            cells = row.cells[first : first + self._across]
            own = tuple(cell.caption for cell in cells)
            if own != captions and any(own):
                at = self._grid.rowCount()
                for place, caption in enumerate(own, 1):
                    self._grid.addWidget(LineLabel(f"{caption[:1].upper()}{caption[1:]}", "hint", "muted"), at, place)
            captions = own
            self._line(row, cells)
        note = Label("", "small", "bad", wrap=True)
        note.hide()
        self._grid.addWidget(note, self._grid.rowCount(), 1, 1, COLUMNS)
        self.notes.append((row, note))
        return captions

    def _line(self, row: Row, cells: tuple[Cell, ...]) -> None:
        at, grid = self._grid.rowCount(), self._grid
        if cells[0] is row.cells[0]:
            grid.addWidget(LineLabel(row.label, "body"), at, 0)
        grid.setRowMinimumHeight(at, theme().measure("control") + theme().px(4))
        for place, cell in enumerate(cells, 1):
            name = ", ".join(part for part in (self._group.title, row.label, cell.caption, cell.unit) if part)
            field = self._make(name, cell)
            grid.addWidget(field, at, place, 1, COLUMNS if field.is_long else 1)
        if _is_told(row):
            words = Label(told(row.cells[0]), "small", "muted", wrap=True)
            set_tip(words, row.cells[0].says)
            beside = self._across > 2
            line, place = (at, 2) if beside else (grid.rowCount(), 1)
            grid.addWidget(words, line, place, 1, COLUMNS, Qt.AlignmentFlag.AlignVCenter)


def room_across(width: int) -> int:
    """How many fields stand in a line of so many px beside their name."""
    room = width / theme().scale
    return max(1, min(5, int((room - LABEL - 80) // (NUMBER + PITCH))))


def told(cell: Cell) -> str:
    """What the format says of a field: all of it for a choice, which explains its words, else its first sentence."""
    words = cell.says if cell.kind == CHOICE else cell.says.partition(". ")[0]
    return _QUOTED.sub(lambda found: f"“{found[1].replace('_', ' ')}”", words.rstrip("."))


def _is_told(row: Row) -> bool:
    return len(row.cells) == 1 and bool(row.cells[0].says)
