"""Which rows name another one: while there is one it stays, and whoever wants it gone is told by which."""

from functools import lru_cache

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from partnerdesk.engine import facts as declared
from partnerdesk.errors import Refused
from partnerdesk.models.facts import TABLES
from partnerdesk.ops import sentences
from partnerdesk.ops.rows.fact_checks import named
from partnerdesk.ops.vanishing.describing import Place, described

_FEW = 3  # rows that are told in words


@lru_cache(maxsize=64)
def references(kind: str) -> tuple[declared.Attribute, ...]:
    """The attributes of a kind that name other rows."""
    return tuple(a for a in declared.attributes(kind) if a.kind == declared.REF)


def refuse_named(session: Session, kind: str, id: str, remedy: str) -> None:
    """Raises Refused where other rows name this one."""
    by_kind = {other: ids for other in TABLES if (ids := _namers(session, other, kind, id))}
    if not by_kind:
        return
    counts = sentences.listed([sentences.count(len(ids), named(other)) for other, ids in by_kind.items()])
    places: list[Place] = [(other, one) for other, ids in by_kind.items() for one in ids]
    told = "; ".join(row.says for row in described(session, places[:_FEW]))
    more = f"; and {len(places) - _FEW} more" if len(places) > _FEW else ""
    raise Refused(f"The {named(kind)} {id} is named by {counts}: {told}{more}.", remedy)


def _namers(session: Session, other: str, kind: str, id: str) -> list[str]:
    """The rows of one kind that name it."""
    table = TABLES[other]
    ways = [table.c[a.name] == id for a in references(other) if a.to == kind]
    return list(session.scalars(select(table.c.id).where(or_(*ways)).order_by(table.c.id))) if ways else []
