"""The weighted score: measured values on piecewise scales, weighted, added, rounded; minimums on the side."""

from decimal import Decimal

from partnerdesk.engine.figure import N
from partnerdesk.engine.metrics import measured
from partnerdesk.engine.money import HUNDRED, ZERO
from partnerdesk.engine.outcome import Component, Score
from partnerdesk.engine.period import Period
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.rules import ScorePart
from partnerdesk.engine.terms import Version


def scored(reckoning: Reckoning[N], version: Version, period: Period) -> Score[N] | None:
    """The score of a period as a version defines it, or None under one without a score. Remembers it."""
    if version.program.score is None:
        return None
    key = version.number, period.label
    found = reckoning.scores.get(key)
    if found is None:
        found = reckoning.scores[key] = _scored(reckoning, version, period)
    return found


def _scored(reckoning: Reckoning[N], version: Version, period: Period) -> Score[N]:
    rule = version.program.score
    assert rule
    components = tuple(_component(reckoning, version, part, period) for part in rule.parts)
    ar = reckoning.arithmetic
    total = ar.round(ar.sum([c.adds for c in components], "points", rule.says), rule.decimals, "half-up")
    return Score(period, total, components, version.ref("score", rule.reference))


def _component(reckoning: Reckoning[N], version: Version, part: ScorePart, period: Period) -> Component[N]:
    ar, terms = reckoning.arithmetic, version.metrics[part.metric]
    value = measured(reckoning, terms, period)
    where, says = version.origin(f"score.{part.metric}"), terms.metric.says
    if value.value is None:
        points = ar.because(ar.rule(ZERO, "points", says, where), f"not evaluated: {value.missing}")
    else:
        points = ar.scale(value.value, [(p.at, p.points) for p in part.scale], "points", says, where)
    weight = ar.rule(part.weight / HUNDRED, "1", "weight", where)
    return Component(
        metric=part.metric,
        label=says,
        unit=terms.unit,
        weight=part.weight,
        measured=value.value,
        points=points,
        adds=ar.product([weight, points], "points", says),
        minimum=part.minimum,
        met_minimum=part.minimum is None or points >= part.minimum,
        target=part.target if part.target is not None else best_of(part),
        missing=value.missing,
    )


def best_of(part: ScorePart) -> Decimal:
    """The measured value at which the scale first gives its most points."""
    most = max(p.points for p in part.scale)
    return next(p.at for p in part.scale if p.points == most)
