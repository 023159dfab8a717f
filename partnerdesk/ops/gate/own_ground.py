"""The whitespace as a partner's documents may show it: only the products that its own business or plan names."""

from dataclasses import replace
from itertools import compress

from sqlalchemy.orm import Session

from partnerdesk.queries.facts import facts
from partnerdesk.queries.joint.whitespace import Whitespace


def own_ground(session: Session, partner: str, found: Whitespace) -> Whitespace:
    """The columns that the partner's own business names, or its plan: what only others sell leaves with nobody."""
    own = facts(session, partner, kinds=("product",)).of("product")
    names = {name for product in own for name in (product.name, product.family, product.category)}
    planned = {c.product for row in found.rows for c in row.cells if c.is_typed or c.next_step or c.fit}
    keeps = [column.name in names or column.key in planned for column in found.columns]
    rows = (replace(row, cells=tuple(compress(row.cells, keeps))) for row in found.rows)
    return replace(found, columns=tuple(compress(found.columns, keeps)), rows=tuple(rows))
