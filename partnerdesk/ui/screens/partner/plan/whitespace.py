"""Whitespace: the partner's customers by products, and beside it what is known of a cell and what to make of a gap."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from partnerdesk.ui.screens.partner.plan.cell import CellPanel
from partnerdesk.ui.screens.partner.plan.matrix import Matrix, matrix_columns, totals
from partnerdesk.ui.screens.partner.plan.shown import ShownPlan
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.beside import Beside
from partnerdesk.ui.widgets.cell_mark import WORDS, Legend
from partnerdesk.ui.widgets.empty import Empty
from partnerdesk.ui.widgets.section import SectionTitle

if TYPE_CHECKING:
    from partnerdesk.queries.joint.plans import PlanView
    from partnerdesk.queries.joint.whitespace import Cell, Whitespace

PANEL, LEGEND = 264, 860


class WhitespacePage(QWidget):
    """The matrix; Enter on a gap makes an objective of it."""

    def __init__(self, tab: ShownPlan) -> None:
        super().__init__()
        self._tab = tab
        self.found: Whitespace | None = None
        self.table: Matrix | None = None
        self._columns: tuple[str, ...] = ()
        self._at: tuple[str, str] = ("", "")  # customer and column of the current cell, across reads
        px = theme().px
        self.title = SectionTitle("Whitespace", "")
        line = QHBoxLayout()
        line.setContentsMargins(px(24), px(12), px(24), px(4))
        line.setSpacing(px(14))
        line.addWidget(self.title, 1)
        self._legends = [Legend(mark) for mark in WORDS]
        for legend in self._legends:
            line.addWidget(legend)
        self.panel = CellPanel(tab)
        self._place = QStackedWidget()
        self._nothing: Empty | None = None
        self._beside = Beside(self._place, self.panel, PANEL)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(self._beside, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With large text the words of the panel and of the cells' tips must do without the legend."""
        super().resizeEvent(event)
        for legend in self._legends:
            legend.setVisible(self.width() >= theme().px(LEGEND))

    def reload(self, view: "PlanView") -> None:
        """Read the matrix of a plan."""
        from partnerdesk.queries.joint.whitespace import whitespace

        today = self._tab.desk.today()
        self._tab.read(whitespace, view.plan.partner, today, view.plan.id, done=self._show, slot="whitespace")

    def _show(self, found: "Whitespace") -> None:
        self.found = found
        self.panel.setVisible(bool(found.rows))
        columns = (found.currency, *(column.key for column in found.columns))
        if not found.rows:
            self._say_nothing()
            return
        if self._nothing is not None:
            self._place.removeWidget(self._nothing)
            self._nothing.deleteLater()
            self._nothing = None
        if self.table is None or columns != self._columns:
            self._make(found, columns)
        assert self.table is not None
        self._place.setCurrentWidget(self.table)
        formats = self._tab.formats
        self.title.set(f"Whitespace {formats.compact(found.gap)}", f"{found.currency} a year, by the value of the gap")
        wanted = self._at  # which may have been chosen elsewhere since the table was read
        self.table.set_rows(found.rows)
        self.table.set_totals(totals(found, formats))
        self._back(self.table, wanted)

    def _say_nothing(self) -> None:
        """Why there is no matrix; made only then, because it keeps the page wide."""
        self.title.set("Whitespace", "")
        if self._nothing is None:
            what = "Customers with a contract, a deal or a sale of this partner stand here, by the products they own."
            self._nothing = Empty("No customers yet", what)
            self._place.addWidget(self._nothing)
        self._place.setCurrentWidget(self._nothing)

    def _make(self, found: "Whitespace", columns: tuple[str, ...]) -> None:
        """A table with these columns: they are another book's, another year's, or in another currency."""
        if self.table is not None:
            self._place.removeWidget(self.table)
            self.table.deleteLater()
        self._columns = columns
        name = f"plan.whitespace.{found.axis}"
        state = self._tab.shell.state
        columns_now = matrix_columns(self._tab, found)
        self.table = Matrix(name, columns_now, key=lambda r: r.customer, state=state, says="Whitespace")
        self.table.opened.connect(lambda _row: self.add_objective())
        self.table.selectionModel().currentChanged.connect(self._moved)
        self._place.addWidget(self.table)

    # The current cell

    def cell(self) -> "Cell | None":
        """The cell that has the focus; None where that is a customer or a sum."""
        if self.table is None or self.found is None:
            return None
        row, at = self.table.current_row(), self.table.currentIndex().column() - 1
        return row.cells[at] if row is not None and 0 <= at < len(row.cells) else None

    def _moved(self, _index: QModelIndex, _before: QModelIndex) -> None:
        cell = self.cell()
        if cell is not None:
            self._at = (cell.customer, cell.product)
        self.panel.show_cell(cell, self.found)

    def _back(self, table: Matrix, wanted: tuple[str, str]) -> None:
        """The cell that was current or chosen, else the best gap."""
        found = self.found
        assert found is not None
        keys = [c.key for c in found.columns]
        if wanted[0] not in {r.customer for r in found.rows} or wanted[1] not in keys:
            best = found.best[0] if found.best else found.rows[0].cells[0]
            wanted = (best.customer, best.product)
        table.select(wanted[0], keys.index(wanted[1]) + 1)
        self.panel.show_cell(self.cell(), found)

    def choose(self, customer: str, product: str) -> None:
        """The cell that is current when the page opens."""
        self._at = (customer, product)

    def add_objective(self) -> None:
        """An objective from the gap that has the focus."""
        self.panel.add_objective()
