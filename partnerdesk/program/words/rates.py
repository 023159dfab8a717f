"""Rates and multipliers inside a sentence, and their numbers."""

from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from partnerdesk.engine.figures.reasons import percent_words, rule_amount
from partnerdesk.engine.money import ONE, ZERO
from partnerdesk.engine.rules import Bands, Factor, FactorEntry, Program, Rate, RateEntry, Step
from partnerdesk.engine.terms.asking import need_words, value_words
from partnerdesk.engine.terms.tables import AGED, EVENTS
from partnerdesk.engine.world.where_words import plain, spoken, tests_words
from partnerdesk.program.words.naming import earning_names, is_many, listed, metric_says, period_noun


class Paid(NamedTuple):
    """What a rate pays: a share of money, or an amount of the currency for each unit of what is no money."""

    currency: str
    is_share: bool = True
    is_amount: bool = False  # of a bare number, which at a rate of 1 is the amount itself
    is_factor: bool = False  # a number as it stands: of a base that is no money, multiplied with slices of a metric

    def words(self, rate: Decimal) -> str:
        if self.is_factor:
            return f"× {plain(rate)}"
        return percent_words(rate) if self.is_share else f"{rule_amount(rate, self.currency)} for each one"


# Which of several entries counts.
_WINS = {
    "most specific": "the most specific one that fits",
    "first": "the first one that fits",
    "greatest": "of those that fit, the one that pays most",
}
_INLINE, _FEW = 6, 4  # tiers and cases that a sentence says one by one


def rate_words(program: Program, rate: Rate, base: str, paid: Paid) -> str:
    """What is earned of a base, inside a sentence: "10 % of the amount"."""
    of, on = (f" of {base}", f" on {base}") if base else ("", "")
    if rate.bands is not None:
        words = band_words(program, rate.bands, base)
    elif rate.kind == "by_tier" and len(rate.entries) <= _INLINE:
        first, *more = [(paid.words(e.rate or ZERO), e.tier[0]) for e in rate.entries]
        words = listed([f"{first[0]}{of} as {first[1]}", *(f"{gives} as {tier}" for gives, tier in more)])
    elif rate.kind == "by_tier":
        words = f"a rate{on} that depends on your tier"
    elif rate.kind == "by_age":
        words = _by_age(program, rate, of, paid)
    elif rate.kind == "entries" and _is_short(rate):
        words = _by_case(program, rate, of, paid)
    elif rate.kind == "entries":
        is_aged = rate.age_of != "customer" and any(e.from_months for e in rate.entries)
        words = (f"a rate{on}" if base else "an amount") + f" by case ({_WINS[rate.resolve]})"
        words += f" and by the age of the {AGED[rate.age_of]}" if is_aged else ""
    elif paid.is_amount and rate.entries[0].rate == ONE:
        return f"{base}, as an amount in {paid.currency}"
    else:
        return f"{paid.words(rate.entries[0].rate or ZERO)}{of}"
    return words if rate.otherwise is None else f"{words} (where none applies, {paid.words(rate.otherwise)})"


def _by_age(program: Program, rate: Rate, of: str, paid: Paid) -> str:
    """5 % of the amount, 6 % from month 12 and 7.5 % from month 24 of the customer's age."""
    age = "the customer's" if rate.age_of == "customer" else f"the {AGED[rate.age_of]}'s"
    said = []
    for number, entry in enumerate(rate.entries):
        since = f" from month {entry.from_months}" if entry.from_months else ""
        words = f"{_gives(program, entry, paid)}{'' if number else of}{since}"
        said.append(words.removesuffix(",") if len(rate.entries) > 2 else words)
    is_aged = any(entry.from_months for entry in rate.entries)
    return listed(said) + (f" of {age} age" if is_aged else "")


def _is_short(rate: Rate) -> bool:
    """Whether a sentence can say every entry."""
    plain_ones = all(e.bands is None and not e.from_months and not e.says for e in rate.entries)
    return len(rate.entries) <= _FEW and plain_ones


