"""The weighted score: measured values on piecewise scales, weighted, added, rounded; minimums on the side."""

from decimal import Decimal
from typing import TypeVar

from partnerdesk.engine.metrics import measured, unit_of
from partnerdesk.engine.money import HUNDRED, ZERO
from partnerdesk.engine.outcome import Component, Score
from partnerdesk.engine.period import Period
from partnerdesk.engine.reckoning import Reckoning, origin, rule_ref
from partnerdesk.engine.rules import Program, ScorePart

N = TypeVar("N")


def scored(reckoning: Reckoning[N], period: Period) -> Score[N] | None:
    """The score of a period, or None under a version without one. Remembers it."""
    if period not in reckoning.scores:
        program = reckoning.program_at(min(period.end, reckoning.as_of))
        reckoning.scores[period] = _scored(reckoning, program, period) if program.score else None
    found: Score[N] | None = reckoning.scores[period]
    return found


def _scored(reckoning: Reckoning[N], program: Program, period: Period) -> Score[N]:
    rule = program.score
    assert rule
    components = tuple(_component(reckoning, program, part, period) for part in rule.parts)
    ar = reckoning.arithmetic
    total = ar.round(ar.sum([c.adds for c in components], "points", rule.says), rule.decimals, "half-up")
    return Score(period, total, components, rule_ref(program, "score", rule.reference))


def _component(reckoning: Reckoning[N], program: Program, part: ScorePart, period: Period) -> Component[N]:
    ar, metric = reckoning.arithmetic, program.metric[part.metric]
    value = measured(reckoning, part.metric, period)
    where = origin(program, f"score.{part.metric}")
    if value.value is None:
        points = ar.because(ar.rule(ZERO, "points", metric.says, where), f"not evaluated: {value.missing}")
    else:
        scale = [(p.at, p.points) for p in part.scale]
        points = ar.scale(value.value, scale, "points", metric.says, where)
    weight = ar.rule(part.weight / HUNDRED, "1", "weight", where)
    return Component(
        metric=part.metric,
        label=metric.says,
        unit=unit_of(program, part.metric, reckoning.world.currency),
        weight=part.weight,
        measured=value.value,
        points=points,
        adds=ar.product([weight, points], "points", metric.says),
        minimum=part.minimum,
        met_minimum=part.minimum is None or ar.value(points) >= part.minimum,
        target=part.target if part.target is not None else best_of(part),
        missing=value.missing,
    )


def best_of(part: ScorePart) -> Decimal:
    """The measured value at which the scale first gives its most points."""
    most = max(p.points for p in part.scale)
    return next(p.at for p in part.scale if p.points == most)
