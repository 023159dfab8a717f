"""Disputes on Today: each open one until it is decided; a late one comes back even where it was snoozed before."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Facts
from partnerdesk.engine.money import ZERO
from partnerdesk.queries.exchange import Exchange
from partnerdesk.queries.figures import programs
from partnerdesk.queries.statements.disputes import disputes
from partnerdesk.queries.today.view import Need

WEEK = 7  # days before its answer is due from which a dispute stands above everything


def is_pressing(need: Need) -> bool:
    """Whether it is a dispute whose answer is late or due within a week, whatever it is worth."""
    return need.event == "overdue" or (need.event == "answer" and need.count <= WEEK)


def open_disputes(session: Session, world: Facts, currency: str, as_of: date) -> Iterator[Need]:
    """A need per open dispute; its value is what the partner asks for, else the line's amount."""
    exchange = Exchange(world, currency, programs(session))
    for row in disputes(session, as_of):
        if not row.is_open:
            continue
        asked = row.amount if row.claimed is None else row.claimed - (row.amount or ZERO)
        yield Need(
            f"{'late' if row.is_late else 'dispute'}|{row.id}",
            "dispute",
            "overdue" if row.is_late else "answer",
            row.partner,
            row.partner_name,
            exchange.amount(asked, row.currency, as_of),
            row.answer_by,
            "Answer",
            ("partner", row.partner, "earnings"),
            subject=row.id,
            about=row.statement,
            count=abs(row.days_left or 0),
        )
