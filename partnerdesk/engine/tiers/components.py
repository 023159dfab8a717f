"""The parts of a score: a metric on its scale, or a category of parts; weighted, capped, with its minimums."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from partnerdesk.engine.figures.figure import N, on_scale, step_at
from partnerdesk.engine.metrics.metrics import measured
from partnerdesk.engine.money import HUNDRED, ZERO
from partnerdesk.engine.outcome import Component
from partnerdesk.engine.period import Period
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.rules import ScorePart
from partnerdesk.engine.terms.versions import Version


class _Measure(NamedTuple):
    """What a part is about: the name that it is found by, its name for people, its unit, why it has no value."""

    name: str
    says: str
    unit: str
    missing: str


def component(reckoning: Reckoning[N], version: Version, part: ScorePart, period: Period) -> Component[N]:
    """A part of the score, its own parts inside it."""
    inner = tuple(component(reckoning, version, p, period) for p in part.parts)
    if part.metric:
        terms = version.metrics[part.metric]
        found = measured(reckoning, terms, period)
        value, measure = found.value, _Measure(part.metric, terms.metric.says, terms.unit, found.missing)
    else:
        value, measure = added(reckoning, inner, part.says), _Measure(part.says, part.says, "points", "")
    points = _points(reckoning, version, part, measure, value)
    is_met = (part.minimum is None or points >= part.minimum) and (part.more_than is None or points > part.more_than)
    return Component(
        metric=measure.name,
        label=measure.says,
        unit=measure.unit,
        weight=part.weight,
        measured=value,
        points=points,
        adds=_adds(reckoning, version, part, measure, points),
        minimum=part.minimum,
        met_minimum=is_met and all_met(inner),
        target=part.target if part.target is not None else best_of(part),
        missing=measure.missing,
        more_than=part.more_than,
        parts=inner,
    )


def _points(reckoning: Reckoning[N], version: Version, part: ScorePart, measure: _Measure, value: N | None) -> N:
    """The points of a measured value on the part's scale; none where it is not evaluated."""
    ar, where = reckoning.arithmetic, version.origin(f"score.{measure.name}")
    if value is None:
        return ar.because(ar.rule(ZERO, "points", measure.says, where), f"not evaluated: {measure.missing}")
    if not part.scale:
        return value
    scale = [(p.at, p.points) for p in part.scale]
    read = ar.step if part.is_stepped else ar.scale
    return read(value, scale, "points", measure.says, where)


def _adds(reckoning: Reckoning[N], version: Version, part: ScorePart, measure: _Measure, points: N) -> N:
    """What the part adds to the score: its weight's share of the points, or the points as they are, capped."""
    ar, where = reckoning.arithmetic, version.origin(f"score.{measure.name}")
    adds = points
    if not part.as_points:
        weight = ar.rule(part.weight / HUNDRED, "1", "weight", where)
        adds = ar.product([weight, points], "points", measure.says)
    if part.at_most is None:
        return adds
    return ar.least([adds, ar.rule(part.at_most, "points", "at most", where)], "points", measure.says)


def added(reckoning: Reckoning[N], components: Sequence[Component[N]], label: str) -> N:
    """What the components add up to."""
    return reckoning.arithmetic.sum([c.adds for c in components], "points", label)


def all_met(components: Sequence[Component[N]]) -> bool:
    """Whether every component meets its minimum."""
    return all(c.met_minimum for c in components)


def points_at(part: ScorePart, value: Decimal) -> Decimal:
    """Where a measured value stands on a part's scale, in points."""
    scale = [(p.at, p.points) for p in part.scale]
    return step_at(value, scale) if part.is_stepped else on_scale(value, scale)


def best_of(part: ScorePart) -> Decimal | None:
    """The measured value at which the scale first gives its most points; None without a scale."""
    most = max((p.points for p in part.scale), default=None)
    return next((p.at for p in part.scale if p.points == most), None)
