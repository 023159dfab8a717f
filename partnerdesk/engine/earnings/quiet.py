"""The lines of the most common rule in plain values: a rate or slices of a metric at a period's end, times a factor.

They are what `lines` and `making` make in their general way, without the questions whose answers are known before
(`EarningTerms.is_quiet`): asking would cost more than all of the arithmetic. Figures always go the general way, so
that what holds both modes equal holds both ways equal.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from partnerdesk.engine.earnings.bands import BY_SLICES, Slices
from partnerdesk.engine.figures.figure import cut_into_bands
from partnerdesk.engine.figures.numbers import sliced
from partnerdesk.engine.metrics.metrics import measured
from partnerdesk.engine.money import ZERO, rounded
from partnerdesk.engine.outcome import EarningLine, line_of
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.terms.earnings import EarningTerms
from partnerdesk.engine.terms.tables import BandTerms
from partnerdesk.engine.tiers.needs import Holds
from partnerdesk.engine.tiers.tiers import tier_on


def quiet_lines(
    reckoning: Reckoning[Any], terms: EarningTerms, days: tuple[date, date], holds: Holds | None
) -> list[EarningLine[Any]]:
    """The lines of a quiet rule from its first to its last day, one for each period whose metric is not zero."""
    found: list[EarningLine[Any]] = []
    metric = terms.idle_without
    ref, type_, says, unit = terms.ref, terms.rule.type, terms.rule.says, terms.base_unit
    assert metric
    known, nothing = reckoning.numbers[metric.slot], reckoning.nothing
    partner, currency = reckoning.partner, reckoning.currency
    for event in terms.period_ends(*days):
        day, period = event.day, event.period
        if holds is not None and not holds(reckoning, period):
            continue
        base = (known.get(period.label) or measured(reckoning, metric, period)).value
        if not base:
            continue
        tier = tier_on(reckoning, day)
        rate, steps, because, factor, amount = _earned(terms, base, tier)
        # fmt: off
        found.append(line_of((
            event.line, ref, type_, says, partner, day, day, event.statement, base, rate, factor, None,
            amount, nothing, amount, currency, currency, None, because, "", "", None, None, None, None,
            tier, steps, "", unit, None,
        )))
        # fmt: on
    return found


def _earned(
    terms: EarningTerms, base: Decimal, tier: str
) -> tuple[Decimal | None, Slices, str, Decimal | None, Decimal]:
    """What a base earns: the rate or the slices and why, the factor, the amount."""
    rate, factor, bands = terms.flat, None, terms.bands
    steps: Slices = ()
    if bands is None:
        assert rate is not None
        product, because = base * rate, ""
    else:
        because = BY_SLICES
        steps, product = bands.cut(base) if base > ZERO else _taken_back(bands, base)
    if terms.factors:
        factor = terms.factors[0].by_tier[tier]
        product *= factor
    return rate, steps, because, factor, rounded(product, terms.decimals, terms.mode)


def _taken_back(bands: BandTerms, base: Decimal) -> tuple[Slices, Decimal]:
    """The slices of an amount below zero, and what they take back."""
    steps = cut_into_bands(base, ZERO, bands.steps)
    return steps, sliced(steps)
