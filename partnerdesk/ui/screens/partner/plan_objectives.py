"""Objectives, and under them what they are made of: the largest gaps of the whitespace, and who decides what."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.ui.screens.need_words import plural
from partnerdesk.ui.screens.partner.plan_matrix import Matrix, matrix_columns, totals
from partnerdesk.ui.screens.partner.plan_stack import fit
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column
from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import link
from partnerdesk.ui.widgets.section import SectionTitle
from partnerdesk.ui.widgets.wrap import Wrap

if TYPE_CHECKING:
    from partnerdesk.queries.joint.plans import PlanView
    from partnerdesk.queries.joint.whitespace import Whitespace
    from partnerdesk.ui.screens.partner.plan import PlanTab
    from partnerdesk.ui.screens.partner.plan_tables import PlanTables

SHOWN = 7  # customers with the largest gaps
LEAST = 500


class ObjectivesPage(QWidget):
    """The objectives as high as their rows; below them a look at two other sub-pages, each a click away."""

    def __init__(self, tab: "PlanTab", tables: "PlanTables") -> None:
        super().__init__()
        self._tab = tab
        self.objectives = tables.tables["objectives"]
        self.gaps, self.decisions = QWidget(), QWidget()
        self.matrix: Matrix | None = None
        self._columns: tuple[str, ...] = ()
        self._gap_title = SectionTitle("Whitespace", "", link("All customers", lambda: tab.open_sub("whitespace")))
        self._gap_column = _part(self.gaps, self._gap_title)
        self.rights = DataTable(
            "plan.rights",
            _rights(),
            key=lambda right: right.id,
            state=tab.shell.state,
            says="Who decides",
            margin=0,
        )
        self.rights.opened.connect(lambda right: tab.tables.jump("decisions", right.id))
        title = SectionTitle("Decision rights", "one name decides", link("Edit", lambda: tab.open_sub("decisions")))
        _part(self.decisions, title).insertWidget(1, self.rights)
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
        more = len(found.rows) - SHOWN
        self._gap_title.set(
            f"Whitespace {formats.compact(found.gap)}",
            f"{found.currency} a year, the largest {SHOWN} of {plural(len(found.rows), 'customer')}"
            if more > 0
            else "",
        )
        self.matrix.set_rows(found.rows[:SHOWN])
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
            self._tab.whitespace.choose(row.customer, row.cells[at].product)
        self._tab.open_sub("whitespace")


def _part(widget: QWidget, title: SectionTitle) -> QVBoxLayout:
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
