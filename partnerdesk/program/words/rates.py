"""Rates and multipliers inside a sentence, and their numbers."""

from decimal import Decimal
from typing import NamedTuple

from partnerdesk.engine.earnings.streams import AGED
from partnerdesk.engine.earnings.tables import entry_words
from partnerdesk.engine.metric_terms import unit_of
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.reasons import exact_words, percent_words, rule_amount
from partnerdesk.engine.rules import Bands, Factor, Program, Rate, RateEntry, Step
from partnerdesk.engine.where import plain
from partnerdesk.program.words.phrases import metric_says, where_words


class Paid(NamedTuple):
    """What a rate pays: a share of money, or an amount of the currency for each unit of what is no money."""

    currency: str
    is_share: bool = True

    def words(self, rate: Decimal) -> str:
        return percent_words(rate) if self.is_share else f"{exact_words(rate)} {self.currency} for each one"


_WINS = {
    "most specific": "the most specific matching entry",
    "first": "the first matching entry",
    "greatest": "the matching entry that pays most",
}


def rate_words(program: Program, rate: Rate, base: str, paid: Paid) -> str:
    """What is earned of a base, inside a sentence: "10 % of the amount"."""
    of = f" of {base}" if base else ""
    if rate.bands is not None:
        words = _band_words(program, rate.bands, base)
    elif rate.kind == "by_tier":
        words = f"the rate of your tier{of}"
    elif rate.kind == "by_age":
        age = "the customer's age" if rate.age_of == "customer" else f"the age of the {AGED[rate.age_of]}"
        words = f"a rate{of} that grows with {age}"
    elif rate.kind == "entries":
        is_aged = rate.age_of != "customer" and any(e.from_months for e in rate.entries)
        words = f"a rate{of}" if base else "an amount"
        words += f" by {_WINS[rate.resolve]}" + (f", by the age of the {AGED[rate.age_of]}" if is_aged else "")
    else:
        return f"{paid.words(rate.entries[0].rate or ZERO)}{of}"
    return words if rate.otherwise is None else f"{words} (where none applies, {paid.words(rate.otherwise)})"


def _band_words(program: Program, bands: Bands, base: str) -> str:
    what = metric_says(program, bands.by) if bands.by else ""
    reached = f"the rate of the band that {f'{what} reaches' if what else 'is reached'}"
    if bands.how == "marginal":
        over = ", bands going on for ever" if bands.over == "ever" else f", bands going on through the {bands.over}"
        each = f" for each {bands.each}" if bands.each != "partner" else ""
        slices = f"each slice of {what or base} at its own rate"
        words = (f"{base} times {slices}" if what else slices) + (over + each if bands.over else "")
    elif bands.how == "step on excess":
        above = f"what lies above {plain(bands.excess_over)} of {base}"
        words = f"{reached}, on {above}, and the first band's on the rest"
    else:
        words = f"{reached}, on the whole of {base}"
    return f"{words}, a floor itself being in the band below" if bands.edge == "above" else words


def rate_table(program: Program, rate: Rate, paid: Paid) -> str:
    """The numbers of a rate."""
    if rate.bands is not None:
        return _steps(program, rate.bands, paid)
    if rate.kind == "by_age":
        found = [f"from month {e.from_months}: {_gives(program, e, paid)}" for e in rate.entries]
    elif rate.kind == "by_tier":
        found = [f"{e.tier[0]} {_gives(program, e, paid)}" for e in rate.entries]
    elif rate.kind == "entries":
        found = [f"{_gives(program, e, paid)}{_for(program, e)}" for e in rate.entries]
    else:
        found = [paid.words(rate.entries[0].rate or ZERO)]
    if rate.otherwise is not None:
        found.append(f"otherwise {paid.words(rate.otherwise)}")
    return ", ".join(found)


def _for(program: Program, entry: RateEntry) -> str:
    """What an entry is for."""
    if entry.says:
        return f" ({entry.says})"
    if entry.tier or entry.from_months or entry.when is not None:
        return f" ({entry_words(program, entry)})"
    return where_words(entry.where)


def _gives(program: Program, entry: RateEntry, paid: Paid) -> str:
    if entry.bands is not None:
        return f"bands {_steps(program, entry.bands, paid)}"
    return paid.words(entry.rate) if entry.rate is not None else rule_amount(entry.amount or ZERO, paid.currency)


def _steps(program: Program, bands: Bands, paid: Paid) -> str:
    is_share = bool(bands.by) and unit_of(program, bands.by, program.currency) == "%"
    floor = percent_words if is_share else plain
    return ", ".join(f"from {floor(s.floor)}: {_step(s, paid)}" for s in bands.steps)


def _step(step: Step, paid: Paid) -> str:
    amount = rule_amount(step.amount, paid.currency)
    if not step.amount:
        return paid.words(step.rate)
    return f"{paid.words(step.rate)} and {amount}" if step.rate else amount


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


def factor_table(program: Program, factor: Factor) -> str:
    """The numbers of a multiplier."""
    if factor.by_tier:
        return ", ".join(f"{tier} {plain(value)}" for tier, value in factor.by_tier.items())
    if factor.scale:
        return ", ".join(f"{plain(p.at)} = {plain(p.points)}" for p in factor.scale)
    return ", ".join(f"{plain(e.factor)} ({entry_words(program, e)})" for e in factor.entries)
