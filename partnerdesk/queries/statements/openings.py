"""Opening balances of partners that were taken over, and whether they are confirmed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Opening
from partnerdesk.models.facts import TABLES
from partnerdesk.queries.facts import facts
from partnerdesk.queries.statements.archive import closed_statements


@dataclass(frozen=True, slots=True)
class OpeningView:
    """A partner's opening balances; sums per kind are of one currency each, and so kept apart."""

    partner: str
    day: date | None
    rows: tuple[Opening, ...]
    is_confirmed: bool

    @property
    def sums(self) -> dict[tuple[str, str], Decimal]:
        """The sum of each kind and currency, in the order in which they stand."""
        found: dict[tuple[str, str], Decimal] = {}
        for row in self.rows:
            key = row.kind, row.currency
            found[key] = found.get(key, Decimal(0)) + (row.amount or Decimal(0))
        return found


def openings(session: Session, partner: str | None = None) -> tuple[OpeningView, ...]:
    """The opening balances of all partners that have some, or of one."""
    of: dict[str, list[Opening]] = {}
    for row in facts(session, kinds=("opening",)).of("opening"):
        if partner is None or row.partner == partner:
            of.setdefault(row.partner, []).append(row)
    closed = {row.partner for row in closed_statements(session)} if of else set()
    return tuple(OpeningView(id, rows[0].day, tuple(rows), id in closed) for id, rows in sorted(of.items()))


def first_opening(session: Session) -> date | None:
    """The day of the earliest opening balances of the book."""
    return session.execute(select(func.min(TABLES["opening"].c.day))).scalar()
