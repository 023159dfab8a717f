"""Objectives, and under them what they are made of: the largest gaps of the whitespace, and who decides what."""

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.ui.screens.need_words import plural
from partnerdesk.ui.screens.partner.plan.cell import mark_of
from partnerdesk.ui.screens.partner.plan.matrix import Matrix, matrix_columns, totals
from partnerdesk.ui.screens.partner.plan.shown import ShownPlan
from partnerdesk.ui.screens.partner.plan.stack import fit
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column
from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import link
from partnerdesk.ui.widgets.cell_mark import WORDS, Legend
from partnerdesk.ui.widgets.section import SectionTitle
from partnerdesk.ui.widgets.text import Label, LineLabel
from partnerdesk.ui.widgets.wrap import Wrap

if TYPE_CHECKING:
    from partnerdesk.queries.joint.plans import PlanView
    from partnerdesk.queries.joint.whitespace import Whitespace

SILENCE = "What happens when nobody answers in time stands with each decision."
SHOWN = 7  # customers with the largest gaps
LEAST = 500


class ObjectivesPage(QWidget):
    """The objectives as high as their rows; below them a look at two other sub-pages, each a click away."""

    def __init__(self, tab: ShownPlan, objectives: DataTable) -> None:
        super().__init__()
        self._tab = tab
        self.objectives = objectives
        self.gaps, self.decisions = QWidget(), QWidget()
        self.matrix: Matrix | None = None
        self._columns: tuple[str, ...] = ()
        self._gap_head = GapHead(lambda: tab.open_sub("whitespace"))
        self._gap_column = _part(self.gaps, self._gap_head)
        self.rights = DataTable(
            "plan.rights",
            _rights(),
            key=lambda right: right.id,
            state=tab.shell.state,
            says="Who decides",
            margin=0,
        )
        self.rights.opened.connect(lambda right: tab.jump("decisions", right.id))
        title = SectionTitle("Decision rights", "one name decides", link("Edit", lambda: tab.open_sub("decisions")))
        self.silence = Label("", "small", "muted", wrap=True)
        column = _part(self.decisions, title)
        column.insertWidget(1, self.rights)
        column.insertWidget(2, self.silence)
        below = QWidget()
        row = QHBoxLayout(below)
        px = theme().px
        row.setContentsMargins(px(24), px(18), px(24), 0)
        row.addWidget(Wrap((self.gaps, self.decisions), least=LEAST, shares=(15, 10), gap=30))
        self._below = below
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.objectives)
        column.addWidget(below)
        column.addStretch(1)

    def show_view(self, view: "PlanView") -> None:
        """Rows, heights, and the matrix read again while the page is shown."""
        fit(self.objectives)
        self.rights.set_rows(view.decisions)
        self.decisions.setVisible(bool(view.decisions))
        fit(self.rights)
        said = {right.fallback for right in view.decisions if right.fallback}
        one = said.pop() if len(said) == 1 else ""
        self.silence.setText(f"When nobody answers in time: {one[:1].lower()}{one[1:]}" if one else SILENCE)
        if self._tab.sub == "objectives":
            from partnerdesk.queries.joint.whitespace import whitespace

            today = self._tab.desk.today()
            self._tab.read(whitespace, view.plan.partner, today, view.plan.id, done=self._show, slot="gaps")

    def _show(self, found: "Whitespace") -> None:
        self.gaps.setVisible(bool(found.rows))
        if not found.rows:
            return
        columns = (found.currency, *(column.key for column in found.columns))
        if self.matrix is None or columns != self._columns:
            self._make(found, columns)
        assert self.matrix is not None
        formats = self._tab.formats
        shown = found.rows[:SHOWN]
        marks = {mark_of(cell) for row in shown for cell in row.cells}
        self._gap_head.show_found(f"Whitespace {formats.compact(found.gap)}", len(found.rows), marks)
        self.matrix.set_rows(shown)
        self.matrix.set_totals(totals(found, formats))
        fit(self.matrix)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for table in (self.objectives, self.rights, self.matrix):
            if table is not None:
                fit(table)

    def _make(self, found: "Whitespace", columns: tuple[str, ...]) -> None:
        if self.matrix is not None:
            self._gap_column.removeWidget(self.matrix)
            self.matrix.deleteLater()
        self._columns = columns
        shown = matrix_columns(self._tab, found, narrow=True)
        name = f"plan.gaps.{found.axis}"
        state = self._tab.shell.state
        self.matrix = Matrix(name, shown, key=lambda r: r.customer, state=state, says="Largest gaps", margin=0)
        self.matrix.clicked.connect(self._open)
        self.matrix.opened.connect(
            lambda _row: self._open(self.matrix.currentIndex() if self.matrix else QModelIndex())
        )
        self._gap_column.insertWidget(1, self.matrix)

    def _open(self, index: QModelIndex) -> None:
        """A cell opens the whole matrix at that cell, where an objective or a deal is made of it."""
        at = index.column() - 1
        if self.matrix is None or not index.isValid():
            return
        row = self.matrix.table_model.rows[index.row()]
        if 0 <= at < len(row.cells):
            self._tab.choose_cell(row.customer, row.cells[at].product)
        self._tab.open_sub("whitespace")


class GapHead(QWidget):
    """Over the largest gaps: what they sum up to, what the marks stand for, and the way to all customers."""

    def __init__(self, open_all: Callable[[], object]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(10))
        self.title = LineLabel("Whitespace", "section")
        self.all = link("All customers", open_all)
        self._marks: Collection[str] = ()
        self.legends = {mark: Legend(mark) for mark in WORDS}
        row.addWidget(self.title, 1)
        for legend in self.legends.values():
            row.addWidget(legend)
        row.addWidget(self.all)
        self.setFixedHeight(theme().px(20))

    def show_found(self, title: str, customers: int, marks: Collection[str]) -> None:
        """The sum of all gaps, how many customers there are, and the marks that are in view."""
        self.title.set_text(title)
        self.all.set_text(f"All {plural(customers, 'customer')}" if customers > SHOWN else "Open")
        self._marks = marks
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """With large text the cells' tips must do without the last of the legend."""
        left = self.width() - self.title.sizeHint().width() - self.all.sizeHint().width() - 2 * theme().px(10)
        for mark, legend in self.legends.items():
            wanted = legend.sizeHint().width() + theme().px(10)
            legend.setVisible(mark in self._marks and wanted <= left)
            left -= wanted if mark in self._marks else 0


def _part(widget: QWidget, title: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme().px(4))
    column.addWidget(title)
    column.addStretch(1)
    return column


def _rights() -> list[Column]:
    """Four columns; the whole table stands on its own sub-page."""

    def decides(right: Any) -> tuple[str, str]:
        return ("", right.accountable) if right.accountable else ("warn", "assign")

    return [
        Column("decision", "Decision", lambda r: r.decision, width=148),
        Column("accountable", "Decides", decides, kind=kinds.STATUS, width=124, strong=True),
        Column("consulted", "Consulted", lambda r: r.consulted, kind=kinds.MUTED, width=106),
        Column("limit", "Within", lambda r: r.limit_days, lambda d: f"{d} d", kinds.NUMBER, 52),
    ]
