"""What a draw promises in a settlement period: its amount, or that of the step which the months since joining reach."""

from decimal import Decimal

from partnerdesk.engine.figures.figure import N, Origin
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.period import Period, add_months, months_between
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.rules import Draw, Need
from partnerdesk.engine.tiers.needs import met


def promised(reckoning: Reckoning[N], draw: Draw, period: Period, origin: Origin) -> N:
    """What is paid at least in a period; nothing before the partner joined, after its months, once it has left."""
    ar, partner = reckoning.arithmetic, reckoning.world.partner
    joined = partner.joined or reckoning.first
    if period.end < joined or (partner.left is not None and partner.left < period.start):
        return reckoning.nothing
    if draw.when is not None and not holds(reckoning, draw, draw.when, period):
        return reckoning.nothing
    if draw.months is not None and period.start >= add_months(joined, draw.months):
        return reckoning.nothing
    if not draw.steps:
        return ar.rule(draw.amount, reckoning.currency, "draw", origin)
    months = Decimal(_months(reckoning, period))
    since = ar.given(months, "months", "months since joining", Origin("partner", partner.id, "joined"))
    steps = [(ZERO, draw.amount), *((Decimal(step.from_months), step.amount) for step in draw.steps)]
    return ar.step(since, steps, reckoning.currency, "draw", origin)


def holds(reckoning: Reckoning[N], draw: Draw, when: Need, period: Period) -> bool:
    """Whether what a draw asks for is met in a settlement period."""
    looked_at = reckoning.calendar.at(period.end, draw.every)
    return met(reckoning, reckoning.terms.at_end(period), when, looked_at)


def is_recoverable(reckoning: Reckoning[N], draw: Draw, period: Period) -> bool:
    """Whether what a draw advances in a period is taken from later earnings."""
    since = draw.recoverable_from_months
    return draw.recoverable and (since is None or _months(reckoning, period) >= since)


def _months(reckoning: Reckoning[N], period: Period) -> int:
    """Whole months from the day the partner joined, or began where that is not known, to a period's first day."""
    return max(0, months_between(reckoning.world.partner.joined or reckoning.first, period.start))