def _by_case(program: Program, rate: Rate, of: str, paid: Paid) -> str:
    """40 % of the amount where product's family is Pro, 10 % otherwise."""
    several, said = len(rate.entries) > 1, []
    for entry in _general_last(rate):
        said.append(
            f"{_gives(program, entry, paid)}{of if entry.rate is not None else ''}{_for(program, entry, several)}"
        )
        of = "" if entry.rate is not None else of
    wins = f" ({_WINS[rate.resolve]})" if rate.resolve != "most specific" and several else ""
    return ", ".join(said) + wins


def _general_last(rate: Rate) -> list[RateEntry]:
    """The entries in the order of the text, but those for every event last where a more specific one comes first."""
    if rate.resolve != "most specific":
        return list(rate.entries)
    return sorted(rate.entries, key=lambda e: not (e.where or e.tier or e.when or e.from_months))


def band_words(program: Program, bands: Bands, base: str) -> str:
    """What bands give of a base, inside a sentence: "a rate on each slice of the amount"."""
    base = base.removesuffix(",")  # of what stands between commas
    what = metric_says(program, bands.by) if bands.by else ""
    reach = f"{what} {'reach' if is_many(program.metric[bands.by].says) else 'reaches'}" if what else "it reaches"
    if not any(step.rate for step in bands.steps):
        words = _amount_words(program, bands, what or base)
    elif bands.how == "marginal":
        slices = f"rate on each slice of {what or base}"
        words = f"{base} times a {slices}" if what else f"a {slices}"
    elif bands.how == "step on excess":
        above = f"what lies above {plain(bands.excess_over)} of {base}"
        words = f"the rate of the band that {reach} on {above}, and the first band's rate on the rest"
    else:
        words = f"a rate on the whole of {base}, by the band that {reach}"
    if bands.how == "marginal":
        words += _going_on(program, bands)
    words += f", each floor times the {spoken(bands.floors_times)}" if bands.floors_times else ""
    return f"{words}, where a floor itself belongs to the band below" if bands.edge == "above" else words


def _going_on(program: Program, bands: Bands) -> str:
    """Through what marginal bands go on, or by what was paid they fill up."""
    each = f" for each {bands.each}" if bands.each != "partner" else ""
    if bands.floors_of == "paid":
        beside = (
            f" with {earning_names(program, bands.paid_with)}, theirs up to the day before" if bands.paid_with else ""
        )
        return f", by what was paid{each} {_so_far(bands)}{beside}"
    if bands.floors_of == EVENTS:
        return f", by how many there were{each} {_so_far(bands)}"
    if bands.floors_of != "bases":
        return f", by the {spoken(bands.floors_of)}{f'{each} {_so_far(bands)}' if bands.over else ' of the event'}"
    over = "all years" if bands.over == "ever" else f"the {period_noun(bands.over)}"
    return f", the bands going on through {over}{each}" if bands.over else ""


def _so_far(bands: Bands) -> str:
    return "so far" if bands.over == "ever" else f"so far in the {period_noun(bands.over)}"


def _amount_words(program: Program, bands: Bands, sized: str) -> str:
    """What bands pay that have amounts alone: one amount, or one for each band that is entered."""
    verb = "reach" if bands.by and is_many(program.metric[bands.by].says) else "reaches"
    if bands.how == "marginal":
        return f"a fixed amount for each band that {sized} {verb}"
    return f"a fixed amount by the band that {sized} {verb}"


def rate_table(program: Program, rate: Rate, paid: Paid) -> str:
    """The numbers of a rate."""
    if rate.bands is not None:
        return _steps(program, rate.bands, paid)
    if rate.kind == "by_age":
        found = [f"from month {e.from_months}: {_gives(program, e, paid)}" for e in rate.entries]
    elif rate.kind == "by_tier":
        found = [f"{e.tier[0]} {_gives(program, e, paid)}" for e in rate.entries]
    elif rate.kind == "entries":
        several = len(rate.entries) > 1
        found = [f"{_gives(program, e, paid)}{_for(program, e, several)}" for e in _general_last(rate)]
    else:
        flat = rate.entries[0].rate or ZERO
        found = [paid._replace(is_factor=paid.is_amount and flat == ONE).words(flat)]
    if rate.otherwise is not None:
        found.append(f"where none applies {paid.words(rate.otherwise)}")
    return ("; " if any(entry.bands for entry in rate.entries) else ", ").join(found)


