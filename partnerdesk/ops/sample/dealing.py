"""The way of a deal of the sample book: its stages, and the partner that helped with it."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from partnerdesk.engine.facts import Credit, Deal, Fact, StageChange
from partnerdesk.ops.sample.cast import AS_OF

STAGES = ("Qualified", "Discovery", "Proposal", "Negotiation")
SAYS = {
    "new": "first licence",
    "cross-sell": "second product",
    "upsell": "more seats",
    "expansion": "expansion at renewal",
    "services": "launch package",
}
REMEMBERED = date(2026, 10, 15)  # stages are kept for deals that people still talk about


def credits(deal: Deal, helper: str) -> list[Fact]:
    """The shares of a deal that another partner helped with."""
    own = Credit(id=f"{deal.id}-1", deal=deal.id, partner=deal.partner or "", role="sourced", share=Decimal("0.70"))
    return [own, Credit(id=f"{deal.id}-2", deal=deal.id, partner=helper, share=Decimal("0.30"))]


def stages(deal: Deal) -> Iterator[StageChange]:
    """When a deal entered each of its stages."""
    last = deal.closed or AS_OF
    if deal.created is None or last < REMEMBERED:
        return
    reached = STAGES.index(deal.stage) + 1 if deal.stage in STAGES else len(STAGES)
    step = max((last - deal.created).days // (reached + 1), 1)
    for number, stage in enumerate(STAGES[:reached]):
        yield _stage(deal, number, min(deal.created + timedelta(days=step * number), last), stage)
    if deal.closed:
        yield _stage(deal, reached, deal.closed, deal.stage)


def _stage(deal: Deal, number: int, day: date, stage: str) -> StageChange:
    id = f"{deal.id}-S{number + 1}"
    return StageChange(id=id, deal=deal.id, day=day, stage=stage, amount=deal.amount, currency=deal.currency)
