"""What holds a partner at the lowest tier whatever else it reaches: missed minimums, metrics that must be evaluated."""

from partnerdesk.engine.components import all_met
from partnerdesk.engine.figure import N
from partnerdesk.engine.metrics import measured
from partnerdesk.engine.period import Period
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.scoring import scored
from partnerdesk.engine.terms import Version


def is_held_back(reckoning: Reckoning[N], version: Version, period: Period) -> bool:
    """Whether no tier above the lowest can be reached in a period."""
    score = scored(reckoning, version, period) if version.program.score else None
    if score is not None and not all_met(score.components):
        return True
    return any(measured(reckoning, terms, period).value is None for terms in version.blocking)
