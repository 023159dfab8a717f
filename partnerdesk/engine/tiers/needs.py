"""Requirements made ready: each becomes one function of a reckoning and a period, built once per version.

What is cheap to know is asked first; the answer does not depend on the order.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from operator import ge, gt, le, lt
from typing import Any

from partnerdesk.engine.figures.figure import N, Number
from partnerdesk.engine.metrics.metrics import measured
from partnerdesk.engine.period import Period
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.rules import Need
from partnerdesk.engine.terms.versions import Version
from partnerdesk.engine.tiers.scoring import scored
from partnerdesk.engine.world.where import predicate

Holds = Callable[[Reckoning[Any], Period], bool]
_DAY = timedelta(days=1)


def met(reckoning: Reckoning[N], version: Version, need: Need, period: Period) -> bool:
    """Whether a requirement of a version holds in a period."""
    return ready(version, need)(reckoning, period)


def ready(version: Version, need: Need) -> Holds:
    """The function of a requirement. Kept with the version."""
    holds = version.needs.get(id(need))
    if holds is None:
        holds = version.needs[id(need)] = _made(version, need)
    return holds


def once_of(version: Version, need: Need) -> Need:
    """The requirement of one period of one that must hold in several. Kept with the version."""
    once = version.once.get(id(need))
    if once is None:
        once = version.once[id(need)] = replace(need, for_periods=1, says="")
        version.needs[id(once)] = _made_once(version, need)
    return once


def within(need: Need) -> Callable[[Number], bool]:
    """Whether a value lies inside a requirement's bounds."""
    bounds = ((need.at_least, le), (need.above, lt), (need.at_most, ge), (need.below, gt))
    checks: list[Callable[[Number], bool]] = [partial(compare, asked) for asked, compare in bounds if asked is not None]
    return checks[0] if len(checks) == 1 else lambda value: all(check(value) for check in checks)


def _made(version: Version, need: Need) -> Holds:
    holds = _made_once(version, need)
    return holds if need.for_periods <= 1 else _sustained(holds, need.for_periods)


def _made_once(version: Version, need: Need) -> Holds:
    """What a requirement asks of one period."""
    if need.metric:
        return _on_metric(version, need)
    if need.score:
        return _on_score(version, need)
    if need.tier:
        return _on_tier(version, need)
    if need.all or need.any:
        parts = _cheap_first(version, need.all or need.any)
        return _all_of(parts) if need.all else _any_of(parts)
    if need.none:
        return _none_of(_cheap_first(version, need.none))
    if need.of:
        some = [_made(version, part) for part in need.of]
        return lambda reckoning, period: sum(holds(reckoning, period) for holds in some) >= need.some
    passes = predicate("partner", need.partner)
    return lambda reckoning, period: passes is None or passes(reckoning.world.partner, reckoning.world)


def _sustained(holds: Holds, count: int) -> Holds:
    """It holds in each of the last periods, the newest one asked first."""
    return lambda reckoning, period: all(
        holds(reckoning, reckoning.calendar.after(period, -back) if back else period) for back in range(count)
    )


def _on_tier(version: Version, need: Need) -> Holds:
    """The tier held at the period's end; inside a tier's own requirements, before the move that is reviewed."""
    from partnerdesk.engine.tiers.tiers import tier_on

    names = [tier.name for tier in version.program.tier]
    enough = frozenset(names[names.index(need.tier) :])
    by_start = version.tiers.is_same_period and id(need) in version.tiers.inner

    def holds(reckoning: Reckoning[Any], period: Period) -> bool:
        day = period.start - _DAY if by_start else min(period.end, reckoning.as_of)
        return tier_on(reckoning, day) in enough

    return holds


def _on_metric(version: Version, need: Need) -> Holds:
    terms, inside = version.metrics[need.metric], within(need)
    slot = terms.slot

    def holds(reckoning: Reckoning[Any], period: Period) -> bool:
        value = (reckoning.numbers[slot].get(period.label) or measured(reckoning, terms, period)).value
        return value is not None and inside(value)

    return holds


def _on_score(version: Version, need: Need) -> Holds:
    inside = within(need)

    def holds(reckoning: Reckoning[Any], period: Period) -> bool:
        score = scored(reckoning, version, period)
        return score is not None and inside(score.total)

    return holds


def _all_of(parts: Sequence[Holds]) -> Holds:
    def holds(reckoning: Reckoning[Any], period: Period) -> bool:
        for part in parts:  # noqa: SIM110 a generator costs more than the parts
            if not part(reckoning, period):
                return False
        return True

    return holds


def _any_of(parts: Sequence[Holds]) -> Holds:
    return lambda reckoning, period: any(part(reckoning, period) for part in parts)


def _none_of(parts: Sequence[Holds]) -> Holds:
    return lambda reckoning, period: not any(part(reckoning, period) for part in parts)


def _cheap_first(version: Version, needs: Sequence[Need]) -> list[Holds]:
    """The parts in order of what they cost: partner, aggregate, made of metrics, score and groups."""

    def cost(need: Need) -> int:
        if need.partner:
            return 0
        if need.metric:
            return 1 if version.program.metric[need.metric].of else 2
        return 3

    return [_made(version, need) for need in sorted(needs, key=cost)]
