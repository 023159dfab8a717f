"""The tab Form: what most people change, as fields; each writes its value into the text and touches nothing else."""

import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from partnerdesk.errors import Refused
from partnerdesk.program.form import DAY, TEXT, Cell, Group, Row, Value
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import link
from partnerdesk.ui.widgets.editors import AutosaveLine
from partnerdesk.ui.widgets.empty import Empty
from partnerdesk.ui.widgets.section import Column, SectionTitle
from partnerdesk.ui.widgets.status import Status
from partnerdesk.ui.widgets.text import Label, LineLabel

if TYPE_CHECKING:
    from partnerdesk.reports.format import Formats
    from partnerdesk.ui.screens.program_pages.study import Spot, Study

LABEL, FIELD, LONG = 190, 88, 420
AT_ONCE = 0.012  # seconds of making fields before the window has its turn
Change = Callable[[Cell, Value], object]


class FieldsPage(QWidget):
    """`change` gets a cell of the form and its new value; `show_in_text` a key."""

    def __init__(self, formats: "Formats", change: Change, show_in_text: Callable[[str], object]) -> None:
        super().__init__()
        self._formats, self._change, self._show_in_text = formats, change, show_in_text
        self._shape: tuple[object, ...] = ()
        self._cells: dict[tuple[str, ...], Cell] = {}
        self._fields: dict[tuple[str, ...], AutosaveLine] = {}
        self._notes: list[tuple[Row, Label]] = []
        self._stale: tuple[Study, bool] | None = None
        self._shown: tuple[Study, bool] | None = None
        self._across = 5
        self._left: list[tuple[Group, bool]] = []
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.timeout.connect(self._go_on)
        self.problem = Status()
        self.column = Column(24, 0)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.column)
        self.stack.addWidget(
            Empty(
                "The form cannot be filled yet",
                "Its fields are read from the text, and the text cannot be read as it stands.",
                ("Show the problems", lambda: show_in_text("")),
                icon="pencil",
            )
        )
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stack)

    def show_study(self, study: "Study", writable: bool) -> None:
        """The fields of a text; made when they are looked at, and kept while the text has the same ones."""
        self._stale = (study, writable)
        if self.isVisible():
            self._fill()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self._fill()

    def _fill(self) -> None:
        if self._stale is None:
            return
        (study, writable), self._stale = self._stale, None
        self._shown = (study, writable)
        self.stack.setCurrentIndex(0 if study.fields else 1)
        self._across = self._room()
        shape = (
            writable,
            self._across,
            *((g.title, g.note, r.label, c.path, c.caption, c.unit) for g, r, c in _each(study)),
        )
        self._cells = {cell.path: cell for _group, _row, cell in _each(study)}
        if shape != self._shape:
            self._shape = shape
            self._begin(study.fields, writable)
        for path in self._fields:
            self._show_value(path)
        self._show_problems(study.spots)

    def _show_value(self, path: tuple[str, ...]) -> None:
        field, words = self._fields[path], self._words(self._cells[path])
        if field.text() != words:
            field.show_text(words)
            field.setCursorPosition(0)

    def _room(self) -> int:
        """How many fields stand in a line beside their name."""
        room = self.width() / theme().scale
        return max(1, min(5, int((room - LABEL - 80) // (FIELD + 60))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._shown is not None and self.isVisible() and self._room() != self._across:
            self._stale = self._shown
            self._fill()

    def _begin(self, groups: tuple[Group, ...], writable: bool) -> None:
        """Make the fields anew, so many at a time that the window never waits for them."""
        self.column.clear()
        self._fields, self._notes = {}, []
        self.problem = Status()
        self.column.add(self.problem)
        self._left = [(group, writable) for group in groups]
        self._go_on()

    def _go_on(self) -> None:
        began = time.monotonic()
        while self._left and time.monotonic() - began < AT_ONCE:
            self._make(*self._left.pop(0))
        if self._left:
            self._next.start()
        elif self._shown is not None:
            self._show_problems(self._shown[0].spots)

    def _make(self, group: Group, writable: bool) -> None:
        key = ".".join(group.path)
        action = link("Show in text", partial(self._show_in_text, key)) if key else None
        if action is not None:
            action.setAccessibleName(f"Show {group.title} in text")
        title = SectionTitle(group.title, group.note, action)
        title.setMaximumWidth(theme().px(LABEL + 4 * (FIELD + 60)))
        self.column.add(title, 20 if key else 0)
        self.column.add(self._rows(group, writable), 4)
        for row in group.rows:
            for cell in row.cells:
                self._show_value(cell.path)

    def _rows(self, group: Group, writable: bool) -> QWidget:
        holder, px = QWidget(), theme().px
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(2))
        grid.setColumnMinimumWidth(0, px(LABEL))
        grid.setColumnStretch(6, 1)
        captions: tuple[str, ...] = ()
        for row in group.rows:
            for first in range(0, len(row.cells), self._across):
                cells = row.cells[first : first + self._across]
                own = tuple(cell.caption for cell in cells)
                if own != captions and any(own):
                    at = grid.rowCount()
                    for place, caption in enumerate(own, 1):
                        grid.addWidget(LineLabel(_capital(caption), "hint", "muted"), at, place)
                captions = own
                self._line(grid, group, row, cells, writable)
            self._note(grid, row)
        return holder

    def _line(self, grid: QGridLayout, group: Group, row: Row, cells: tuple[Cell, ...], writable: bool) -> None:
        at = grid.rowCount()
        if cells[0] is row.cells[0]:
            grid.addWidget(LineLabel(row.label, "body"), at, 0)
        grid.setRowMinimumHeight(at, theme().measure("control") + theme().px(4))
        for place, cell in enumerate(cells, 1):
            grid.addWidget(self._cell(group, row, cell, writable), at, place, 1, 6 if cell.kind == TEXT else 1)

    def _note(self, grid: QGridLayout, row: Row) -> None:
        note = Label("", "small", "bad", wrap=True)
        note.hide()
        grid.addWidget(note, grid.rowCount(), 1, 1, 6)
        self._notes.append((row, note))

    def _cell(self, group: Group, row: Row, cell: Cell, writable: bool) -> QWidget:
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme().px(6))
        name = ", ".join(part for part in (group.title, row.label, cell.caption, cell.unit) if part)
        path = cell.path
        field = AutosaveLine(name, partial(self._save, path), partial(self._parse, path))
        if cell.kind == TEXT:
            field.setMaximumWidth(theme().px(LONG))
            field.setMinimumWidth(theme().px(FIELD))
        else:
            field.setFixedWidth(theme().px(FIELD + 24 if cell.kind == DAY else FIELD))
        field.setReadOnly(not writable)
        self._fields[path] = field
        line.addWidget(field, LONG if cell.kind == TEXT else 0)
        if cell.unit:
            line.addWidget(LineLabel(cell.unit, "small", "muted"))
        line.addStretch(1)
        return holder

    def _save(self, path: tuple[str, ...], value: Value) -> None:
        cell = self._cells.get(path)
        if cell is not None and value != cell.value:
            self._change(cell, value)

    def _words(self, cell: Cell) -> str:
        if isinstance(cell.value, Decimal):
            places = cell.places if not cell.unit.isupper() else max(2, cell.places)
            return self._formats.number(cell.value, places)
        return self._formats.day(cell.value) if isinstance(cell.value, date) else str(cell.value)

    def _parse(self, path: tuple[str, ...], typed: str) -> Value:
        kind = self._cells[path].kind
        if kind == TEXT:
            return typed.strip()
        if kind == DAY:
            return self._formats.parse_day(typed)
        number = self._formats.parse_number(typed.removesuffix("%"))
        if abs(number) > 10**12:
            raise Refused("This number is too large.", "Look at its separators.")
        return number

    def _show_problems(self, spots: "tuple[Spot, ...]") -> None:
        """Each problem under the row it belongs to; how many stand elsewhere at the head."""
        left = [spot for spot in spots if not spot.is_warning]
        for row, note in self._notes:
            here = [spot for spot in left if _belongs(spot, row)]
            left = [spot for spot in left if spot not in here]
            note.setText(" ".join(spot.message for spot in here))
            note.setVisible(bool(here))
        self.problem.set_status("bad", f"{len(left)} more in the text: {left[0].message}" if left else "")
        self.problem.setVisible(bool(left))


def _belongs(spot: "Spot", row: Row) -> bool:
    """A problem of a value belongs to its row; one of a rule to the first of its rows."""
    return bool(spot.key) and any(
        path == spot.key or path.startswith(f"{spot.key}.") for path in (".".join(cell.path) for cell in row.cells)
    )


def _each(study: "Study") -> list[tuple[Group, Row, Cell]]:
    return [(group, row, cell) for group in study.fields for row in group.rows for cell in row.cells]


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
