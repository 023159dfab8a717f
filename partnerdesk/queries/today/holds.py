"""Holds on Today: one that has stood long enough to be forgotten, so that no partner's money waits unnoticed."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Facts
from partnerdesk.queries.exchange import Exchange
from partnerdesk.queries.figures import programs
from partnerdesk.queries.statements.holds import holds
from partnerdesk.queries.today.view import Need

REST = 30  # days from which a hold that stands needs somebody


def old_holds(session: Session, world: Facts, currency: str, as_of: date) -> Iterator[Need]:
    """A need per hold that has stood for a month; its value is what it keeps back."""
    exchange = Exchange(world, currency, programs(session))
    for row in holds(session, as_of):
        if row.stands and row.days >= REST:
            yield Need(
                f"hold|{row.id}",
                "hold",
                "stands",
                row.partner,
                row.partner_name,
                exchange.amount(row.kept, row.currency or currency, as_of),
                None,
                "Release",
                ("partner", row.partner, "earnings"),
                subject=row.name,
                about=row.reason,
                count=row.days,
            )
