"""What a benefit changes: the rate of a fund, the day of payouts, and until when a renewal stays the partner's."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.period import Period
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.rules import Benefit, Program, Settlement
from partnerdesk.engine.terms.versions import Version
from partnerdesk.engine.tiers.tiers import tier_on


def benefits_of(program: Program, tier: str) -> Iterator[tuple[str, Benefit]]:
    """The described benefits of a tier by name, in the order in which the tier lists them."""
    names = next((t.benefits for t in program.tier if t.name == tier), ())
    for name in names:
        if name in program.benefit:
            yield name, program.benefit[name]


def fund_rate(version: Version, fund: str, tier: str) -> tuple[Decimal | None, str]:
    """The rate at which a fund accrues in a tier, and the key that says so."""
    rule, key = version.program.fund[fund], f"fund.{fund}"
    if tier in rule.rate_by_tier:
        return rule.rate_by_tier[tier], f"{key}.rate_by_tier.{tier}"
    own = [
        (benefit.fund_rate, f"benefit.{name}.fund_rate")
        for name, benefit in benefits_of(version.program, tier)
        if benefit.fund == fund and benefit.fund_rate is not None
    ]
    return max(own, default=(rule.rate, f"{key}.rate"))


def settlement_of(reckoning: Reckoning[N], period: Period) -> Settlement:
    """The settlement of a period, its payment day that of the tier's benefits where they name one."""
    program = reckoning.terms.at_end(period).program
    rule = program.settlement
    if not any(benefit.payout_days is not None for benefit in program.benefit.values()):
        return rule
    tier = tier_on(reckoning, min(period.end, reckoning.as_of))
    days = [b.payout_days for _, b in benefits_of(program, tier) if b.payout_days is not None]
    return replace(rule, pays_after_days=min(days), pays_on_dates=(), pays_on_days=()) if days else rule
