"""Where a partner stands at the end of a review period: every tier, every requirement, what each lacks."""

from partnerdesk.engine.figure import N
from partnerdesk.engine.metrics import measured
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.needs import met, within
from partnerdesk.engine.outcome import Requirement, Standing, TierView
from partnerdesk.engine.period import Period
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.rules import Need, TierRule
from partnerdesk.engine.scoring import scored
from partnerdesk.engine.terms import Version
from partnerdesk.engine.tiers import in_force_since, need_label, proposal, reached, score_floor, tier_on


def standing(reckoning: Reckoning[N], period: Period) -> Standing[N]:
    """The tier in force, the tier reached, the way to the next one, under the version of the period's end."""
    version = reckoning.terms.at_end(period)
    program = version.program
    current = tier_on(reckoning, min(period.end, reckoning.as_of))
    rank = [t.name for t in program.tier].index(current)
    tiers = tuple(_view(reckoning, version, tier, i, period) for i, tier in enumerate(program.tier))
    following = tiers[rank + 1] if rank + 1 < len(tiers) else None
    return Standing(
        period=period,
        tier=current,
        rank=rank,
        since=in_force_since(reckoning, min(period.end, reckoning.as_of)),
        reached=reached(reckoning, version, period),
        tiers=tiers,
        next_tier=following.name if following else None,
        points_short=_points_short(reckoning, version, following, period),
        proposal=proposal(reckoning, version, period),
        rule=version.ref("tiers", program.tiers.reference),
    )


def _points_short(reckoning: Reckoning[N], version: Version, tier: TierView[N] | None, period: Period) -> N | None:
    score = scored(reckoning, version, period)
    if tier is None or tier.score_floor is None or score is None:
        return None
    ar, where = reckoning.arithmetic, version.origin("tier")
    floor = ar.rule(tier.score_floor, "points", f"{tier.name} from", where)
    gap = ar.difference(floor, score.total, "points", f"short of {tier.name}")
    return ar.greatest([gap, ar.rule(ZERO, "points", "nothing", where)], "points", f"short of {tier.name}")


def _view(reckoning: Reckoning[N], version: Version, tier: TierRule, rank: int, period: Period) -> TierView[N]:
    if tier.requires is None:
        requirement: Requirement[N] = Requirement(text="Open to every partner", kind="all", met=True)
    else:
        requirement = requirement_view(reckoning, version, tier.requires, period)
    return TierView(tier.name, rank, score_floor(tier.requires), requirement, tier.benefits)


def requirement_view(reckoning: Reckoning[N], version: Version, need: Need, period: Period) -> Requirement[N]:
    """A requirement with its value, what is needed and what is missing."""
    for kind, parts in (("all", need.all), ("any", need.any), ("at_least", need.of)):
        if parts:
            views = tuple(requirement_view(reckoning, version, n, period) for n in parts)
            text = {"all": "All of", "any": "One of", "at_least": f"At least {need.some} of"}[kind]
            is_met = met(reckoning, version, need, period)
            return Requirement(text=need.says or text, kind=kind, met=is_met, parts=views)
    if need.partner:
        return Requirement(text=need.says or "Partner", kind="partner", met=met(reckoning, version, need, period))
    return _single(reckoning, version, need, period)


def _single(reckoning: Reckoning[N], version: Version, need: Need, period: Period) -> Requirement[N]:
    """A requirement on the score or on one metric."""
    label, missing = need_label(version.program, need), ""
    if need.score:
        score = scored(reckoning, version, period)
        value, unit = score.total if score else None, "points"
    else:
        found = measured(reckoning, version.metrics[need.metric], period)
        value, unit, missing = found.value, version.metrics[need.metric].unit, found.missing
    needed = next((b for b in (need.at_least, need.above, need.at_most, need.below) if b is not None), ZERO)
    return Requirement(
        text=need.says or label,
        kind="score" if need.score else "metric",
        met=value is not None and within(need)(value),
        value=value,
        needed=needed,
        gap=None if value is None else _gap(reckoning, version, need, value, unit, label),
        unit=unit,
        metric=need.metric,
        missing=missing,
    )


def _gap(reckoning: Reckoning[N], version: Version, need: Need, value: N, unit: str, label: str) -> N:
    """What is missing to the bound, zero or more."""
    ar, where = reckoning.arithmetic, version.origin("tier")
    lower = need.at_least if need.at_least is not None else need.above
    upper = need.at_most if need.at_most is not None else need.below
    zero = ar.rule(ZERO, unit, "nothing", where)
    distances = [zero]
    if lower is not None:
        distances.append(ar.difference(ar.rule(lower, unit, label, where), value, unit, "gap"))
    if upper is not None:
        distances.append(ar.difference(value, ar.rule(upper, unit, label, where), unit, "gap"))
    return ar.greatest(distances, unit, "gap")
