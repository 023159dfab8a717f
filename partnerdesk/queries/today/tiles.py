"""The four figures of the whole book on Today, in the program's currency."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Facts
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.period import Calendar, add_months
from partnerdesk.queries.exchange import Exchange
from partnerdesk.queries.figures import evaluation, programs
from partnerdesk.queries.partners.portfolio import earned_between
from partnerdesk.queries.quarters import program_year
from partnerdesk.queries.today.view import Tile

AHEAD = timedelta(days=90)


def tiles(session: Session, world: Facts, currency: str, as_of: date) -> Iterator[Tile]:
    """Joint revenue, renewal rate, what partners earned, and what is due for renewal."""
    calendar = Calendar(program_year(session))
    quarter = calendar.at(as_of, "quarter")
    before, before_to = calendar.shifted(quarter.start, -12), calendar.shifted(as_of, -12)
    exchange = Exchange(world, currency, programs(session))
    now, then = (_won(world, exchange, *span) for span in ((quarter.start, as_of), (before, before_to)))
    growth = (now - then) / then if then else None
    yield Tile("revenue", "Joint revenue, quarter to date", now, currency, growth, "share", "on last year")
    rate, last_rate = _renewed(world, exchange, as_of), _renewed(world, exchange, quarter.start - timedelta(days=1))
    change = rate - last_rate if rate is not None and last_rate is not None else None
    yield Tile("renewal", "Renewal rate, 12 months", rate, "%", change, "points", "since last quarter")
    earned, earlier = (_earned(session, exchange, as_of, *s) for s in ((quarter.start, as_of), (before, before_to)))
    yield Tile("earned", "Earned by partners, QTD", earned, currency, earned - earlier, "amount", "on last year")
    due = [c for c in world.of("contract") if c.outcome == "open" and c.end and as_of <= c.end <= as_of + AHEAD]
    value = sum((exchange.amount(c.recurring, c.currency, as_of) or ZERO for c in due), ZERO)
    unowned = sum(1 for c in due if not c.owner)
    yield Tile("due", "Renewals due, 90 days", value, currency, count=len(due), unowned=unowned)


def _earned(session: Session, exchange: Exchange, as_of: date, first: date, last: date) -> Decimal:
    """What all partners earned between two days."""
    outcomes = evaluation(session, as_of).partners.values()
    amounts = (exchange.amount(earned_between(o, first, last), o.currency, last) for o in outcomes)
    return sum((amount or ZERO for amount in amounts), ZERO)


def _won(world: Facts, exchange: Exchange, first: date, last: date) -> Decimal:
    """The amounts of deals of partners that were won between two days."""
    won = (
        d
        for d in world.of("deal")
        if d.partner and d.status == "won" and d.closed is not None and first <= d.closed <= last
    )
    return sum((exchange.amount(d.amount, d.currency, d.closed) or ZERO for d in won), ZERO)


def _renewed(world: Facts, exchange: Exchange, as_of: date) -> Decimal | None:
    """Gross renewal rate of the whole book over twelve months: renewed, at most what was due, by what was due."""
    first = add_months(as_of + timedelta(days=1), -12)
    due = kept = ZERO
    for c in world.of("contract"):
        if c.outcome == "open" or c.end is None or not first <= c.end <= as_of:
            continue
        base = exchange.amount(c.recurring, c.currency, c.end)
        if base is None:
            continue
        after = exchange.amount(c.outcome_amount, c.currency, c.end)
        due += base
        kept += ZERO if c.outcome == "churned" else min(base, base if after is None else after)
    return kept / due if due else None
