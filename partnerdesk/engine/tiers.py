"""Tiers: the highest tier whose requirements hold, the tier in force, what is missing, and the move that is proposed.

With moves "automatic" the figures decide; with "confirmed" a person's dated decision does, and a difference between
figures and decision is a proposal.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple, TypeVar

from partnerdesk.engine.facts import TierDecision
from partnerdesk.engine.figure import Origin
from partnerdesk.engine.metrics import measured, unit_of
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import Move, Requirement, Standing, TierView
from partnerdesk.engine.period import Period, next_period, previous_period
from partnerdesk.engine.reckoning import Reckoning, origin, rule_ref
from partnerdesk.engine.rules import Need, Program, TierRule
from partnerdesk.engine.scoring import scored
from partnerdesk.engine.where import predicate

N = TypeVar("N")


class InForce(NamedTuple):
    tier: str
    since: date | None


def tier_on(reckoning: Reckoning[N], day: date) -> InForce:
    """The tier in force on a day under the version of that day."""
    program = reckoning.program_at(day)
    if not program.tier:
        return InForce("", None)
    if program.tiers.moves == "confirmed":
        decisions = reckoning.world.series("tier_decision").between(None, min(day, reckoning.as_of))
        if decisions:
            return InForce(decisions[-1].tier, _since(decisions))
        return InForce(program.tier[0].name, None)
    period = reckoning.period(day, program.tiers.every)
    if program.tiers.in_force == "next period":
        period = previous_period(period, program.fiscal_year_starts)
    return InForce(reached(reckoning, period), None)


def _since(decisions: list[TierDecision]) -> date | None:
    """The day since when the last tier has been in force without a break."""
    since = decisions[-1].day
    for decision in reversed(decisions):
        if decision.tier != decisions[-1].tier:
            break
        since = decision.day
    return since


def reached(reckoning: Reckoning[N], period: Period) -> str:
    """The highest tier whose requirements the period's figures meet; the lowest when none."""
    key = ("reached", period.label)
    if key not in reckoning.prepared:
        program = reckoning.program_at(min(period.end, reckoning.as_of))
        score = scored(reckoning, period) if program.score else None
        blocked = score is not None and not all(c.met_minimum for c in score.components)
        name = program.tier[0].name
        for tier in reversed(program.tier[1:]):
            if not blocked and (tier.requires is None or met(reckoning, program, tier.requires, period)):
                name = tier.name
                break
        reckoning.prepared[key] = name
    found: str = reckoning.prepared[key]
    return found


def met(reckoning: Reckoning[N], program: Program, need: Need, period: Period) -> bool:
    """Whether a requirement holds in a period."""
    if need.all:
        return all(met(reckoning, program, n, period) for n in need.all)
    if need.any:
        return any(met(reckoning, program, n, period) for n in need.any)
    if need.of:
        return sum(met(reckoning, program, n, period) for n in need.of) >= need.some
    if need.partner:
        passes = predicate("partner", need.partner)
        return passes is None or passes(reckoning.world.partner, reckoning.world)
    value = _value(reckoning, need, period)
    return value is not None and within(need, reckoning.arithmetic.value(value))


def _value(reckoning: Reckoning[N], need: Need, period: Period) -> N | None:
    if need.score:
        score = scored(reckoning, period)
        return score.total if score else None
    return measured(reckoning, need.metric, period).value


def within(need: Need, value: Decimal) -> bool:
    """Whether a value lies inside a requirement's bounds."""
    return (
        (need.at_least is None or value >= need.at_least)
        and (need.above is None or value > need.above)
        and (need.at_most is None or value <= need.at_most)
        and (need.below is None or value < need.below)
    )


def standing(reckoning: Reckoning[N], period: Period) -> Standing[N]:
    """Where the partner stands at the end of a review period, with every requirement of every tier."""
    program = reckoning.program_at(min(period.end, reckoning.as_of))
    names = [t.name for t in program.tier]
    current = tier_on(reckoning, min(period.end, reckoning.as_of))
    rank = names.index(current.tier) if current.tier in names else 0
    tiers = tuple(_view(reckoning, program, tier, i, period) for i, tier in enumerate(program.tier))
    following = tiers[rank + 1] if rank + 1 < len(tiers) else None
    return Standing(
        period=period,
        tier=current.tier,
        rank=rank,
        since=current.since,
        reached=reached(reckoning, period),
        tiers=tiers,
        next_tier=following.name if following else None,
        points_short=_points_short(reckoning, following, period),
        proposal=_proposal(reckoning, program, period),
        rule=rule_ref(program, "tiers", program.tiers.reference),
    )


