"""Blocks of a plan under each other: a title with its verb, and a table as high as its rows."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from partnerdesk.ui.screens.partner.plan.blocks import BLOCKS
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import Button
from partnerdesk.ui.widgets.section import SectionTitle

if TYPE_CHECKING:
    from partnerdesk.queries.joint.plans import PlanView
    from partnerdesk.ui.table.view import DataTable

Add = Callable[[str], object]  # a new row of a block
MayAdd = Callable[[str, "PlanView"], bool]

NOTHING = 168  # px of a table that says why it is empty


class PlanStack(QWidget):
    """The tables of one sub-page; the first one's title is the page's own."""

    def __init__(self, tables: "Mapping[str, DataTable]", keys: Sequence[str], add: Add, may_add: MayAdd) -> None:
        super().__init__()
        self._tables, self._keys = tables, tuple(keys)
        self._add, self._may_add = add, may_add
        self._heads: dict[str, tuple[SectionTitle, Button]] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for n, key in enumerate(keys):
            if n:
                column.addSpacing(theme().px(18))
                column.addWidget(self._head(key))
            column.addWidget(tables[key])
        column.addStretch(1)

    def _head(self, key: str) -> QWidget:
        block, inside = BLOCKS[key], QWidget()
        add = Button(block.verb, lambda: self._add(key), kind="link")
        title = SectionTitle(block.title, "", add)
        edge = theme().px(24)
        row = QVBoxLayout(inside)
        row.setContentsMargins(edge, 0, edge, theme().px(4))
        row.addWidget(title)
        self._heads[key] = (title, add)
        return inside

    def show_view(self, view: "PlanView") -> None:
        """Titles, verbs and heights for a view."""
        for key, (title, add) in self._heads.items():
            title.set(BLOCKS[key].title, BLOCKS[key].note(view))
            add.setVisible(self._may_add(key, view))
        self._fit()

    def _fit(self) -> None:
        for key in self._keys:
            fit(self._tables[key])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


def fit(table: "DataTable") -> None:
    """As high as header and rows, so that the page scrolls and not the table."""
    count = len(table.table_model.rows)
    rows = count * table.row_height() if count else theme().px(NOTHING)
    total = 0 if table.totals.isHidden() else table.totals.height()
    header, bar = table.horizontalHeader(), table.horizontalScrollBar()
    scrolled = bar.sizeHint().height() if header.length() > max(table.width(), 1) and table.isVisible() else 0
    table.setFixedHeight(header.sizeHint().height() + rows + total + scrolled + theme().px(2))
