"""Rates and multipliers inside a sentence, and their numbers."""

from partnerdesk.engine.earnings.streams import AGED
from partnerdesk.engine.earnings.tables import entry_words
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.reasons import percent_words
from partnerdesk.engine.rules import Bands, Factor, Program, Rate, RateEntry, Step
from partnerdesk.engine.where import plain
from partnerdesk.program.words.phrases import metric_says, where_words

_WINS = {
    "most specific": "the rate of the most specific matching entry",
    "first": "the rate of the first matching entry",
    "greatest": "the rate of the matching entry that pays most",
}


def rate_words(program: Program, rate: Rate) -> str:
    """A rate inside a sentence."""
    if rate.bands is not None:
        return _band_words(program, rate.bands)
    if rate.kind == "by_tier":
        words = "the rate of your tier"
    elif rate.kind == "by_age":
        words = f"a rate that grows with the age of the {AGED[rate.age_of]}"
        words = "a rate that grows with the customer's age" if rate.age_of == "customer" else words
    elif rate.kind == "entries":
        is_aged = rate.age_of != "customer" and any(e.from_months for e in rate.entries)
        words = _WINS[rate.resolve] + (f", by the age of the {AGED[rate.age_of]}" if is_aged else "")
    else:
        return percent_words(rate.entries[0].rate or ZERO)
    return words if rate.otherwise is None else f"{words} (where none applies, {percent_words(rate.otherwise)})"


def _band_words(program: Program, bands: Bands) -> str:
    what = metric_says(program, bands.by) if bands.by else ""
    if bands.how == "marginal":
        over = ", bands going on for ever" if bands.over == "ever" else f", bands going on through the {bands.over}"
        each = f" for each {bands.each}" if bands.each != "partner" else ""
        words = f"each slice's own rate{f', slices of {what},' if what else ''}{over + each if bands.over else ''}"
    elif bands.how == "step on excess":
        by = f"{what} reaches" if what else "is reached"
        above = f"what lies above {plain(bands.excess_over)}"
        words = f"the rate of the band that {by}, on {above}, and the first band's on the rest,"
    else:
        by = f"{what} reaches" if what else "is reached"
        words = f"the rate of the band that {by}, on the whole"
    return f"{words}, a floor itself being in the band below" if bands.edge == "above" else words


def rate_table(rate: Rate, currency: str) -> str:
    """The numbers of a rate."""
    if rate.bands is not None:
        return _steps(rate.bands, currency)
    if rate.kind == "by_age":
        found = [f"from month {e.from_months}: {_gives(e, currency)}" for e in rate.entries]
    elif rate.kind == "by_tier":
        found = [f"{e.tier[0]} {_gives(e, currency)}" for e in rate.entries]
    elif rate.kind == "entries":
        found = [f"{_gives(e, currency)}{_for(e)}" for e in rate.entries]
    else:
        found = [percent_words(rate.entries[0].rate or ZERO)]
    if rate.otherwise is not None:
        found.append(f"otherwise {percent_words(rate.otherwise)}")
    return ", ".join(found)


def _for(entry: RateEntry) -> str:
    """What an entry is for."""
    if entry.says:
        return f" ({entry.says})"
    if entry.tier or entry.from_months:
        return f" ({entry_words(entry)})"
    return where_words(entry.where)


def _gives(entry: RateEntry, currency: str) -> str:
    if entry.bands is not None:
        return f"bands {_steps(entry.bands, currency)}"
    return percent_words(entry.rate) if entry.rate is not None else f"{entry.amount or ZERO:,.2f} {currency}"


def _steps(bands: Bands, currency: str) -> str:
    return ", ".join(f"from {plain(s.floor)}: {_step(s, currency)}" for s in bands.steps)


def _step(step: Step, currency: str) -> str:
    amount = f"{step.amount:,.2f} {currency}"
    if not step.amount:
        return percent_words(step.rate)
    return f"{percent_words(step.rate)} and {amount}" if step.rate else amount


def factor_words(program: Program, factor: Factor) -> str:
    """A multiplier inside a sentence."""
    if factor.by_tier:
        return "the factor of your tier"
    if factor.metric:
        name = metric_says(program, factor.metric)
        return f"a factor that follows {name}" if factor.scale else name
    if factor.days:
        return f"the share of the {factor.days}'s days on which these terms are in force in the period"
    return "the factor of the most specific matching entry"


def factor_table(factor: Factor) -> str:
    """The numbers of a multiplier."""
    if factor.by_tier:
        return ", ".join(f"{tier} {plain(value)}" for tier, value in factor.by_tier.items())
    if factor.scale:
        return ", ".join(f"{plain(p.at)} = {plain(p.points)}" for p in factor.scale)
    return ", ".join(f"{plain(e.factor)} ({entry_words(e)})" for e in factor.entries)
