"""What the program itself puts into a fund: accruals at a period's end, grants at a period's start."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Generic, NamedTuple

from partnerdesk.engine.benefits.effects import fund_rate
from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.metrics.metrics import measured
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import RuleRef
from partnerdesk.engine.period import Period
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.rules import Fund
from partnerdesk.engine.rules.funds import MARGINAL
from partnerdesk.engine.terms.versions import Version
from partnerdesk.engine.tiers.eligibility import takes_part
from partnerdesk.engine.tiers.needs import met
from partnerdesk.engine.tiers.tiers import tier_on


class Put(NamedTuple, Generic[N]):
    """An amount that is put in, and the last day on which it may be used."""

    id: str
    kind: str
    day: date
    amount: N
    expires: date | None
    note: str
    rule: RuleRef | None


def put_in(reckoning: Reckoning[N], name: str, through: date) -> Iterator[Put[N]]:
    """All accruals and grants of a fund up to a day, each under the version of its day."""
    for unit in dict.fromkeys(v.program.fund[name].every for v in reckoning.terms.versions if name in v.program.fund):
        for period in reckoning.calendar.between(reckoning.first, through, unit):
            begun = max(period.start, reckoning.first)
            granting = _in_force(reckoning, name, unit, begun)
            if granting is not None and begun <= through:
                yield from _grant(reckoning, granting, name, period, begun)
            accruing = _in_force(reckoning, name, unit, period.end)
            if accruing is not None and period.end <= through:
                yield from _accrual(reckoning, accruing, name, period)


def _in_force(reckoning: Reckoning[N], name: str, unit: str, day: date) -> Version | None:
    """The version of a day, if it has the fund and puts into it by these periods."""
    version = reckoning.terms.at(day)
    rule = version.program.fund.get(name)
    return version if rule is not None and rule.every == unit and version.start <= day else None


def _accrual(reckoning: Reckoning[N], version: Version, name: str, period: Period) -> Iterator[Put[N]]:
    rule, key, ar = version.program.fund[name], f"fund.{name}", reckoning.arithmetic
    terms = version.metrics.get(rule.accrues_on)
    if terms is None or not _is_open(reckoning, version, rule, period):
        return
    tier = tier_on(reckoning, period.end)
    found = measured(reckoning, terms, period).value
    part = _share(reckoning, version, name, tier, found, period) if found is not None else None
    if part is None:
        return
    rounding = version.program.rounding
    amount = ar.round(part, rounding.decimals, rounding.mode)
    if rule.at_most is not None:
        most = ar.rule(rule.at_most, reckoning.currency, "at most", version.origin(f"{key}.at_most"))
        amount = ar.least([amount, most], reckoning.currency, f"{rule.says}, at most")
    if amount <= ZERO or amount < rule.minimum:
        return
    expires = _last_day(reckoning, rule, period, 0)
    amount = ar.because(amount, f"{tier} in {period}" if tier else str(period))
    yield Put(
        f"accrual:{name}:{period.label}",
        "accrual",
        period.end,
        amount,
        expires,
        f"accrued in {period}",
        version.ref(key, rule.reference),
    )


def _share(reckoning: Reckoning[N], version: Version, name: str, tier: str, found: N, period: Period) -> N | None:
    """The rate of what a metric measures: that of the tier, else that of the band, else the fund's own."""
    rule, ar, currency = version.program.fund[name], reckoning.arithmetic, reckoning.currency
    rate, where = fund_rate(version, name, tier)
    if rate is not None:
        share = ar.rule(rate, "%", f"rate of {rule.says}", version.origin(where))
        return ar.product([found, share], currency, rule.says)
    if rule.bands is None:
        return None
    bands, origin = rule.bands, version.origin(f"fund.{name}.bands")
    steps = [(step.floor, step.rate) for step in bands.steps]
    if bands.how == MARGINAL:
        return ar.slices(found, None, steps, ar.cut(found, None, steps), currency, rule.says, origin)
    size = measured(reckoning, version.metrics[bands.by], period).value if bands.by else found
    if size is None:
        return None
    share = ar.step(size, steps, "%", f"rate of {rule.says}", origin, bands.edge)
    return ar.product([found, share], currency, rule.says)


def _grant(reckoning: Reckoning[N], version: Version, name: str, period: Period, begun: date) -> Iterator[Put[N]]:
    rule, key = version.program.fund[name], f"fund.{name}"
    before = reckoning.calendar.after(period, -1)
    amount, where = granted(rule, key, tier_on(reckoning, begun))
    if amount is None or amount <= ZERO or not takes_part(reckoning, period):
        return
    if rule.when is not None and not met(reckoning, version, rule.when, before):
        return
    figure = reckoning.arithmetic.rule(amount, reckoning.currency, f"{rule.says}, granted", version.origin(where))
    expires = _last_day(reckoning, rule, period, 1)
    id = f"grant:{name}:{period.label}"
    yield Put(id, "grant", begun, figure, expires, f"granted for {period}", version.ref(key, rule.reference))


def granted(rule: Fund, key: str, tier: str) -> tuple[Decimal | None, str]:
    """What a tier is granted a period, and the key that says so."""
    if tier in rule.grant_by_tier:
        return rule.grant_by_tier[tier], f"{key}.grant_by_tier.{tier}"
    return rule.grant, f"{key}.grant"


def _is_open(reckoning: Reckoning[N], version: Version, rule: Fund, period: Period) -> bool:
    if not takes_part(reckoning, period):
        return False
    return rule.when is None or met(reckoning, version, rule.when, period)


def _last_day(reckoning: Reckoning[N], rule: Fund, period: Period, own: int) -> date | None:
    """The last day on which it may be used; `own` is 1 where the period itself counts, being put in at its start."""
    ends = []
    if rule.use_periods is not None:
        ends.append(reckoning.calendar.after(period, rule.use_periods - own).end)
    if rule.use_within:
        ends.append(reckoning.calendar.at(period.start if own else period.end, rule.use_within).end)
    return min(ends, default=None)
