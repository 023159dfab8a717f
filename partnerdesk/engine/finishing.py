"""The last steps of a metric: zero where there is nothing to measure, its bounds, its rounding."""

from decimal import Decimal

from partnerdesk.engine.figure import N
from partnerdesk.engine.metric_terms import MetricTerms
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.reckoning import Measured, Reckoning


def finished(reckoning: Reckoning[N], terms: MetricTerms, found: Measured[N]) -> Measured[N]:
    """The number as it counts: what is missing may be zero, what is outside its bounds counts as the bound."""
    if not terms.is_finished:
        return found
    number, ar = found.value, reckoning.arithmetic
    if number is None:
        if terms.metric.missing != "zero" or found.is_broken:
            return found
        number = ar.because(ar.rule(ZERO, terms.unit, terms.metric.says, terms.origin), f"zero: {found.missing}")
    return Measured(_bounded(reckoning, terms, number), "", found.counted, found.excluded)


def _bounded(reckoning: Reckoning[N], terms: MetricTerms, number: N) -> N:
    metric, ar = terms.metric, reckoning.arithmetic
    if metric.not_below is not None:
        number = ar.greatest([number, _bound(reckoning, terms, metric.not_below, "not below")], terms.unit, metric.says)
    if metric.not_above is not None:
        number = ar.least([number, _bound(reckoning, terms, metric.not_above, "not above")], terms.unit, metric.says)
    return number if metric.decimals is None else ar.round(number, metric.decimals, "half-up")


def _bound(reckoning: Reckoning[N], terms: MetricTerms, bound: Decimal, words: str) -> N:
    return reckoning.arithmetic.rule(bound, terms.unit, words, terms.origin)
