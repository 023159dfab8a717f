"""The worst case of each customer: what its leaving on the next day would cost the partner, line by line.

A line loses what a clawback for churn would take (of unvested money first), or the unvested shares that would be
forfeited because its contract is gone, whichever is more: both take of the same money.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import AtRisk, Exposure, LineLoss
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.settling.holds import remaining
from partnerdesk.engine.settling.lots import Lot
from partnerdesk.engine.settling.vesting import in_parts
from partnerdesk.engine.world.contracts import has_ended

CHURN = "churned"


def exposures(
    reckoning: Reckoning[N], lots: Mapping[str, Lot[N]], risks: Mapping[str, tuple[AtRisk[N], ...]]
) -> dict[str, Exposure[N]]:
    """By customer, what its leaving on the day after the as-of day would take, the most at stake first."""
    lines: dict[str, list[LineLoss[N]]] = defaultdict(list)
    for id, lot in lots.items():
        customer = lot.line.customer
        loss = _loss(reckoning, lot, risks.get(id, ())) if customer else None
        if loss is not None and customer:
            lines[customer].append(loss)
    found = [_exposure(reckoning, customer, losses) for customer, losses in lines.items()]
    value = reckoning.arithmetic.value
    return {e.customer: e for e in sorted(found, key=lambda e: (-value(e.amount), e.customer))}


def _exposure(reckoning: Reckoning[N], customer: str, losses: list[LineLoss[N]]) -> Exposure[N]:
    amount = reckoning.arithmetic.sum([loss.amount for loss in losses], reckoning.currency, "lost if it leaves")
    days = [loss.until for loss in losses]
    until = None if None in days else max(day for day in days if day is not None)
    return Exposure(customer, amount, until, tuple(losses))


def _loss(reckoning: Reckoning[N], lot: Lot[N], risks: tuple[AtRisk[N], ...]) -> LineLoss[N] | None:
    """What a line would lose; None where nothing hangs on its customer any more."""
    ar, currency = reckoning.arithmetic, reckoning.currency
    held = list(_hanging(reckoning, lot))
    back = [risk for risk in risks if risk.cause == CHURN]
    ways: list[N] = []
    if back:
        taken = ar.sum([risk.amount for risk in back], currency, "clawed back") if len(back) > 1 else back[0].amount
        ways.append(
            ar.least([taken, lot.line.amount], currency, "clawed back, at most the line") if back[1:] else taken
        )
    if held:
        ways.append(ar.sum([amount for amount, _ in held], currency, "unvested and forfeited"))
    if not ways:
        return None
    amount = ways[0] if len(ways) == 1 else ar.greatest(ways, currency, "the greater of both: it is the same money")
    days = [*(risk.until for risk in back), *(due for _, due in held)]
    until = None if None in days else max(day for day in days if day is not None)
    return LineLoss(lot.line.id, amount, until)


def _hanging(reckoning: Reckoning[N], lot: Lot[N]) -> Iterator[tuple[N, date | None]]:
    """What is still unvested of a line and is forfeited once its contract has ended, with the day on which it vests."""
    rule, line = lot.terms.rule, lot.line
    if not any(vest.if_active and vest.otherwise == "forfeit" for vest in rule.vests):
        return
    if has_ended(reckoning.world, line, reckoning.as_of):
        return
    vests, _ = in_parts(rule.vests)
    by_id = {f"{line.id}:v{i + 1}": vest for i, vest in enumerate(vests)}
    for hold in lot.holds:
        vest = by_id.get(hold.id)
        if vest is not None and vest.if_active and vest.otherwise == "forfeit":
            left = remaining(reckoning, hold)
            if left > ZERO:
                yield left, hold.due
