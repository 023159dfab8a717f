"""Page 6 from the book: the partner's open deals with what they wait for, and its open ground (`ground.py`)."""

from collections.abc import Iterator
from typing import Any

from partnerdesk.engine.money import ZERO
from partnerdesk.ops.pack.gathered import Gathered
from partnerdesk.ops.pack.ground import open_ground
from partnerdesk.reports.pack.data import OpenDeal, PipelineView

# Free attributes of a deal, as files call them: what it waits for, and who removes that.
_BLOCKER, _HELPS = ("blocker", "blocked by", "waits for"), ("who helps", "helps", "helper", "sponsor")


def pipeline(g: Gathered) -> PipelineView:
    deals = open_deals(g)
    return PipelineView(deals, sum((d.amount for d in deals if d.amount is not None), ZERO), open_ground(g))


def open_deals(g: Gathered) -> tuple[OpenDeal, ...]:
    """The open deals of the partner's world, the largest first."""
    return tuple(sorted(_deals(g), key=lambda d: (d.amount is None, -(d.amount or ZERO), d.customer, d.deal)))


def _deals(g: Gathered) -> Iterator[OpenDeal]:
    exchange = g.exchange
    for deal in g.world.of("deal"):
        if deal.status != "open":
            continue
        customer = g.named("customer", deal.customer)
        yield OpenDeal(
            deal=deal.id,
            customer=customer or deal.name or deal.id,
            what=_what(g, deal, customer),
            stage=deal.stage,
            amount=exchange.in_cents(deal.amount, deal.currency, g.as_of),
            close=deal.expected_close,
            next_step=deal.next_step,
            blocker=_attribute(deal, _BLOCKER),
            helps=_attribute(deal, _HELPS) or g.named("person", deal.owner),
        )


def _what(g: Gathered, deal: Any, customer: str) -> str:
    """What is sold: the product, else the deal's name without the customer that it begins with."""
    product = g.named("product", deal.product)
    name: str = deal.name.removeprefix(customer).lstrip(" ,:–-") if customer else ""
    return product or name or deal.kind


def _attribute(deal: Any, names: tuple[str, ...]) -> str:
    found = {key.casefold().replace("_", " "): value for key, value in deal.attributes.items()}
    return next((found[name] for name in names if found.get(name)), "")
