"""The credited share of a line, and where none counts."""

from partnerdesk.engine.earnings.bands import Rated
from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.money import ONE
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.terms.earnings import EarningTerms, Event


def share_of(reckoning: Reckoning[N], terms: EarningTerms, event: Event) -> N | None:
    """The partner's credited share of a deal, where it is not the whole."""
    if not terms.is_shared:
        return None
    share = (event.world or reckoning.world).share(event.fact)
    return None if share == ONE else reckoning.arithmetic.leaf(event.fact, "credit", share, "1", "credited share")


def is_flat(rate: Rated[N]) -> bool:
    """Whether a fixed amount of a table stands in place of a rate."""
    return rate.fixed is not None and rate.fixed is rate.gross and not rate.steps
