"""A rate inside a sentence, and its numbers."""

from partnerdesk.engine.money import ZERO
from partnerdesk.engine.reasons import percent_words
from partnerdesk.engine.rules import Bands, Rate
from partnerdesk.engine.where import plain
from partnerdesk.program.words.phrases import where_words


def rate_words(rate: Rate) -> str:
    """A rate inside a sentence."""
    if rate.bands is not None:
        return _band_words(rate.bands)
    if rate.kind == "by_tier":
        return "the rate of your tier"
    if rate.kind == "by_age":
        return "a rate that grows with the customer's age"
    if rate.kind == "entries":
        return "the rate of the most specific matching entry"
    return percent_words(rate.entries[0].rate or ZERO)


def _band_words(bands: Bands) -> str:
    if bands.how == "marginal":
        over = f", bands going on through the {bands.over}" if bands.over else ""
        return f"each slice's own rate{over}"
    return "the rate of the band that is reached, on the whole"


def rate_table(rate: Rate) -> str:
    """The numbers of a rate."""
    if rate.bands is not None:
        return ", ".join(f"from {plain(s.floor)}: {percent_words(s.rate)}" for s in rate.bands.steps)
    if rate.kind == "by_age":
        return ", ".join(f"from month {e.from_months}: {percent_words(e.rate or ZERO)}" for e in rate.entries)
    if rate.kind == "by_tier":
        return ", ".join(f"{e.tier[0]} {percent_words(e.rate or ZERO)}" for e in rate.entries)
    if rate.kind == "entries":
        return ", ".join(f"{percent_words(e.rate or ZERO)}{where_words(e.where)}" for e in rate.entries)
    return percent_words(rate.entries[0].rate or ZERO)
