"""What customers own and what is in the pipeline, by customer and product, for the whitespace of a joint plan.

Where a product was ever under contract with a customer, its contracts decide; else a purchase within two years does.
Rows name products; what the columns of a matrix stand for is told in `whitespace.py`.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from partnerdesk.engine.money import major
from partnerdesk.models.facts import TABLES

BOUGHT_WITHIN = timedelta(days=730)
YEAR = timedelta(days=365)
Pair = tuple[str, str]  # customer, product


@dataclass(slots=True)
class Held:
    """What a customer has of a product: yearly amounts by currency, the ends of running contracts, open deals."""

    owned: bool = False
    yearly: list[tuple[Decimal, str]] = field(default_factory=list)
    ends: list[tuple[str, date]] = field(default_factory=list)  # with whose contract it is
    deals: list[str] = field(default_factory=list)
    partners: set[str] = field(default_factory=set)


def holdings(session: Session, as_of: date) -> dict[Pair, Held]:
    """What customers of the whole book own of products on a day."""
    found: dict[Pair, Held] = defaultdict(Held)
    under_contract = _contracts(session, as_of, found)
    for pair, amount, currency, partner in _purchases(session, as_of):
        if pair not in under_contract:
            held = found[pair]
            held.owned = True
            held.partners.add(partner)
            if amount > 0:
                held.yearly.append((amount, currency))
    return found


def _contracts(session: Session, as_of: date, found: dict[Pair, Held]) -> set[Pair]:
    c = TABLES["contract"].c
    columns = (c.customer, c.product, c.partner, c.start, c.end, c.outcome, c.recurring, c.currency)
    known: set[Pair] = set()
    for row in session.execute(select(*columns).where(c.customer.is_not(None), c.product.is_not(None))):
        pair = (row.customer, row.product)
        known.add(pair)
        if (row.start or as_of) > as_of or (row.end is not None and row.end < as_of):
            continue
        held = found[pair]
        held.owned = True
        held.partners.add(row.partner or "")
        if row.end is not None:
            held.ends.append((row.partner or "", row.end))
        if row.recurring:
            held.yearly.append((major(row.recurring, row.currency), row.currency))
    return known


def _purchases(session: Session, as_of: date) -> Iterable[tuple[Pair, Decimal, str, str]]:
    """Customer and product, what was bought of it within a year, its currency and its partner."""
    deal, line, sold = TABLES["deal"], TABLES["deal_line"], TABLES["transaction"].c
    product = func.coalesce(line.c.product, deal.c.product)
    day, since, year = deal.c.closed, as_of - BOUGHT_WITHIN, as_of - YEAR
    lately = func.sum(func.iif(day > year, func.coalesce(line.c.amount, deal.c.amount, 0), 0))
    from_deals = (
        select(deal.c.customer, product, deal.c.currency, deal.c.partner, lately)
        .select_from(deal)
        .outerjoin(line, line.c.deal == deal.c.id)
        .where(deal.c.status == "won", deal.c.customer.is_not(None), product.is_not(None), day > since, day <= as_of)
        .group_by(deal.c.customer, product, deal.c.currency, deal.c.partner)
    )
    lately = func.sum(func.iif(sold.day > year, func.coalesce(sold.amount, 0), 0))
    from_sales = (
        select(sold.customer, sold.product, sold.currency, sold.partner, lately)
        .where(sold.kind == "invoice", sold.customer.is_not(None), sold.product.is_not(None))
        .where(sold.day > since, sold.day <= as_of)
        .group_by(sold.customer, sold.product, sold.currency, sold.partner)
    )
    billed: set[Pair] = set()
    for query in (from_sales, from_deals):
        for customer, named, currency, partner, units in session.execute(query):
            pair = (customer, named)
            if query is from_deals and pair in billed:
                continue  # what was invoiced is not counted again as a deal
            billed.add(pair) if query is from_sales else None
            yield pair, major(units or 0, currency), currency, partner or ""


def open_deals(session: Session, partner: str) -> dict[Pair, list[str]]:
    """The partner's open deals by customer and product; a deal counts for each product of its lines."""
    deal, line = TABLES["deal"], TABLES["deal_line"]
    product = func.coalesce(line.c.product, deal.c.product)
    query = (
        select(deal.c.customer, product, deal.c.id)
        .select_from(deal)
        .outerjoin(line, line.c.deal == deal.c.id)
        .where(deal.c.status == "open", deal.c.partner == partner, deal.c.customer.is_not(None), product.is_not(None))
        .distinct()
        .order_by(deal.c.id)
    )
    found: dict[Pair, list[str]] = defaultdict(list)
    for customer, named, id in session.execute(query):
        found[customer, named].append(id)
    return found


def customers_of(session: Session, partner: str) -> set[str]:
    """The customers that a partner has a contract, a deal or a sale with."""
    found: set[str] = set()
    for kind in ("contract", "deal", "transaction"):
        at = TABLES[kind].c
        rows = session.scalars(select(at.customer).where(at.partner == partner, at.customer.is_not(None)).distinct())
        found.update(rows)
    return found
