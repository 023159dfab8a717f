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


def levers(rule: ScoreRule, score: Score[Decimal]) -> tuple[Lever, ...]:
    """The measures below their targets, the largest gain first."""
    found = []
    for part, component in zip(rule.parts, score.components, strict=True):
        if component.target is None or component.measured is None:
            continue
        scale = [(p.at, p.points) for p in part.scale]
        gain = (on_scale(component.target, scale) - component.points) * part.weight / HUNDRED
        gain = gain.quantize(Decimal("0.1"))
        if gain > ZERO:
            found.append(
                Lever(part.metric, component.label, component.unit, component.measured, component.target, gain)
            )
    return tuple(sorted(found, key=lambda lever: -lever.gain))
