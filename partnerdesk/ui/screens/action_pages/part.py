"""What the parts of the segment Playbooks share: a table above, and below it what belongs to the current row."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from partnerdesk.ui.screens.action_pages.starting import Starting
from partnerdesk.ui.screens.segment import Segment
from partnerdesk.ui.table.model import Column
from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import Button
from partnerdesk.ui.widgets.filter_row import FilterRow
from partnerdesk.ui.widgets.scrolled import scrolling
from partnerdesk.ui.widgets.section import SectionTitle
from partnerdesk.ui.widgets.text import Label

if TYPE_CHECKING:
    from partnerdesk.reports.format import Formats


class PartsSegment(Segment):
    """What a part stands in: whose rows are shown, and the way to start a playbook."""

    partner = ""
    starting: Starting

    def start_playbook(self) -> None:
        """Ask which one, for whom and from when; what it would create stands there before it is created."""
        self.starting.ask(self.partner, "")


class Part(QWidget):
    """A list with details; subclasses name the columns, `load` the rows and `show_row` the current one."""

    KEY: ClassVar[str] = ""
    TITLE: ClassVar[str] = ""
    NOUN: ClassVar[str] = ""

    def __init__(self, segment: PartsSegment) -> None:
        super().__init__()
        self.segment = segment
        self._new: object = None  # the key of a row that was added and is not shown yet
        self.top = self._table(self.KEY, self.columns(), self.key, "two_lines")
        self.below = self._table(f"{self.KEY}.parts", self.part_columns(), lambda r: r.id)
        self.top.setMinimumHeight(theme().px(170))
        self.below.setMinimumHeight(theme().px(120))
        self.top.picked.connect(self._picked)
        self.top.offer_menu(self.menu)
        self.below.offer_menu(self.part_menu)
        self.filter = FilterRow(self.top, self.NOUN)
        self.title, self.words = SectionTitle(""), Label("", "small", "muted", wrap=True)
        self._lay_out()

    def _lay_out(self) -> None:
        px = theme().px
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        content = QWidget()
        whole.addWidget(scrolling(content))  # with large text it is higher than the page
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filter)
        column.addWidget(self.top, 5)
        self.head = QVBoxLayout()
        self.head.setContentsMargins(px(24), px(10), px(24), px(6))
        self.head.setSpacing(px(4))
        self.head.addWidget(self.title)
        self.head.addWidget(self.words)
        column.addLayout(self.head)
        column.addWidget(self.below, 4)

    def _table(
        self, name: str, columns: Sequence[Column], key: Callable[[Any], Any], measure: str = "row"
    ) -> DataTable:
        state = self.segment.shell.state
        made = DataTable(f"playbooks.{name}", columns, key=key, state=state, says=name, measure=measure)
        self.segment.host.show_sums(made)
        return made

    @property
    def formats(self) -> "Formats":
        return self.segment.formats

    # To implement

    def columns(self) -> list[Column]:
        """The columns of the list."""
        raise NotImplementedError

    def part_columns(self) -> list[Column]:
        """The columns of what belongs to a row; its rows have an `id`."""
        raise NotImplementedError

    def load(self) -> None:
        """Read the rows."""
        raise NotImplementedError

    def show_row(self, row: Any) -> None:
        """Show what belongs to a row; None for nothing."""
        raise NotImplementedError

    def key(self, row: Any) -> Any:
        """What tells a row from others."""
        return row.id

    def buttons(self) -> list[QWidget]:
        """What stands at the right of the bar while the part is shown, made once."""
        return []

    def menu(self, row: Any) -> list[QAction | None]:
        """The verbs on a row."""
        return []

    def part_menu(self, row: Any) -> list[QAction | None]:
        """The verbs on what belongs to a row."""
        return []

    new: Callable[[], object] | None = None  # what Ctrl+N makes, where it is not the start of a playbook

    # What parts call

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show the list; the current row stays, else the first one is."""
        self.top.set_rows(rows)
        if self._new is not None and self.top.select(self._new):
            self._new = None
        elif rows and self.top.current_row() is None:
            self.top.select(self.key(self.top.table_model.rows[0]) if self.top.table_model.rows else None)
        self.show_row(self.top.current_row())

    def added(self, key: object) -> None:
        """Select this row once it was read."""
        self._new = key

    def wanted(self, key: str) -> None:
        """Select the row that a place names, now if it is shown already; nothing for an empty one."""
        if key:
            self.filter.clear()
            self._new = int(key) if key.isdecimal() else key
            if self.top.select(self._new):
                self._new = None

    def look(self) -> None:
        """Go to the filter."""
        self.filter.focus_field()

    def run(self, label: str, op: Callable[..., Any], *args: Any, **given: Any) -> None:
        """One step with undo."""
        self.segment.host.run(label, op, *args, **given)

    def act(self, words: str, then: Callable[[], object], reason: str = "") -> QAction:
        """A row of a menu; with a reason it cannot run and says why."""
        made = QAction(words, self)
        made.setEnabled(not reason)
        made.setStatusTip(reason)
        made.triggered.connect(lambda _on=False: then())
        return made

    def button(self, words: str, then: Callable[[], object]) -> Button:
        """A button for the bar."""
        return Button(words, then, inner=True)

    def _picked(self, row: Any) -> None:
        self.show_row(row)
