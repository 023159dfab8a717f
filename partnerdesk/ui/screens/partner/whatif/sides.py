"""The two halves of the what-if page: what can be another way at the left, both sides of the figures at the right."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from partnerdesk.ui.screens.need_words import plural
from partnerdesk.ui.screens.partner.earnings.changes_rows import changes_chart, moved_rows
from partnerdesk.ui.screens.partner.whatif import inputs as whatif_inputs
from partnerdesk.ui.screens.partner.whatif import rows as whatif_rows
from partnerdesk.ui.screens.partner.whatif.adjust import Adjust
from partnerdesk.ui.screens.partner.whatif.inputs import CHANGED, InputRow
from partnerdesk.ui.screens.partner.whatif.money_range import RangePart
from partnerdesk.ui.table.model import Column
from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.theme import theme
from partnerdesk.ui.typed_day import day_reader
from partnerdesk.ui.widgets.button import link
from partnerdesk.ui.widgets.chart import Chart
from partnerdesk.ui.widgets.empty import Empty
from partnerdesk.ui.widgets.segmented import Segmented
from partnerdesk.ui.widgets.text import Label, LineLabel

if TYPE_CHECKING:
    from partnerdesk.ops.statements.differences import Compared
    from partnerdesk.ops.whatif.beside import Beside
    from partnerdesk.ops.whatif.facts_changed import Left
    from partnerdesk.ops.whatif.inputs import Input
    from partnerdesk.queries.scenarios import Change
    from partnerdesk.ui.screens.partner.whatif.page import WhatIfTab

FIGURES, PERIODS, LINES, WHY, RANGE = "figures", "periods", "lines", "why", "range"
VIEWS = (("Figures", FIGURES), ("By period", PERIODS), ("Lines", LINES), ("Why", WHY), ("Range", RANGE))
LEAST = 240  # px that a half keeps for its table
TOLD = 3  # changes that are left out, in words
Line = tuple[QWidget | None, ...]


class InputSide(QWidget):
    """The inputs by group, searched over all groups, edited in place."""

    def __init__(self, tab: "WhatIfTab", typed: Callable[[InputRow, Any], object]) -> None:
        super().__init__()
        self._formats = tab.formats
        self.groups = Segmented("Inputs", whatif_inputs.GROUPS, self._grouped, "deals")
        read_day = day_reader(tab.desk.today, tab.formats)
        columns = whatif_inputs.columns(tab.formats, read_day, typed)
        self.table = _table(tab, "inputs", columns, lambda r: r.key)
        self.table.setMinimumHeight(theme().px(LEAST))
        self.table.set_empty(self._none_here)
        self.table.offer_menu(tab.acts.menu_of)
        self.adjust = Adjust(tab.formats, tab.desk.today, read_day, typed)
        self.table.picked.connect(self.adjust.show_row)
        self.left_out = Label("", "small", "bad", wrap=True)
        self.left_out.setContentsMargins(theme().px(24), 0, 0, 0)
        self.search = QLineEdit()
        self.search.setAccessibleName("Find an input")
        self.search.setPlaceholderText("Find an input   Ctrl+F")
        self.search.setMinimumHeight(theme().measure("control"))
        self.search.setMinimumWidth(theme().px(200))
        self.search.textChanged.connect(lambda _text: self._filter())
        self.more = link("More…", tab.acts.any_change)
        self.reset = link("Reset", tab.acts.reset)
        below = (self.search, None, self.more, self.reset)
        _stack(self, (self.groups, None), self.table, self.adjust, self.left_out, below=below)

    def show_inputs(self, given: "Sequence[Input]", changes: "Sequence[Change]", left: "Sequence[Left]") -> None:
        """Every input with what the case says for it, and which changes are left out."""
        self.table.set_rows(whatif_inputs.input_rows(given, changes, left, self._formats))
        self._filter()
        self.left_out.setText("\n".join(dict.fromkeys(f"Left out: {one.why}" for one in left[:TOLD])))
        self.left_out.setVisible(bool(left))

    def find_one(self) -> None:
        """Put the cursor into the search."""
        self.search.setFocus()
        self.search.selectAll()

    def _grouped(self, _group: object) -> None:
        self.search.clear()
        self._filter()

    def _filter(self) -> None:
        """The inputs of the group, or of all groups those in which every typed word occurs."""
        group, text, model = self.groups.value(), self.search.text().strip(), self.table.table_model

        def keeps(row: InputRow) -> bool:
            return row.is_changed if group == CHANGED else row.group == group

        def filtered() -> None:
            model.filter_text(text)
            model.set_filter("group", None if text else keeps)

        self.table.rearrange(filtered)
        if self.table.current_row() is None and model.rows:
            self.table.select(model.rows[0].key)
        self.adjust.show_row(self.table.current_row())

    def _none_here(self) -> Empty:
        return Empty("Nothing to change for this partner", "More has every field of every row.")


class BesideSide(QWidget):
    """Both sides as figures, by period, line by line, and why they differ."""

    def __init__(self, tab: "WhatIfTab") -> None:
        super().__init__()
        formats = self._formats = tab.formats
        self.views = Segmented("Compared", VIEWS, self._viewed, FIGURES)
        self.note = LineLabel("", "small", "muted")
        self.figures = _table(tab, "figures", whatif_rows.figure_columns(formats), lambda r: r.key)
        self.periods = _table(tab, "periods", whatif_rows.period_columns(formats), lambda r: r.period.label)
        self.lines = _table(tab, "lines", whatif_rows.line_columns(formats), lambda r: r.id)
        self.lines.set_empty(lambda: Empty("No line differs", "Change an input at the left."))
        self.causes = _table(tab, "causes", whatif_rows.cause_columns(formats), lambda r: r.figure)
        self.causes.set_empty(lambda: Empty("Nothing moved", "Both sides have the same balance in every line."))
        self.chart = Chart(tab.desk.jobs, height=170)
        self.pages = QStackedWidget()
        self.range = RangePart(tab)
        for page in (self.figures, self.periods, self.lines, self._because(), self.range):
            self.pages.addWidget(page)
        self.pages.setMinimumHeight(theme().px(LEAST))
        _stack(self, (self.views, self.note), self.pages)

    def _because(self) -> QWidget:
        made, px = QWidget(), theme().px
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        framed = QHBoxLayout()
        framed.setContentsMargins(px(24), 0, px(24), 0)
        framed.addWidget(self.chart)
        column.addLayout(framed)
        column.addWidget(self.causes, 1)
        return made

    def show_both(self, found: "Beside") -> None:
        """Both sides of everything but the causes, which come after."""
        self.figures.set_rows(found.figures)
        self.periods.set_rows(found.periods)
        self.lines.set_rows(found.lines)
        said = [found.currency, f"Rules v{found.version}"]
        if found.taken_as_paid:
            said.append(f"{plural(found.taken_as_paid, 'payment')} to come taken as paid")
        self.note.set_text(" · ".join(said))
        self._look()

    def show_causes(self, found: "Compared") -> None:
        """The waterfall from one side to the other, and what moved."""
        title = f"{self._formats.change(found.found.total)} from {found.before.says} to {found.after.says}"
        changes_chart(self.chart, found, self._formats, title)
        self.causes.set_rows(tuple(moved_rows(found, self._formats)))
        self.causes.set_totals({"cause": "Difference", "amount": self._formats.accounting(found.found.total)})

    def _viewed(self, view: object) -> None:
        self.pages.setCurrentIndex([key for _, key in VIEWS].index(str(view)))
        self._look()

    def _look(self) -> None:
        """Futures are drawn only for who looks at them."""
        if self.views.value() == RANGE:
            self.range.look()


def _table(tab: "WhatIfTab", name: str, columns: list[Column], key: Callable[[Any], Any]) -> DataTable:
    says, state = f"What-if, {name}", tab.shell.state
    table = DataTable(f"partner.whatif.{name}", columns, key=key, state=state, says=says, measure="figures_row")
    table.summed.connect(tab.shell.status)
    table.asked.connect(tab.ask_why)
    return table


def _stack(into: QWidget, line: Line, *widgets: QWidget, below: Line = ()) -> None:
    """A line of controls over a table and, with `below`, another one under it; None is the room between them."""
    px = theme().px
    column = QVBoxLayout(into)
    column.setContentsMargins(0, px(8), 0, px(8))
    column.setSpacing(px(6))
    column.addLayout(_row(line))
    for number, widget in enumerate(widgets):
        column.addWidget(widget, 0 if number else 1)
    if below:
        column.addLayout(_row(below))


def _row(line: Line) -> QHBoxLayout:
    row, px = QHBoxLayout(), theme().px
    row.setContentsMargins(px(24), 0, px(24), 0)
    row.setSpacing(px(10))
    for widget in line:
        if widget is None:
            row.addStretch(1)
        else:
            row.addWidget(widget)
    return row
