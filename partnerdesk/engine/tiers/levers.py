"""What each measure would still add to the score on reaching its plan target: arithmetic of the scale, no forecast."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from partnerdesk.engine.money import HUNDRED, ONE, ZERO
from partnerdesk.engine.outcome import Component, Score
from partnerdesk.engine.rules import ScorePart, ScoreRule
from partnerdesk.engine.tiers.components import points_at


@dataclass(frozen=True, slots=True)
class Lever:
    """`gain` are points of the score, rounded to a tenth; `measured` and `target` are in the metric's unit."""

    metric: str
    label: str
    unit: str
    measured: Decimal
    target: Decimal
    gain: Decimal


def target_points(rule: ScoreRule, score: Score[Decimal]) -> dict[str, Decimal]:
    """Where each measure's plan target stands on its scale, in points, by metric."""
    return {
        part.metric: points_at(part, component.target)
        for part, component, _, _ in _measures(rule, score)
        if component.target is not None
    }


def levers(rule: ScoreRule, score: Score[Decimal]) -> tuple[Lever, ...]:
    """The measures below their targets, the largest gain first."""
    found = []
    targets = target_points(rule, score)
    for part, component, share, room in _measures(rule, score):
        if component.target is None or component.measured is None:
            continue
        gain = min((targets[part.metric] - component.points) * share, room).quantize(Decimal("0.1"))
        if gain > ZERO:
            found.append(
                Lever(part.metric, component.label, component.unit, component.measured, component.target, gain)
            )
    return tuple(sorted(found, key=lambda lever: -lever.gain))


# A part, its component, what a point of it adds to the score, and the most that is left to add.
Measure = tuple[ScorePart, Component[Decimal], Decimal, Decimal]
_UNBOUND = Decimal("Infinity")


def _measures(rule: ScoreRule, score: Score[Decimal]) -> Iterator[Measure]:
    """The metrics with a scale in the parts that counted."""
    parts = next((track.parts for track in rule.track if track.name == score.track), rule.parts)
    if score.components and not (score.scopes and not score.scope):  # else one component for each scope
        yield from _inside(parts, score.components, ONE, _UNBOUND)


def _inside(
    parts: Sequence[ScorePart], components: Sequence[Component[Decimal]], share: Decimal, room: Decimal
) -> Iterator[Measure]:
    for part, component in zip(parts, components, strict=True):
        own = share if part.as_points else share * part.weight / HUNDRED
        left = room if part.at_most is None else min(room, (part.at_most - component.adds) * share)
        if part.metric and part.scale:
            yield part, component, own, left
        elif not part.scale:
            yield from _inside(part.parts, component.parts, own, left)
