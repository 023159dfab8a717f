"""The path to a tier: the cheapest set of concrete actions that reaches it by the end of a review, and others.

Every set is judged by the engine's own tiers on the facts as they would then be. Where nothing reaches the tier, what
is missing with everything done is said.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import log

from partnerdesk.engine.money import ONE, ZERO, rounded
from partnerdesk.engine.outcome import Requirement, Standing
from partnerdesk.engine.period import Period
from partnerdesk.forecast.actions import Action
from partnerdesk.forecast.cheapest import NOTHING, Cost, Found, cheapest
from partnerdesk.forecast.efforts import MANY
from partnerdesk.forecast.ways import Way

CHEAPEST, FEWEST, LIKELIEST = "cheapest", "fewest actions", "likeliest"
EVEN = Decimal("0.5")  # the chance of an action that nothing is known of


@dataclass(frozen=True, slots=True)
class Step:
    """An action of a path; `adds` are the points of the score that it adds to the rest of the path, None where it is
    not about points, and `needed` what no longer holds without it.
    """

    action: Action
    adds: Decimal | None
    needed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Path:
    """A set of actions that reaches the tier. `chance` is that of all of them together, of those with a record."""

    name: str
    steps: tuple[Step, ...]
    effort: Decimal
    chance: Decimal
    score: Decimal | None
    is_proven: bool


@dataclass(frozen=True, slots=True)
class Paths:
    """The ways to a tier by the end of a review period, or what is missing with everything done.

    `score` is that of the period as things stand; `is_reached` where they reach the tier by themselves. `missing` has
    the requirements that do not hold even if all that is offered is done, `held_back` what else keeps the partner down;
    `is_proven` says whether it is certain that
    nothing reaches it.
    """

    partner: str
    tier: str
    period: Period
    as_of: date
    version: str
    score: Decimal | None
    is_reached: bool
    offered: tuple[Action, ...]
    paths: tuple[Path, ...]
    missing: tuple[Requirement[Decimal], ...]
    held_back: tuple[str, ...]
    is_proven: bool


def paths(way: Way) -> Paths:
    """The cheapest path to the tier and others beside it, or what is missing."""
    nothing, everything = frozenset[int](), frozenset(range(len(way.offered)))
    is_reached, found = way.reaches(nothing), Found(None, NOTHING, 0, True)
    told: list[Path] = []
    if not is_reached:
        found = _best(way, _efforts(way), everything)
        told = [*_told(way, found, everything)]
    last = None if is_reached or told else way.standing(everything)
    return Paths(
        partner=way.prepared.partner,
        tier=way.tier,
        period=way.period,
        as_of=way.prepared.asked.as_of,
        version=way.reaching.version.program.version,
        score=way.score(nothing),
        is_reached=is_reached,
        offered=way.offered,
        paths=tuple(told),
        missing=tuple(_lacking(way, last)) if last else (),
        held_back=last.held_back if last else (),
        is_proven=found.is_proven,
    )


def _best(way: Way, costs: Sequence[Cost], allowed: frozenset[int]) -> Found:
    return cheapest(costs, way.groups, way.goal, allowed)


def _efforts(way: Way) -> list[Cost]:
    return [(action.effort, ONE) for action in way.offered]


def _told(way: Way, found: Found, everything: frozenset[int]) -> Iterator[Path]:
    """The cheapest path, then others that differ from it: of the fewest actions, the likeliest, without some kind."""
    seen: set[frozenset[int]] = set()
    for name, one in _ways(way, found, everything):
        if one.actions is not None and one.actions not in seen:
            seen.add(one.actions)
            yield _path(way, name, one)


def _ways(way: Way, found: Found, everything: frozenset[int]) -> Iterator[tuple[str, Found]]:
    if found.actions is None:
        return
    yield CHEAPEST, found
    yield FEWEST, _best(way, [(ONE, action.effort) for action in way.offered], everything)
    yield LIKELIEST, _best(way, [(_unlikely(action), ONE) for action in way.offered], everything)
    for kind in dict.fromkeys(way.offered[i].kind for i in sorted(found.actions)):
        others = frozenset(i for i in everything if way.offered[i].kind != kind)
        yield f"without {MANY[kind]}", _best(way, _efforts(way), others)


def _unlikely(action: Action) -> Decimal:
    """How unlikely an action is, so that the sums of such numbers order the chances of sets."""
    return Decimal(f"{-log(max(float(chance_of(action)), 1e-6)):.6f}")


def chance_of(action: Action) -> Decimal:
    """The chance that is counted of an action; without a record of it an even one."""
    return EVEN if action.chance is None else min(ONE, action.chance)


def _path(way: Way, name: str, found: Found) -> Path:
    chosen = found.actions or frozenset()
    score, chance = way.score(chosen), ONE
    for i in chosen:
        chance *= chance_of(way.offered[i])
    return Path(
        name=name,
        steps=tuple(_step(way, chosen, i, score) for i in sorted(chosen)),
        effort=sum((way.offered[i].effort for i in chosen), ZERO),
        chance=rounded(chance, 4),
        score=score,
        is_proven=found.is_proven,
    )


def _step(way: Way, chosen: frozenset[int], one: int, score: Decimal | None) -> Step:
    """An action with what the rest of the path would lack without it."""
    rest = chosen - {one}
    before = way.score(rest)
    adds = score - before if score is not None and before is not None and score != before else None
    return Step(way.offered[one], adds, tuple(need.text for need in _lacking(way, way.standing(rest))))


def _lacking(way: Way, standing: Standing[Decimal]) -> Iterator[Requirement[Decimal]]:
    """The single requirements of the tier that are not met in the period."""
    for view in standing.tiers:
        if view.name == way.tier:
            yield from _unmet(view.requirement)


def _unmet(need: Requirement[Decimal]) -> Iterator[Requirement[Decimal]]:
    if need.met:
        return
    if need.kind in ("all", "any", "at_least") and need.parts:
        for part in need.parts:
            yield from _unmet(part)
    else:
        yield need
