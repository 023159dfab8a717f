"""Funds and benefits in words: what is put in, how it is asked for and claimed, when it is lost; what tiers promise."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from partnerdesk.engine.benefits.effects import benefits_of
from partnerdesk.engine.figures.reasons import percent_words, rule_amount
from partnerdesk.engine.money import ONE
from partnerdesk.engine.rules import Benefit, Fund, Program
from partnerdesk.engine.rules.funds import ONCE, STANDING, WHOLE
from partnerdesk.engine.terms.asking import need_words
from partnerdesk.engine.world.where_words import plain
from partnerdesk.program.words.naming import listed, many, metric_says, period_noun
from partnerdesk.program.words.phrases import Said
from partnerdesk.program.words.rates import band_numbers, band_words


def fund_rule(program: Program, name: str, fund: Fund) -> Said:
    """A fund in whole sentences."""
    least = rule_amount(fund.claim_minimum, program.currency)
    bounded = [f"A claim that comes to less than {least} is none."] if fund.claim_minimum else []
    sentence = " ".join([*_put_in(program, name, fund), *_used(fund), *bounded, *_times(fund)])
    numbers = "; ".join(_numbers(program, name, fund))
    formula = f"{metric_says(program, fund.accrues_on)} × rate" if fund.accrues_on else ""
    return f"fund.{name}", fund.reference, fund.says, sentence, formula, numbers


def _put_in(program: Program, name: str, fund: Fund) -> Iterator[str]:
    purpose = f" for {fund.kind}" if fund.kind != "other" else ""
    when = f", if {need_words(program, fund.when)}" if fund.when is not None else ""
    if fund.accrues_on:
        bounds = []
        if fund.minimum:
            bounds.append(f"nothing below {rule_amount(fund.minimum, program.currency)}")
        if fund.at_most is not None:
            bounds.append(f"at most {rule_amount(fund.at_most, program.currency)}")
        limits = f" ({', '.join(bounds)})" if bounds else ""
        what = metric_says(program, fund.accrues_on)
        rate = fund.rate if not _tier_rates(program, name, fund) else None
        share, each = percent_words(rate) if rate is not None else "a rate", period_noun(fund.every)
        of = f"{share} of {what}"
        if fund.bands is not None:
            tiers = " where the tier has none of its own" if _tier_rates(program, name, fund) else ""
            of = f"{band_words(program, fund.bands, what)}{tiers}{',' * (fund.bands.how == WHOLE)}"
        yield f"At the end of each {each} {of} is put into this fund{purpose}{limits}{when}."
    if fund.grant is not None or fund.grant_by_tier:
        also = " in the one before" if fund.when is not None else ""
        yield f"Each {period_noun(fund.every)} begins with a grant{'' if fund.accrues_on else purpose}{when}{also}."
    if not (fund.accrues_on or fund.grant is not None or fund.grant_by_tier):
        yield f"It is money{purpose} that is allocated by hand."


def _used(fund: Fund) -> Iterator[str]:
    if fund.use_periods is not None:
        periods = many(fund.use_periods, period_noun(fund.every))
        ways = [f"an accrual for {periods} after its own"] * bool(fund.accrues_on)
        ways += [f"a grant for {periods}, its own included"] * bool(fund.grant is not None or fund.grant_by_tier)
        ways = ways or [f"it for {periods}"]
        yield f"You may use {' and '.join(ways)}; what is left then expires."
    if fund.use_within:
        also = "too, " if fund.use_periods is not None else ""
        noun = period_noun(fund.use_within)
        yield f"What is left of it {also}expires at the end of the {noun} in which it was put in."
    if fund.cost_share_by:
        shares = listed([f"{percent_words(share)} of {plain(kind)}" for kind, share in fund.cost_share_by.items()])
        other = percent_words(fund.cost_share)
        yield f"Of an activity's proven cost it pays at most {shares}, and {other} of any other."
    elif fund.cost_share != ONE:
        yield f"It pays at most {percent_words(fund.cost_share)} of an activity's proven cost."


def _times(fund: Fund) -> Iterator[str]:
    if fund.decide_days is not None:
        yield f"A request is decided within {many(fund.decide_days, 'day')}."
    lapse = {"returns": "goes back into the fund", "forfeited": "is forfeited"}[fund.lapsed]
    within = many(fund.claim_days, "day") if fund.claim_days is not None else ""
    within = many(fund.claim_months, "month") if fund.claim_months is not None else within
    if within:
        yield f"An approved amount is claimed within {within} of the activity, or it {lapse}."
    if fund.proof_days is not None:
        yield f"Its proof follows within {many(fund.proof_days, 'day')} of the claim, or the claim {lapse}."
    if fund.pay_days is not None:
        yield f"It is reimbursed within {many(fund.pay_days, 'day')} of the proof."


def _numbers(program: Program, name: str, fund: Fund) -> Iterator[str]:
    yield from _by_tier("rate", _tier_rates(program, name, fund), fund.rate, percent_words)
    if fund.bands is not None:
        yield f"rate {band_numbers(program, fund.bands, fund.accrues_on)}"
    yield from _by_tier("grant", fund.grant_by_tier, fund.grant, lambda amount: rule_amount(amount, program.currency))


def _tier_rates(program: Program, name: str, fund: Fund) -> dict[str, Decimal]:
    """The rates that tiers have of their own, by the fund or by a benefit."""
    rates = {tier.name: rate for tier in program.tier if (rate := _benefit_rate(program, name, tier.name)) is not None}
    return {**rates, **fund.rate_by_tier}


def _benefit_rate(program: Program, fund: str, tier: str) -> Decimal | None:
    rates = [b.fund_rate for _, b in benefits_of(program, tier) if b.fund == fund and b.fund_rate is not None]
    return max(rates, default=None)


def _by_tier(
    what: str, named: Mapping[str, Decimal], rest: Decimal | None, words: Callable[[Decimal], str]
) -> Iterator[str]:
    parts = [f"{tier} {words(value)}" for tier, value in named.items()]
    if rest is not None:
        parts.append(f"otherwise {words(rest)}" if parts else words(rest))
    if parts:
        yield f"{what} {', '.join(parts)}"


def benefit_rule(program: Program, name: str, benefit: Benefit) -> Said:
    """A benefit in a sentence: who is promised it, when it is delivered, what it changes."""
    tiers = [tier.name for tier in program.tier if name in tier.benefits]
    who = f"Promised to {_listed(tiers)} partners" if tiers else "Promised to nobody yet"
    when = {
        STANDING: "it holds as long as the tier does",
        ONCE: f"it is delivered within {many(benefit.within_days, 'day')} of entering the tier",
    }
    days = many(benefit.within_days, "day")
    said = when.get(benefit.delivered, f"it is delivered in the first {days} of each {period_noun(benefit.delivered)}")
    effects = "".join(f" {effect[:1].upper()}{effect[1:]}." for effect in effects_words(program, benefit))
    return f"benefit.{name}", benefit.reference, benefit.says, f"{who}; {said}.{effects}", "", ""


def effects_words(program: Program, benefit: Benefit) -> Iterator[str]:
    """What a benefit changes, each as a sentence without its capital and its stop."""
    if benefit.fund_rate is not None and benefit.fund in program.fund:
        fund = program.fund[benefit.fund]
        yield f"{fund.says} accrues at {percent_words(benefit.fund_rate)}"
    if benefit.protection_days is not None:
        yield f"a renewal stays yours {many(benefit.protection_days, 'day')} after the contract's end"
    if benefit.payout_days is not None:
        yield f"payouts come {many(benefit.payout_days, 'day')} after their period's end"


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
