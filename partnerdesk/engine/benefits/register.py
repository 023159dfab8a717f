"""The register of benefits: what the tier in force promises, since when, and whether it was delivered."""

from collections.abc import Iterator
from datetime import date, timedelta

from partnerdesk.engine.benefits.effects import benefits_of
from partnerdesk.engine.benefits.protection import protection_words
from partnerdesk.engine.facts import Activity
from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.figures.reasons import percent_words
from partnerdesk.engine.outcome import BenefitView
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.rules import Benefit, Program
from partnerdesk.engine.rules.funds import ONCE, STANDING
from partnerdesk.engine.terms.versions import Version
from partnerdesk.engine.tiers.eligibility import takes_part
from partnerdesk.engine.tiers.tiers import in_force_since, tier_on

_DAY = timedelta(days=1)
DELIVERY = "benefit"  # the kind of an activity that delivers one


def benefits(reckoning: Reckoning[N]) -> dict[str, BenefitView]:
    """The benefits of the tier in force on the as-of day, by name, in the order of the tier's list."""
    day = reckoning.as_of
    version = reckoning.terms.at(day)
    if not version.program.tier or not takes_part(reckoning, reckoning.terms.statement_period(day)):
        return {}
    tier = tier_on(reckoning, day)
    return {view.key: view for view in _views(reckoning, version, tier)}


def _views(reckoning: Reckoning[N], version: Version, tier: str) -> Iterator[BenefitView]:
    since, described = _since(reckoning), dict(benefits_of(version.program, tier))
    for name in next(t.benefits for t in version.program.tier if t.name == tier):
        if name in described:
            yield _view(reckoning, version, tier, since, name, described[name])
        else:
            rule = version.ref(f"tier.{tier}")
            yield BenefitView(name, plainly(name), tier, since, STANDING, None, None, "", "", (), rule)


def plainly(name: str) -> str:
    """The name of a benefit that nothing more is said of, as people read it: "premium-support"."""
    return name.replace("-", " ").replace("_", " ").capitalize()


def _since(reckoning: Reckoning[N]) -> date | None:
    """The first day of the tier in force: by decision or review, else as far back as every day shows the same.

    None is in force under a version without tiers: what is held again after one begins anew.
    """
    day, tier = reckoning.as_of, tier_on(reckoning, reckoning.as_of)
    begun = max(reckoning.began, _tiered_since(reckoning, day))
    known = in_force_since(reckoning, day)
    if known is not None:
        return max(known, begun)
    months = (month.start for month in reckoning.calendar.between(begun, day, "month"))
    for first in sorted({*months, *(v.start for v in reckoning.terms.versions)}, reverse=True):
        if begun < first <= day and tier_on(reckoning, first - _DAY) != tier:
            return first
    return begun


def _tiered_since(reckoning: Reckoning[N], day: date) -> date:
    """The first day from which every version up to a day has tiers."""
    at, first = reckoning.terms.at, reckoning.terms.at(day).start
    oldest = reckoning.terms.versions[0].start
    while first > oldest and at(first - _DAY).program.tier:
        first = at(first - _DAY).start
    return first


def _view(
    reckoning: Reckoning[N], version: Version, tier: str, since: date | None, name: str, benefit: Benefit
) -> BenefitView:
    first = since or reckoning.first
    if benefit.delivered not in (STANDING, ONCE):
        first = max(first, reckoning.calendar.at(reckoning.as_of, benefit.delivered).start)
    due = None if benefit.delivered == STANDING else first + timedelta(days=benefit.within_days)
    row = _delivery(reckoning, first, {name.casefold(), benefit.says.casefold()})
    state = STANDING
    if row is not None:
        state = "delivered"
    elif due is not None:
        state = "due" if due >= reckoning.as_of else "late"
    done, by, evidence = (row.day, row.verified_by, row.evidence) if row is not None else (None, "", "")
    effects = (*effect_words(version.program, benefit), *protection_words(reckoning, name))
    rule = version.ref(f"benefit.{name}", benefit.reference)
    return BenefitView(name, benefit.says, tier, since, state, due, done, by, evidence, effects, rule)


def _delivery(reckoning: Reckoning[N], first: date, names: set[str]) -> Activity | None:
    """The last activity since a day that delivered a benefit of these names."""
    rows: list[Activity] = reckoning.world.series("activity", "day").between(first, reckoning.as_of)
    found = [row for row in rows if row.kind == DELIVERY and row.title.strip().casefold() in names]
    return found[-1] if found else None


def effect_words(program: Program, benefit: Benefit) -> Iterator[str]:
    """What a benefit changes, in words."""
    if benefit.fund_rate is not None:
        fund = program.fund.get(benefit.fund)
        yield f"{percent_words(benefit.fund_rate)} into {fund.says if fund else benefit.fund}"
    if benefit.protection_days is not None:
        yield f"renewals protected {benefit.protection_days} days after the contract's end"
    if benefit.payout_days is not None:
        yield f"payouts {benefit.payout_days} days after their period's end"
