"""Streams: the contract, deal or customer that an event goes on with, and which version rules it."""

from datetime import date
from typing import Any

from partnerdesk.engine.earnings.terms import EarningTerms
from partnerdesk.engine.figure import N
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.world import World


def begun(world: World, terms: EarningTerms, row: Any, day: date) -> date:
    """The day on which the stream of an event began: that of its contract, else deal; the event's own at the latest."""
    stream = terms.rule.stream
    if stream.startswith("customer"):
        days = _of_customer(world, row, with_product=stream != "customer")
    else:
        days = _of_contract(world, terms, row, is_deal=stream == "deal")
    return min([day, *days])


def _of_contract(world: World, terms: EarningTerms, row: Any, is_deal: bool) -> list[date]:
    contract = row if terms.kind == "contract" else world.row("contract", getattr(row, "contract", None))
    if contract is not None and contract.start and not is_deal:
        return [contract.start]
    deal = row if terms.kind == "deal" else world.row("deal", getattr(contract or row, "deal", None))
    return [deal.closed] if deal is not None and deal.closed else []


def _of_customer(world: World, row: Any, with_product: bool) -> list[date]:
    customer, product = world.customer_of(row), getattr(row, "product", None)
    if customer is None:
        return []
    dated = [(c, c.start) for c in world.rows("contract")]
    dated += [(d, d.closed) for d in world.rows("deal") if d.status == "won"]
    return [day for r, day in dated if day and r.customer == customer and (not with_product or r.product == product)]


def rules(reckoning: Reckoning[N], terms: EarningTerms, row: Any, day: date) -> bool:
    """Whether the version of an earning rules an event, where another version shares its days."""
    return reckoning.terms.ruling(day, begun(reckoning.world, terms, row, day)) is terms.version
