"""Deadlines of funds and benefits on Today: what somebody has to decide, claim, prove, pay, use or deliver."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Facts
from partnerdesk.queries.exchange import Exchange
from partnerdesk.queries.figures import programs
from partnerdesk.queries.funds.accounts import expiring, funds
from partnerdesk.queries.funds.benefits import benefits
from partnerdesk.queries.today.view import Need

SOON = timedelta(days=30)
VERBS = {"decision": "Decide", "payment": "Pay"}


def fund_deadlines(session: Session, world: Facts, currency: str, as_of: date) -> Iterator[Need]:
    """A need for each request whose next step is due within a month, and for each fund of which something expires."""
    found, exchange = funds(session, as_of), Exchange(world, currency, programs(session))
    for row in found.requests:
        if row.is_open and row.due is not None and row.due <= as_of + SOON:
            late = row.due < as_of
            yield Need(
                f"{'late' if late else 'fund'}|{row.id}|{row.due_for}",
                "fund",
                f"{row.due_for}-late" if late else row.due_for,
                row.partner,
                row.partner_name,
                exchange.amount(row.value, row.currency, as_of),
                row.due,
                VERBS.get(row.due_for, "Open"),
                ("funds", row.partner, "requests"),
                subject=row.project or row.activity or row.fund_says,
                count=abs((row.due - as_of).days),
            )
    for fund in expiring(found, as_of, as_of + SOON):
        assert fund.expires is not None
        yield Need(
            f"expiry|{fund.id}|{fund.expires}",
            "fund",
            "expires",
            fund.partner,
            fund.partner_name,
            exchange.amount(fund.expiring, fund.currency, as_of),
            fund.expires,
            "Open",
            ("funds", fund.partner, "balances"),
            subject=fund.says,
            count=(fund.expires - as_of).days,
        )


def due_benefits(session: Session, as_of: date) -> Iterator[Need]:
    """A need for each benefit that is to be delivered within a month, or is late."""
    for row in benefits(session, as_of):
        due = row.benefit.due
        if row.is_open and due is not None and due <= as_of + SOON:
            is_late = row.benefit.state == "late"
            yield Need(
                f"{'late' if is_late else 'benefit'}|{row.partner}|{row.benefit.key}|{due}",
                "benefit",
                "undelivered" if is_late else "deliver",
                row.partner,
                row.partner_name,
                None,
                due,
                "Open",
                ("partner", row.partner, "progress"),
                subject=row.benefit.says,
                about=row.benefit.tier,
                count=abs(row.days_left or 0),
            )
