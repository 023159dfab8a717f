"""Rates by a number of the event, such as copies or seats, or by how many events there were so far.

10 % of the price of the first 5,000 copies, 12.5 % of the next ones: each event brings its copies on top of those
before it, and its base is paid in proportion to the copies that lie in each band.
"""

from decimal import Decimal
from typing import Any

from partnerdesk.engine.earnings.bands import BY_SLICES, Rated, Running, gone_before
from partnerdesk.engine.earnings.bases import attribute_of
from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.figures.reasons import exact_words
from partnerdesk.engine.money import ONE, ZERO
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.terms.earnings import EarningTerms, Event
from partnerdesk.engine.terms.tables import EVENTS, BandTerms
from partnerdesk.engine.world.where import money_attribute
from partnerdesk.engine.world.where_words import spoken


def counting(
    reckoning: Reckoning[N], terms: EarningTerms, bands: BandTerms, event: Event, base: N, running: Running[N]
) -> Rated[N] | str:
    """What a base earns by the bands in which its number lies; at one rate where that is a single band.

    Else the base in parts, as its number is; products come before the one division, so that no cent hangs on its
    digits.
    """
    ar, currency, where = reckoning.arithmetic, reckoning.currency, terms.rate_origin
    size = _size(reckoning, terms, bands, event, base)
    if isinstance(size, str):
        return size
    unit = _unit(reckoning, terms, bands)
    before = gone_before(reckoning, terms, bands, event, size, running, unit)
    cut = ar.cut(size, before, bands.steps)
    slices = ar.slices(size, before, bands.steps, cut, "1", f"slices of {unit}", where)
    why = _because(reckoning, bands, unit, before)
    if len(cut) == 1 and cut[0][0] == ar.value(size):
        return Rated(ar.quotient(slices, size, "%", "rate of its band"), None, (), why)
    gross = ar.quotient(ar.product([base, slices], currency, "base x slices"), size, currency, "base by slices")
    whole, number = ar.value(base), ar.value(size)
    parts = tuple((whole * part / number, rate) for part, rate in cut)
    return Rated(None, gross, parts, why)


def _size(reckoning: Reckoning[N], terms: EarningTerms, bands: BandTerms, event: Event, base: N) -> N | str:
    """How many of what the floors count the event brings, below zero where its base is; or why that is nothing."""
    ar = reckoning.arithmetic
    if bands.counts == EVENTS:
        size = ar.rule(ONE, EVENTS, "one event", terms.rate_origin)
    else:
        is_money = money_attribute(terms.kind, bands.counts)
        found = attribute_of(reckoning, terms, event, bands.counts, bands.size, is_money)
        if isinstance(found, str):
            return found
        size = found
    if ar.value(size) == ZERO:
        return f"its {spoken(bands.counts)} is 0"
    return ar.negative(size, "taken back") if (size < ZERO) != (base < ZERO) else size


def _unit(reckoning: Reckoning[N], terms: EarningTerms, bands: BandTerms) -> str:
    is_money = bands.counts != EVENTS and money_attribute(terms.kind, bands.counts)
    return reckoning.currency if is_money else spoken(bands.counts)


def _because(reckoning: Reckoning[N], bands: BandTerms, unit: str, before: N | None) -> str:
    stood: Any = ZERO if before is None else reckoning.arithmetic.value(before)
    if not isinstance(stood, Decimal):  # it differs from future to future
        return BY_SLICES
    if bands.counts == EVENTS:
        return f"there were {exact_words(stood)} {bands.through}"
    after = f", after {exact_words(stood)} {bands.through}" if stood else ""
    return f"each slice of {unit} earns its own rate{after}"
