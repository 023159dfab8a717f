"""The tab Form: what most people change, as fields; each writes its value into the text and touches nothing else.

Its parts are led to by the links at the head. What the format says of the field with the focus stands at the foot.
"""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from partnerdesk.program.form import Cell, Group, Row, Value
from partnerdesk.program.help import in_words, meaning
from partnerdesk.program.keyed import dotted
from partnerdesk.ui.screens.program_pages.field import NUMBER, Field
from partnerdesk.ui.screens.program_pages.field_rows import LABEL, PITCH, FieldRows, room_across
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import link
from partnerdesk.ui.widgets.empty import Empty
from partnerdesk.ui.widgets.flow import Flow
from partnerdesk.ui.widgets.section import Column, Hairline, SectionTitle
from partnerdesk.ui.widgets.status import Status
from partnerdesk.ui.widgets.text import Label, LineLabel

if TYPE_CHECKING:
    from partnerdesk.reports.format import Formats
    from partnerdesk.ui.screens.program_pages.study import Spot, Study

AT_ONCE = 0.012  # seconds of making fields before the window has its turn
Change = Callable[[Cell, Value | None], object]


class FieldsPage(QWidget):
    """`change` gets a cell of the form and its new value; `show_in_text` a key."""

    def __init__(self, formats: "Formats", change: Change, show_in_text: Callable[[str], object]) -> None:
        super().__init__()
        self._formats, self._change, self._show_in_text = formats, change, show_in_text
        self._shape: tuple[object, ...] = ()
        self._fields: dict[tuple[str, ...], Field] = {}
        self._notes: list[tuple[Row, Label]] = []
        self._names: Counter[str] = Counter()
        self._heads: dict[str, QWidget] = {}
        self._stale: tuple[Study, bool] | None = None
        self._shown: tuple[Study, bool] | None = None
        self._across = 5
        self._left: list[Group] = []
        self._next, self._scroll = self._timer(self._go_on), self._timer(self._scroll_to)
        self._seen = self._timer(self._show_focus)
        self._led_to = ""
        self.problem = Status()
        self.column = Column(24, 0)
        self.help = Label("", "small", "muted", wrap=True)
        self.foot = QWidget()
        self.stack = QStackedWidget()
        self.stack.addWidget(self._form())
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

    def _timer(self, then: Callable[[], object]) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.timeout.connect(then)
        return made

    def _form(self) -> QWidget:
        whole, px = QWidget(), theme().px
        self._parts = QVBoxLayout()
        inset = QVBoxLayout(self.foot)
        inset.setContentsMargins(0, 0, 0, 0)
        inset.setSpacing(0)
        inset.addWidget(Hairline())
        inset.addWidget(self.help)
        self.help.setContentsMargins(px(24), px(6), px(24), px(6))
        self.help.setMinimumHeight(px(48))
        self.foot.hide()
        lines = QVBoxLayout(whole)
        lines.setContentsMargins(0, px(4), 0, 0)
        lines.setSpacing(0)
        lines.addLayout(self._parts)
        lines.addWidget(Hairline())
        lines.addWidget(self.column, 1)
        lines.addWidget(self.foot)
        return whole

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
        self._across = room_across(self.width())
        cells = _cells(study.fields)
        shape = (self._across, *((g.title, g.note, *_looks(g)) for g in study.fields))
        if shape != self._shape:
            self._shape = shape
            self._begin(study.fields)
        for path, field in self._fields.items():
            field.show_cell(cells[path], writable)
        self._show_problems(study.spots)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._shown is not None and self.isVisible() and room_across(self.width()) != self._across:
            self._stale = self._shown
            self._fill()

    # Making the fields

    def _begin(self, groups: tuple[Group, ...]) -> None:
        """Make the fields anew, so many at a time that the window never waits for them."""
        self.column.clear()
        self._fields, self._notes, self._heads = {}, [], {}
        self._names.clear()
        self.problem = Status()
        self.column.add(self.problem, 8)
        self.foot.hide()
        self._show_parts(tuple(dict.fromkeys(group.part for group in groups)))
        self._left = list(groups)
        self._go_on()

    def _show_parts(self, parts: tuple[str, ...]) -> None:
        while (item := self._parts.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        if parts:
            self._parts.addWidget(
                Flow([link(part, partial(self.show_part, part)) for part in parts], LineLabel(""), gap=18)
            )

    def show_part(self, part: str) -> None:
        """Scroll to the first rule of a part and give its first field the focus."""
        while self._left and part not in self._heads:
            self._make(self._left.pop(0))
        if part not in self._heads or self._shown is None:
            return
        group = next(g for g in self._shown[0].fields if g.part == part)
        self._fields[group.rows[0].cells[0].path].take_focus()
        self._led_to = part
        self._scroll.start()  # once what was made has its place

    def _scroll_to(self) -> None:
        if (head := self._heads.get(self._led_to)) is not None:
            self.column.verticalScrollBar().setValue(head.y() - theme().px(8))

    def _go_on(self) -> None:
        began = time.monotonic()
        while self._left and time.monotonic() - began < AT_ONCE:
            self._make(self._left.pop(0))
        self.column.settle()
        if self._left:
            self._next.start()
        elif self._shown is not None:
            self._show_problems(self._shown[0].spots)

    def _make(self, group: Group) -> None:
        key = ".".join(group.path)
        action = link("Show in text", partial(self._show_in_text, key)) if key else None
        if action is not None:
            action.setAccessibleName(f"Show {group.title} in text")
        title = SectionTitle(group.title, group.note, action)
        title.setMaximumWidth(theme().px(LABEL + 4 * (NUMBER + PITCH)))
        if group.part not in self._heads:
            self._heads[group.part] = self._head(group, title)
        self.column.add(title, 20 if key else 0)
        rows = FieldRows(group, self._across, self._field)
        self._notes += rows.notes
        self.column.add(rows, 4)

    def _head(self, group: Group, title: QWidget) -> QWidget:
        """What a part begins with: its name, where its first rule has another one."""
        if group.title == group.part:
            return title
        return self.column.add(LineLabel(group.part, "hint", "muted"), 28)

    def _field(self, name: str, cell: Cell) -> Field:
        self._names[name] += 1  # a metric may be bounded twice; a screen reader tells the fields apart
        own = f"{name} ({self._names[name]})" if self._names[name] > 1 else name
        field = Field(own, cell, self._formats, self._change, self._tell)
        field.show_cell(cell, self._shown is not None and self._shown[1])
        self._fields[cell.path] = field
        return field

    def _tell(self, cell: Cell) -> None:
        """The words of the format on the field with the focus."""
        entry = meaning(cell.path)
        self.help.setText(f"{dotted(cell.path)}: {in_words(entry.says)}" if entry is not None else dotted(cell.path))
        if self.foot.isHidden() and self._across > 1:  # large text leaves no room for it
            self.foot.show()
            self._seen.start()  # what has the focus may stand where the foot is now

    def _show_focus(self) -> None:
        if (focus := self.focusWidget()) is not None and self.column.isAncestorOf(focus):
            self.column.ensureWidgetVisible(focus)

    def _show_problems(self, spots: "tuple[Spot, ...]") -> None:
        """Each problem under the row it belongs to; how many stand elsewhere at the head."""
        left = [spot for spot in spots if not spot.is_warning]
        for row, note in self._notes:
            here = [spot for spot in left if _belongs(spot, row)]
            left = [spot for spot in left if spot not in here]
            note.setText(" ".join(spot.message for spot in here))
            note.setVisible(bool(here))
        self.problem.set_status("bad", _elsewhere(left))
        self.problem.setVisible(bool(left))


def _elsewhere(left: "Sequence[Spot]") -> str:
    """How many problems have no field here, and the first of them."""
    if not left:
        return ""
    first = (
        f"In line {left[0].line} of the text"
        if len(left) == 1
        else f"{len(left)} in the text, first line {left[0].line}"
    )
    return f"{first}: {left[0].message}"


def _belongs(spot: "Spot", row: Row) -> bool:
    """A problem of a value belongs to its row; one of a rule to the first of its rows."""
    return bool(spot.key) and any(
        path == spot.key or path.startswith(f"{spot.key}.") for path in (".".join(cell.path) for cell in row.cells)
    )


def _cells(groups: tuple[Group, ...]) -> dict[tuple[str, ...], Cell]:
    return {cell.path: cell for group in groups for row in group.rows for cell in row.cells}


def _looks(group: Group) -> list[object]:
    return [(r.label, c.path, c.caption, c.kind, c.unit, c.choices) for r in group.rows for c in r.cells]
