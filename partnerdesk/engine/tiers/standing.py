"""Where a partner stands at the end of a review period: every tier, every requirement, what each lacks."""

from dataclasses import replace

from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.metrics.metrics import measured
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import Requirement, Standing, TierView
from partnerdesk.engine.period import Period
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.rules import Need, TierRule
from partnerdesk.engine.terms.asking import bounds_of, need_label
from partnerdesk.engine.terms.versions import Version
from partnerdesk.engine.tiers.minimums import held_back_by
from partnerdesk.engine.tiers.needs import met, once_of, within
from partnerdesk.engine.tiers.outlook import coming, next_reviews, stays
from partnerdesk.engine.tiers.scoring import scored
from partnerdesk.engine.tiers.tiers import in_force_since, proposal, reached, score_floor, tier_on


def standing(reckoning: Reckoning[N], period: Period) -> Standing[N]:
    """The tier in force, the tier reached, the way to the next one, under the version of the period's end."""
    version = reckoning.terms.at_end(period)
    program, day = version.program, min(period.end, reckoning.as_of)
    current, best = tier_on(reckoning, day), reached(reckoning, version, period)
    rank = [t.name for t in program.tier].index(current)
    tiers = tuple(_view(reckoning, version, tier, i, period) for i, tier in enumerate(program.tier))
    following = tiers[rank + 1] if rank + 1 < len(tiers) else None
    return Standing(
        period=period,
        tier=current,
        rank=rank,
        since=in_force_since(reckoning, day),
        reached=best,
        tiers=tiers,
        next_tier=following.name if following else None,
        points_short=_points_short(reckoning, version, following, period),
        proposal=proposal(reckoning, version, period),
        rule=version.ref("tiers", program.tiers.reference),
        reviews=next_reviews(reckoning, version, day),
        coming=coming(reckoning, period, day),
        stays=stays(reckoning, version, period, current, best),
        held_back=held_back_by(reckoning, version, period),
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


_GROUPS = {"all": "All of", "any": "One of", "none": "None of", "at_least": "At least {} of"}


def requirement_view(reckoning: Reckoning[N], version: Version, need: Need, period: Period) -> Requirement[N]:
    """A requirement with its value, what is needed and what is missing."""
    if need.for_periods > 1:
        return _sustained(reckoning, version, need, period)
    for kind, parts in (("all", need.all), ("any", need.any), ("none", need.none), ("at_least", need.of)):
        if parts:
            views = tuple(requirement_view(reckoning, version, n, period) for n in parts)
            text = _GROUPS[kind].format(need.some)
            is_met = met(reckoning, version, need, period)
            return Requirement(text=need.says or text, kind=kind, met=is_met, parts=views)
    if need.tier:
        text = need.says or f"{need.tier} or higher is held"
        return Requirement(text=text, kind="held_tier", met=met(reckoning, version, need, period))
    if need.partner:
        return Requirement(text=need.says or "Partner", kind="partner", met=met(reckoning, version, need, period))
    return _single(reckoning, version, need, period)


def _sustained(reckoning: Reckoning[N], version: Version, need: Need, period: Period) -> Requirement[N]:
    """A requirement that must hold in several periods in a row: each period is a part."""
    once, parts = once_of(version, need), []
    for back in range(need.for_periods - 1, -1, -1):
        earlier = reckoning.calendar.after(period, -back)
        view = requirement_view(reckoning, version, once, earlier)
        parts.append(replace(view, text=f"{earlier}: {view.text}"))
    text = need.says or f"In each of {need.for_periods} periods"
    return Requirement(text=text, kind="all", met=met(reckoning, version, need, period), parts=tuple(parts))


def _single(reckoning: Reckoning[N], version: Version, need: Need, period: Period) -> Requirement[N]:
    """A requirement on the score or on one metric."""
    label, missing = need_label(version.program, need), ""
    if need.score:
        score = scored(reckoning, version, period)
        value, unit = score.total if score else None, "points"
    else:
        found = measured(reckoning, version.metrics[need.metric], period)
        value, unit, missing = found.value, version.metrics[need.metric].unit, found.missing
    bounds = bounds_of(need)
    return Requirement(
        text=need.says or label,
        kind="score" if need.score else "metric",
        met=value is not None and within(need)(value),
        value=value,
        needed=bounds[0][1] if bounds else ZERO,
        gap=None if value is None else _gap(reckoning, version, need, value, unit, label),
        unit=unit,
        metric=need.metric,
        missing=missing,
        bounds=bounds,
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
