"""Funds and benefits: what they name exists, rates have something to be of, times and shares that can be."""

from collections.abc import Iterator

from partnerdesk.engine.money import ONE, ZERO
from partnerdesk.engine.period import MONTHS
from partnerdesk.engine.rules import Bands, Benefit, Fund, Program
from partnerdesk.engine.rules.funds import MARGINAL, ONCE, STANDING, WHOLE
from partnerdesk.program.lint.found import Found, unknown
from partnerdesk.program.lint.rates import band_problems
from partnerdesk.program.lint.tiers import need_problems

_TIMES = ("decide_days", "claim_days", "claim_months", "proof_days", "pay_days")


def funds(program: Program) -> Iterator[Found]:
    """All problems of a program's funds and of what it says of benefits."""
    for name, fund in program.fund.items():
        yield from _fund(program, f"fund.{name}", name, fund)
    promised = {benefit for tier in program.tier for benefit in tier.benefits}
    for name, benefit in program.benefit.items():
        yield from _benefit(program, f"benefit.{name}", benefit)
        if name not in promised:
            message = f"no tier lists {name} among its benefits: nobody is promised it."
            yield f"benefit.{name}", message, f'Add benefits = ["{name}"] to a tier.', True


def _fund(program: Program, path: str, name: str, fund: Fund) -> Iterator[Found]:
    if fund.when is not None:
        yield from need_problems(program, fund.when, f"{path}.when")
    yield from _by_tier(program, path, fund)
    yield from _accrual(program, path, name, fund)
    yield from _amounts(path, fund)
    yield from _claims(path, fund)
    yield from _uses(path, fund)


def _by_tier(program: Program, path: str, fund: Fund) -> Iterator[Found]:
    tiers = [tier.name for tier in program.tier]
    for key in ("rate_by_tier", "grant_by_tier"):
        for tier, value in getattr(fund, key).items():
            if tier not in tiers:
                yield unknown(f"{path}.{key}.{tier}", "tier", tier, tiers)
            if value < ZERO:
                yield f"{path}.{key}.{tier}", "it is below zero.", "Write 0 for nothing.", False


def _amounts(path: str, fund: Fund) -> Iterator[Found]:
    for key in ("rate", "grant", "minimum", "at_most"):
        if (getattr(fund, key) or ZERO) < ZERO:
            yield f"{path}.{key}", "it is below zero.", "Write zero or more.", False
    if fund.at_most is not None and fund.at_most < fund.minimum:
        yield f"{path}.at_most", "it is below the minimum: nothing is ever put in.", "Correct one of them.", False


def _uses(path: str, fund: Fund) -> Iterator[Found]:
    if fund.use_periods is not None and fund.use_periods < 1:
        yield f"{path}.use_periods", "it may be used in at least one period.", "Write 1 or more.", False
    if fund.use_within and fund.accrues_on and MONTHS[fund.use_within] <= MONTHS[fund.every]:
        message = f"an accrual at a {fund.every}'s end expires on that very day."
        yield f"{path}.use_within", message, "Name a longer unit, or use_periods.", True
    for key in _TIMES:
        if (getattr(fund, key) or 0) < 0:
            yield f"{path}.{key}", "the time ends before it begins.", "Write zero or more.", False
    if fund.lapsed == "forfeited" and (fund.claim_days, fund.claim_months, fund.proof_days) == (None, None, None):
        yield f"{path}.lapsed", "nothing ever lapses.", "Add claim_days, claim_months or proof_days.", True


def _claims(path: str, fund: Fund) -> Iterator[Found]:
    """What a claim may come to, and until when it comes."""
    if not ZERO < fund.cost_share <= ONE:
        yield f"{path}.cost_share", "the share lies between 0 and 1.", "Write 0.5 for half.", False
    for kind, share in fund.cost_share_by.items():
        if not ZERO <= share <= ONE:
            at = f"{path}.cost_share_by.{kind}"
            yield at, "the share lies between 0 and 1.", "Write 0.5 for half, 0 for what is not paid.", False
    if fund.claim_minimum < ZERO:
        yield f"{path}.claim_minimum", "it is below zero.", "Write zero or more.", False
    if fund.claim_days is not None and fund.claim_months is not None:
        message = "the time to claim is given in days and in months."
        yield f"{path}.claim_months", message, "Keep one of claim_days and claim_months.", False


def _accrual(program: Program, path: str, name: str, fund: Fund) -> Iterator[Found]:
    rates = [*fund.rate_by_tier.values(), *([fund.rate] if fund.rate is not None else [])]
    rates += [step.rate for step in fund.bands.steps] if fund.bands is not None else []
    rates += [b.fund_rate for b in program.benefit.values() if b.fund == name and b.fund_rate is not None]
    if not fund.accrues_on:
        if rates:
            yield path, "it has a rate of nothing.", "Name the metric: accrues_on.", False
        return
    if fund.accrues_on not in program.metric:
        yield unknown(f"{path}.accrues_on", "metric", fund.accrues_on, list(program.metric))
    if not rates:
        yield path, "it accrues at no rate.", "Add rate, rate_by_tier, bands, or a benefit with fund_rate.", False
    if fund.bands is not None:
        yield from _bands(program, f"{path}.bands", fund, fund.bands)


def _bands(program: Program, path: str, fund: Fund, bands: Bands) -> Iterator[Found]:
    """Bands of an accrual: rates alone, in one of two ways, for the whole that a metric measures."""
    if fund.rate is not None:
        yield path, "it has one rate, and rates by size.", "Keep one of rate and bands.", False
    if bands.how not in (MARGINAL, WHOLE):
        yield path, f"a fund does not accrue by “{bands.how}”.", f'Write how = "{MARGINAL}" or "{WHOLE}".', False
    if bands.by and bands.how == MARGINAL:
        yield path, "slices are those of what it accrues on.", f'Drop by, or write how = "{WHOLE}".', False
    if (bands.over, bands.floors_of, bands.floors_times) != ("", "bases", ""):
        message = "floors of an accrual are those of one period's metric."
        yield path, message, "Drop over, floors_of and floors_times, and choose the metric's window.", False
    for number, step in enumerate(bands.steps):
        if step.amount:
            yield f"{path}.steps.{number}", "a band puts in a rate alone.", "Write a fixed amount as a grant.", False
        if step.rate < ZERO:
            yield f"{path}.steps.{number}", "the rate is below zero.", "Write 0 for nothing.", False
    yield from band_problems(program, path, bands, "")


def _benefit(program: Program, path: str, benefit: Benefit) -> Iterator[Found]:
    if (benefit.fund_rate is None) != (not benefit.fund):
        yield path, "a fund and its rate belong together.", "Give both fund and fund_rate, or neither.", False
    if benefit.fund and benefit.fund not in program.fund:
        yield unknown(f"{path}.fund", "fund", benefit.fund, list(program.fund))
    for key in ("fund_rate", "protection_days", "payout_days"):
        if (getattr(benefit, key) or 0) < 0:
            yield f"{path}.{key}", "it is below zero.", "Write zero or more.", False
    if benefit.delivered == STANDING and benefit.within_days != Benefit(says="").within_days:
        message = "what simply holds is not delivered within days."
        yield f"{path}.within_days", message, f'Write delivered = "{ONCE}", or drop it.', True
