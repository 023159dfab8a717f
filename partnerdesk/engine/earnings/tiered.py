"""Which tier counts for an event, one's own or that of the partner below, and the rate by it, or by the difference."""

from datetime import date

from partnerdesk.engine.earnings.bands import Rated, Running
from partnerdesk.engine.earnings.rates import rated
from partnerdesk.engine.earnings.streams import termed
from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.figures.telling import value_words
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.rules.earnings import DIFFERENCE, THEIRS
from partnerdesk.engine.terms.earnings import EarningTerms, Event
from partnerdesk.engine.tiers.tiers import tier_on


def tier_for(reckoning: Reckoning[N], terms: EarningTerms, event: Event) -> str:
    """The tier that counts for an event; empty where the partner below holds none."""
    if event.tier:
        return event.tier
    day = _day(reckoning, terms, event)
    return _theirs(reckoning, event, day) if terms.rule.tier_of == THEIRS else tier_on(reckoning, day)


def rated_for(
    reckoning: Reckoning[N], terms: EarningTerms, event: Event, tier: str, base: N, running: Running[N]
) -> Rated[N] | str:
    """The rate of an event by that tier, less the one of the partner below where the rule takes it off."""
    own = rated(reckoning, terms, event, tier, base, running)
    if terms.rule.tier_of != DIFFERENCE or isinstance(own, str):
        return own
    below = _theirs(reckoning, event, _day(reckoning, terms, event))
    theirs = rated(reckoning, terms, event, below, base, running)
    if isinstance(theirs, str) or own.rate is None or theirs.rate is None:
        return own
    ar, unit = reckoning.arithmetic, terms.rate_unit
    more = ar.difference(own.rate, theirs.rate, unit, "rate above that of the partner below")
    has, less = (
        f"{value_words(ar.value(rate), unit)} as {of}" for rate, of in ((own.rate, tier), (theirs.rate, below))
    )
    if not more > ZERO:
        return f"the rate is {has}, and not more than the {less} of the partner below"
    return Rated(more, None, (), f"the rate is {has} less the {less} of the partner below")


def _day(reckoning: Reckoning[N], terms: EarningTerms, event: Event) -> date:
    """The day whose tier counts for an event."""
    match terms.rule.tier_as_of:
        case "period start":
            return event.period.start
        case "period end" if event.ruled is None:
            return min(event.period.end, reckoning.as_of)
        case "stream start" | "stream renewal" | "registration" as as_of:
            return termed(reckoning, terms, event, as_of)
    return event.ruled or event.day


def _theirs(reckoning: Reckoning[N], event: Event, day: date) -> str:
    """The tier that the partner below holds on a day."""
    held = reckoning.tiers_below.get(event.world.partner.id, ()) if event.world is not None else ()
    return next((one.tier for one in held if one.start <= day and (one.end is None or day <= one.end)), "")
