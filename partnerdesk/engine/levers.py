"""What each measure would still add to the score on reaching its plan target: arithmetic of the scale, no forecast."""

from dataclasses import dataclass
from decimal import Decimal

from partnerdesk.engine.figure import on_scale
from partnerdesk.engine.money import HUNDRED, ZERO
from partnerdesk.engine.outcome import Score
from partnerdesk.engine.rules import ScoreRule


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
        part.metric: on_scale(component.target, [(p.at, p.points) for p in part.scale])
        for part, component in zip(rule.parts, score.components, strict=True)
        if component.target is not None
    }


def levers(rule: ScoreRule, score: Score[Decimal]) -> tuple[Lever, ...]:
    """The measures below their targets, the largest gain first."""
    found = []
    targets = target_points(rule, score)
    for part, component in zip(rule.parts, score.components, strict=True):
        if component.target is None or component.measured is None:
            continue
        gain = (targets[part.metric] - component.points) * part.weight / HUNDRED
        gain = gain.quantize(Decimal("0.1"))
        if gain > ZERO:
            found.append(
                Lever(part.metric, component.label, component.unit, component.measured, component.target, gain)
            )
    return tuple(sorted(found, key=lambda lever: -lever.gain))
