"""The open ground of a partner on page 6: the whitespace of the Plan screen, cut to what a page can carry.

Values, states and what similar customers own are the query's (`queries.joint.whitespace`); nothing is estimated here.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import cast

from partnerdesk.engine.money import ZERO
from partnerdesk.ops.gate.own_ground import own_ground
from partnerdesk.ops.pack.gathered import Gathered
from partnerdesk.queries.joint.whitespace import GAP, Row, Whitespace, whitespace
from partnerdesk.reports.pack.data import Ground, GroundCell, GroundRow, OpenGround, StartAt

CUSTOMERS = 12  # at most, on a page
_LEAST = 2  # columns that make a matrix


def open_ground(g: Gathered) -> OpenGround | None:
    """The matrix; None where fewer than two products or no customer are known."""
    made = whitespace(g.session, g.partner.id, g.as_of, g.plan.plan.id if g.plan else None)
    found = own_ground(g.session, g.partner.id, made)
    if not found.rows or len(found.columns) < _LEAST:
        return None
    rows = [_row(row) for row in found.rows]
    rest = rows[CUSTOMERS:]
    return OpenGround(
        products=tuple(column.name for column in found.columns),
        rows=tuple(rows[:CUSTOMERS]),
        gaps=tuple(column.gap for column in found.columns),
        gap=found.gap,
        currency=found.currency,
        customers=len(rows),
        more=_together(rest) if rest else None,
        more_customers=len(rest),
        start=_start(found),
    )


def _row(row: Row) -> GroundRow:
    cells = (GroundCell(_state(cell.state), cell.value if cell.state == GAP else None) for cell in row.cells)
    return GroundRow(row.name, tuple(cells), row.gap, row.renews)


def _state(name: str) -> Ground:
    return cast(Ground, name.replace(" ", "_"))


def _together(rows: Sequence[GroundRow]) -> GroundRow:
    """The gaps of several customers in one row."""
    columns = zip(*(row.cells for row in rows), strict=True)
    cells = (GroundCell("gap", sum((cell.value or ZERO for cell in column), ZERO)) for column in columns)
    return GroundRow("", tuple(cells), sum((row.gap for row in rows), ZERO))


def _start(found: Whitespace) -> StartAt | None:
    """The gap that is worth most, as it fits and as the customer's renewal makes it timely."""
    best = next(iter(found.best), None)
    if best is None:
        return None
    row = next(row for row in found.rows if row.customer == best.customer)
    product = next(column.name for column in found.columns if column.key == best.product)
    value = best.value or Decimal(0)
    return StartAt(row.name, product, value, row.renews, best.owners, best.peers, best.next_step)
