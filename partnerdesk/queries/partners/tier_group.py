"""For whom a tier decision holds: of partners tiered as a group one for the partner at the top is theirs, too."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Partner
from partnerdesk.engine.rules import Program
from partnerdesk.engine.terms.tiers import TierTerms
from partnerdesk.queries.facts import facts


@dataclass(frozen=True, slots=True)
class TierGroup:
    """The group of a partner: the name of the one at its top, whether it is that one, and how many others there are."""

    top: str
    is_top: bool
    others: int


def tier_group(session: Session, partner: str, program: Program) -> TierGroup | None:
    """The group that is tiered with a partner; None where it is tiered by itself, or has nobody above or below it."""
    if not TierTerms(program).is_of_group:
        return None
    rows = {row.id: row for row in facts(session, kinds=("partner",)).of("partner")}
    top = _top(rows, partner)
    others = sum(1 for id in rows if id != partner and _top(rows, id) == top)
    return TierGroup(rows[top].name or top, top == partner, others) if others else None


def _top(rows: dict[str, Partner], partner: str) -> str:
    """The partner at the top of a tree; in a circle of parents the least of them by id."""
    way = [partner]
    while (above := rows[way[-1]].parent) is not None and above in rows:
        if above in way:
            return min(way[way.index(above) :])
        way.append(above)
    return way[-1]
