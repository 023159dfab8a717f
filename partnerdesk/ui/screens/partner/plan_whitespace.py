"""Whitespace: the partner's customers by products, and beside it what is known of a cell and what to make of a gap."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from partnerdesk.ui import table as kinds
from partnerdesk.ui.screens.partner.plan_cell import CellPanel, mark_of, state_words
from partnerdesk.ui.table import Column
from partnerdesk.ui.table_view import DataTable
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.beside import Beside
from partnerdesk.ui.widgets.cell_mark import WORDS, Legend
from partnerdesk.ui.widgets.empty import Empty
from partnerdesk.ui.widgets.section import SectionTitle

if TYPE_CHECKING:
    from partnerdesk.queries.joint.plans import PlanView
    from partnerdesk.queries.joint.whitespace import Cell, Row, Whitespace
    from partnerdesk.ui.screens.partner.plan import PlanTab

PANEL = 264


class Matrix(DataTable):
    """A table in which one cell is chosen, by keys or by the pointer, and shows it."""

    def shows_focus(self) -> bool:
        return self.hasFocus()


class WhitespacePage(QWidget):
    """The matrix; Enter on a gap makes an objective of it."""

    def __init__(self, tab: "PlanTab") -> None:
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
        for mark in WORDS:
            line.addWidget(Legend(mark))
        self.panel = CellPanel(tab, self)
        self._place = QStackedWidget()
        self._nothing = Empty(
            "No customers yet",
            "Customers with a contract, a deal or a sale of this partner stand here, by the products they own.",
        )
        self._place.addWidget(self._nothing)
        self._beside = Beside(self._place, self.panel, PANEL)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(self._beside, 1)

    def reload(self, view: "PlanView") -> None:
        """Read the matrix of a plan."""
        from partnerdesk.queries.joint.whitespace import whitespace

        today = self._tab.desk.today()
        self._tab.read(whitespace, view.plan.partner, today, view.plan.id, done=self._show, slot="whitespace")

    def _show(self, found: "Whitespace") -> None:
        self.found = found
        self.panel.setVisible(bool(found.rows))
        columns = tuple(column.key for column in found.columns)
        if not found.rows:
            self._place.setCurrentWidget(self._nothing)
            self.title.set("Whitespace", "")
            return
        if self.table is None or columns != self._columns:
            self._make(found, columns)
        assert self.table is not None
        self._place.setCurrentWidget(self.table)
        formats = self._tab.formats
        self.title.set(f"Whitespace {formats.compact(found.gap)}", f"{found.currency} a year, by the value of the gap")
        self.table.set_rows(found.rows)
        totals = {c.key: formats.compact(c.gap) for c in found.columns}
        self.table.set_totals({"name": "Open gap", "gap": formats.compact(found.gap)} | totals)
        self._back(self.table)

    def _make(self, found: "Whitespace", columns: tuple[str, ...]) -> None:
        """A table with these columns: they are another book's or another year's."""
        if self.table is not None:
            self._place.removeWidget(self.table)
            self.table.deleteLater()
        self._columns = columns
        name = f"plan.whitespace.{found.axis}"
        state = self._tab.shell.state
        self.table = Matrix(name, self._made(found), key=lambda r: r.customer, state=state, says="Whitespace")
        self.table.opened.connect(lambda _row: self.add_objective())
        self.table.selectionModel().currentChanged.connect(self._moved)
        self._place.addWidget(self.table)

    def _made(self, found: "Whitespace") -> list[Column]:
        formats = self._tab.formats
        made = [Column("name", "Customer", lambda r: r.name, kind=kinds.NAME, width=190)]
        for n, (column, short) in enumerate(
            zip(found.columns, short_names([c.name for c in found.columns]), strict=True)
        ):
            made.append(self._product(n, column.key, short, column.name))
        made.append(Column("gap", f"Gap, {found.currency}", lambda r: r.gap, formats.compact, kinds.NUMBER, 92))
        made.append(Column("renews", "Renews", lambda r: r.renews, formats.short_day, kinds.DAY, 84))
        return made

    def _product(self, n: int, key: str, title: str, says: str) -> Column:
        def get(row: "Row") -> tuple[str, str]:
            cell = row.cells[n]
            return mark_of(cell), state_words(cell, self._tab.formats, self.found)

        def order(row: "Row") -> Any:
            cell = row.cells[n]
            return (cell.state, -(cell.value or 0))

        return Column(key, title, get, kind=kinds.MARK, width=width_for(title), sort=order, says=says, search=False)

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
        self.panel.show_cell(cell)

    def _back(self, table: DataTable) -> None:
        """The cell that was current, else the best gap."""
        found = self.found
        assert found is not None
        wanted, keys = self._at, [c.key for c in found.columns]
        if wanted[0] not in {r.customer for r in found.rows} or wanted[1] not in keys:
            best = found.best[0] if found.best else found.rows[0].cells[0]
            wanted = (best.customer, best.product)
        table.select(wanted[0], keys.index(wanted[1]) + 1)
        self.panel.show_cell(self.cell())

    def add_objective(self) -> None:
        """An objective from the gap that has the focus."""
        self.panel.add_objective()


def width_for(title: str) -> int:
    """Room for a title over a mark, in px of the design."""
    return max(70, 24 + 7 * len(title))


def short_names(names: Sequence[str]) -> list[str]:
    """Names without a first word that most of them share, such as the vendor's."""
    first = [name.partition(" ")[0] for name in names]
    shared = {word for word in first if first.count(word) > 2 and first.count(word) * 2 > len(names)}
    return [
        name.partition(" ")[2] if word in shared and " " in name else name
        for word, name in zip(first, names, strict=True)
    ]
