"""The last steps of a metric: zero where there is nothing to measure, its bounds, its rounding."""

from decimal import Decimal

from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.reckoning import Measured, Reckoning
from partnerdesk.engine.rules import Each, Metric
from partnerdesk.engine.terms.metrics import MetricTerms


def finished(reckoning: Reckoning[N], terms: MetricTerms, found: Measured[N]) -> Measured[N]:
    """The number as it counts: what is missing may be zero, what is outside its bounds counts as the bound."""
    if not terms.is_finished:
        return found
    number, ar = found.value, reckoning.arithmetic
    if number is None:
        if terms.metric.missing != "zero" or found.is_broken:
            return found
        number = ar.because(ar.rule(ZERO, terms.unit, terms.metric.says, terms.origin), f"zero: {found.missing}")
    return Measured(kept_within(reckoning, terms, terms.metric, number), "", found.counted, found.excluded)


def kept_within(reckoning: Reckoning[N], terms: MetricTerms, asked: Metric | Each, number: N) -> N:
    """A number not below and not above its bounds, then rounded: a metric's, or that of each of its facts."""
    ar, unit, says = reckoning.arithmetic, terms.unit, terms.metric.says
    if asked.not_below is not None:
        number = ar.greatest([number, _bound(reckoning, terms, asked.not_below, "not below")], unit, says)
    if asked.not_above is not None:
        number = ar.least([number, _bound(reckoning, terms, asked.not_above, "not above")], unit, says)
    return number if asked.decimals is None else ar.round(number, asked.decimals, asked.mode)


def _bound(reckoning: Reckoning[N], terms: MetricTerms, bound: Decimal, words: str) -> N:
    return reckoning.arithmetic.rule(bound, terms.unit, words, terms.origin)