def _for(program: Program, entry: RateEntry | FactorEntry, several: bool) -> str:
    """What an entry is for: " for Gold where product's family is Pro from month 12 on"."""
    said = f" ({entry.says})" if isinstance(entry, RateEntry) and entry.says else ""
    tiers = f" for {listed(list(entry.tier), 'or')}" if entry.tier else ""
    where = f" where {tests_words(entry.where)}" if entry.where else ""
    asked = f" if {need_words(program, entry.when)}" if entry.when is not None else ""
    age = f" from month {entry.from_months} on" if isinstance(entry, RateEntry) and entry.from_months else ""
    return f"{tiers}{where}{asked}{age}{said}" or (" otherwise" if several else "")


def _gives(program: Program, entry: RateEntry, paid: Paid) -> str:
    if entry.bands is not None:
        return f"{band_words(program, entry.bands, 'it')} ({_steps(program, entry.bands, paid)})"
    return paid.words(entry.rate) if entry.rate is not None else rule_amount(entry.amount or ZERO, paid.currency)


def _steps(program: Program, bands: Bands, paid: Paid) -> str:
    has_rates = any(step.rate for step in bands.steps)
    if bands.floors_times:
        of = " paid" if bands.floors_of == "paid" else ""
        said = [(f"{plain(step.floor)} × the {spoken(bands.floors_times)}{of}", step) for step in bands.steps]
    elif bands.floors_of == "paid":
        said = [(f"{rule_amount(step.floor, paid.currency)} paid", step) for step in bands.steps]
    elif bands.floors_of == EVENTS:
        said = [(f"number {plain(step.floor + 1)} on", step) for step in bands.steps]
    elif bands.floors_of != "bases":
        said = [(f"{plain(step.floor)} {spoken(bands.floors_of)}", step) for step in bands.steps]
    else:
        said = [(value_words(program, bands.by, step.floor), step) for step in bands.steps]
    if bands.by and bands.how == "marginal" and not paid.is_share:
        paid = paid._replace(is_factor=True)  # of the slices, with which the base is multiplied
    starts = "above" if bands.edge == "above" and bands.floors_of != EVENTS else "from"
    return ", ".join(f"{starts} {floor}: {_step(step, paid, has_rates)}" for floor, step in said)


def band_numbers(program: Program, bands: Bands, sized: str) -> str:
    """The floors and rates of bands whose size is a metric's: from 0: 3 %, from 7,500: 4 %."""
    return _steps(program, bands if bands.by else replace(bands, by=sized), Paid(program.currency))


def _step(step: Step, paid: Paid, has_rates: bool) -> str:
    amount = rule_amount(step.amount, paid.currency)
    if not step.amount:
        return paid.words(step.rate) if has_rates else "nothing"
    return f"{paid.words(step.rate)} and {amount}" if step.rate else amount


_DAYS_OF = {
    "version": "these terms are in force",
    "partner": "the partner is in the program",
    "both": "these terms are in force and the partner is in the program",
}


def factor_words(program: Program, factor: Factor) -> str:
    """A multiplier inside a sentence."""
    if factor.by_tier:
        return listed([f"{plain(value)} as {tier}" for tier, value in factor.by_tier.items()])
    if factor.metric:
        name = metric_says(program, factor.metric)
        return f"a factor that follows {name}" if factor.scale else name
    if factor.days:
        unit = period_noun(factor.days)
        return f"the share of the {unit}'s days on which {_DAYS_OF[factor.days_of]} in the period"
    if len(factor.entries) <= _FEW:
        several = len(factor.entries) > 1
        return ", ".join(f"{plain(e.factor)}{_for(program, e, several)}" for e in factor.entries)
    return "a factor by case (the most specific one that fits)"


def factor_table(program: Program, factor: Factor) -> str:
    """The numbers of a multiplier, but for those that its sentence says."""
    if factor.scale:
        points = [f"{value_words(program, factor.metric, p.at)} = {plain(p.points)}" for p in factor.scale]
        return ", ".join(points) + (", in proportion in between" if len(points) > 1 else "")
    several = len(factor.entries) > 1
    return ", ".join(f"{plain(e.factor)}{_for(program, e, several)}" for e in factor.entries)
