"""A whitespace matrix as a table: customers by products, a mark in each cell, the value of the gaps at the right."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from partnerdesk.ui.screens.partner.plan.cell import mark_of, state_words
from partnerdesk.ui.screens.partner.plan.shown import ShownPlan
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column
from partnerdesk.ui.table.view import DataTable

if TYPE_CHECKING:
    from partnerdesk.queries.joint.whitespace import Row, Whitespace
    from partnerdesk.reports.format import Formats


class Matrix(DataTable):
    """A table in which one cell is chosen, by keys or by the pointer, and shows it."""

    def shows_focus(self) -> bool:
        return self.hasFocus()


def matrix_columns(tab: ShownPlan, found: "Whitespace", *, narrow: bool = False) -> list[Column]:
    """Customer, a column for each product, the gap, and the next renewal where there is room for it."""
    formats = tab.formats
    made = [Column("name", "Customer", lambda r: r.name, kind=kinds.NAME, width=148 if narrow else 190)]
    titles = short_names([c.name for c in found.columns])
    for n, title in enumerate(titles):
        made.append(_product(tab, found, n, title, narrow))
    gap = Column("gap", f"Gap, {found.currency}", lambda r: r.gap, formats.compact, kinds.NUMBER, 72 if narrow else 92)
    renews = Column("renews", "Renews", lambda r: r.renews, formats.short_day, kinds.DAY, 84, hidden=narrow)
    made += [gap, renews]
    return made


def _product(tab: ShownPlan, found: "Whitespace", n: int, title: str, narrow: bool) -> Column:
    column = found.columns[n]

    def get(row: "Row") -> tuple[str, str]:
        cell = row.cells[n]
        return mark_of(cell), state_words(cell, tab.formats, found)

    def order(row: "Row") -> Any:
        cell = row.cells[n]
        return (cell.state, -(cell.value or 0))

    width = width_for(title, narrow)
    return Column(column.key, title, get, kind=kinds.MARK, width=width, sort=order, says=column.name, search=False)


def totals(found: "Whitespace", formats: "Formats") -> dict[str, str]:
    """The open gap of each column and of all."""
    each = {c.key: formats.compact(c.gap) for c in found.columns}
    return {"name": "Open gap", "gap": formats.compact(found.gap)} | each


def width_for(title: str, narrow: bool) -> int:
    """Room for a title over a mark, in px of the design."""
    return max(54, min(96, 16 + 6 * len(title))) if narrow else max(70, 24 + 7 * len(title))


def short_names(names: Sequence[str]) -> list[str]:
    """Names without a first word that most of them share, such as the vendor's."""
    first = [name.partition(" ")[0] for name in names]
    shared = {word for word in first if first.count(word) > 2 and first.count(word) * 2 > len(names)}
    return [
        name.partition(" ")[2] if word in shared and " " in name else name
        for word, name in zip(first, names, strict=True)
    ]
