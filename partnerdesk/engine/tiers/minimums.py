"""What holds a partner at the lowest tier whatever else it reaches: missed minimums, metrics that must be evaluated."""

from collections.abc import Iterator, Sequence

from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.metrics.metrics import measured
from partnerdesk.engine.outcome import Component
from partnerdesk.engine.period import Period
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.terms.versions import Version
from partnerdesk.engine.tiers.components import all_met
from partnerdesk.engine.tiers.scoring import scored
from partnerdesk.engine.world.where_words import plain


def is_held_back(reckoning: Reckoning[N], version: Version, period: Period) -> bool:
    """Whether no tier above the lowest can be reached in a period."""
    score = scored(reckoning, version, period) if version.program.score else None
    if score is not None and not all_met(score.components):
        return True
    return any(measured(reckoning, terms, period).value is None for terms in version.blocking)


def held_back_by(reckoning: Reckoning[N], version: Version, period: Period) -> tuple[str, ...]:
    """Why no tier above the lowest can be reached in a period, a sentence for each reason; none where one can."""
    if not version.may_hold_back:
        return ()
    score = scored(reckoning, version, period) if version.program.score else None
    said = list(_missed(score.components)) if score is not None else []
    for terms in version.blocking:
        found = measured(reckoning, terms, period)
        if found.value is None:
            why = f" ({found.missing})" if found.missing else ""
            said.append(f"{terms.metric.says} is not known{why}")
    return tuple(said)


def _missed(components: Sequence[Component[N]]) -> Iterator[str]:
    """The parts of a score that miss their minimum, the parts inside a category first."""
    for part in components:
        yield from _missed(part.parts)
        if part.met_minimum or (part.parts and not all_met(part.parts)):
            continue
        bounds = (("at least", part.minimum), ("more than", part.more_than))
        asked = " and ".join(f"{word} {plain(bound)}" for word, bound in bounds if bound is not None)
        yield f"{part.label} misses its minimum of {asked} points"