def _points_short(reckoning: Reckoning[N], tier: TierView[N] | None, period: Period) -> N | None:
    score = scored(reckoning, period)
    if tier is None or tier.score_floor is None or score is None:
        return None
    ar = reckoning.arithmetic
    floor = ar.rule(tier.score_floor, "points", f"{tier.name} from", score_origin(reckoning, period))
    zero = ar.rule(ZERO, "points", "nothing", score_origin(reckoning, period))
    gap = ar.difference(floor, score.total, "points", f"short of {tier.name}")
    return ar.greatest([gap, zero], "points", f"short of {tier.name}")


def score_origin(reckoning: Reckoning[N], period: Period) -> Origin:
    return origin(reckoning.program_at(min(period.end, reckoning.as_of)), "tier")


def _proposal(reckoning: Reckoning[N], program: Program, period: Period) -> Move | None:
    """The move that a finished review period calls for, until a person has decided after it."""
    if program.tiers.moves != "confirmed" or period.end > reckoning.as_of or not program.tier:
        return None
    following = next_period(period, program.fiscal_year_starts)
    decided = reckoning.world.series("tier_decision").between(period.end + timedelta(days=1), reckoning.as_of)
    current, due = tier_on(reckoning, period.end).tier, reached(reckoning, period)
    if decided or current == due:
        return None
    names = [t.name for t in program.tier]
    up = names.index(due) > (names.index(current) if current in names else 0)
    return Move(period, current, due, following.start, up)


def score_floor(need: Need | None) -> Decimal | None:
    """The score that a tier needs, wherever it stands among all-of requirements."""
    if need is None:
        return None
    if need.score:
        return need.at_least if need.at_least is not None else need.above
    floors = [f for f in (score_floor(n) for n in need.all) if f is not None]
    return max(floors, default=None)


def _view(reckoning: Reckoning[N], program: Program, tier: TierRule, rank: int, period: Period) -> TierView[N]:
    need = tier.requires or Need()
    if tier.requires is None:
        requirement: Requirement[N] = Requirement(text="Open to every partner", kind="all", met=True)
    else:
        requirement = requirement_view(reckoning, program, need, period)
    return TierView(tier.name, rank, score_floor(tier.requires), requirement, tier.benefits)


def requirement_view(reckoning: Reckoning[N], program: Program, need: Need, period: Period) -> Requirement[N]:
    """A requirement with its value, what is needed and what is missing."""
    for kind, parts in (("all", need.all), ("any", need.any), ("at_least", need.of)):
        if parts:
            views = tuple(requirement_view(reckoning, program, n, period) for n in parts)
            text = {"all": "All of", "any": "One of", "at_least": f"At least {need.some} of"}[kind]
            return Requirement(
                text=need.says or text, kind=kind, met=met(reckoning, program, need, period), parts=views
            )
    if need.partner:
        return Requirement(text=need.says or "Partner", kind="partner", met=met(reckoning, program, need, period))
    return _single(reckoning, program, need, period)


def _single(reckoning: Reckoning[N], program: Program, need: Need, period: Period) -> Requirement[N]:
    ar, value = reckoning.arithmetic, _value(reckoning, need, period)
    label, unit = need_label(program, need), "points"
    if not need.score:
        unit = unit_of(program, need.metric, reckoning.world.currency)
    needed = next((b for b in (need.at_least, need.above, need.at_most, need.below) if b is not None), ZERO)
    gap = None
    if value is not None:
        bound = ar.rule(needed, unit, label, origin(program, "tier"))
        upward = need.at_least is not None or need.above is not None
        distance = ar.difference(bound, value, unit, "gap") if upward else ar.difference(value, bound, unit, "gap")
        gap = ar.greatest([distance, ar.rule(ZERO, unit, "nothing", origin(program, "tier"))], unit, "gap")
    return Requirement(
        text=need.says or label,
        kind="score" if need.score else "metric",
        met=value is not None and within(need, ar.value(value)),
        value=value,
        needed=needed,
        gap=gap,
        unit=unit,
        metric=need.metric,
        missing="" if value is not None or need.score else measured(reckoning, need.metric, period).missing,
    )


def need_label(program: Program, need: Need) -> str:
    """What a single requirement is about: the score's or the metric's name."""
    if need.score:
        return program.score.says if program.score else "Score"
    return program.metric[need.metric].says
