"""Whether a tier can be projected: only where all that decides about it is known or assumed on the last day.

A forecast assumes deals, contracts and payments. Nobody assumes surveys, go-lives or certificates; a part of the score
that is not evaluated any more for want of them, or a requirement that they no longer meet, says nothing about the
partner, so no tier is named at all.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Protocol, TypeVar

from partnerdesk.engine.outcome import Component, Requirement, Standing
from partnerdesk.engine.period import Period
from partnerdesk.engine.rules import Program
from partnerdesk.engine.terms.made_of import made_of
from partnerdesk.engine.whole import Outcome

# What happens of itself and is never assumed, as people say it.
NEVER_ASSUMED = {
    "survey": "surveys",
    "deployment": "go-lives",
    "check": "go-lives",
    "certification": "certificates",
    "activity": "activities",
    "observation": "observations",
    "case": "support cases",
}


class _Taken(Protocol):
    @property
    def period(self) -> Period: ...


T = TypeVar("T", bound=_Taken)


def lapses(program: Program, outcome: Outcome, as_of: date) -> tuple[str, ...]:
    """What would have to be assumed to name a tier on an outcome's last day; empty where nothing lapses."""
    found = {*_of_score(program, outcome, as_of), *_of_tier(program, outcome, as_of)}
    return tuple(words for words in dict.fromkeys(NEVER_ASSUMED.values()) if words in found)


def tier_today(outcome: Outcome, as_of: date) -> str:
    """The tier in force in the period that contains a day."""
    standings = [s for s in outcome.standings.values() if s.period.start <= as_of]
    return standings[-1].tier if standings else ""


def _of_score(program: Program, outcome: Outcome, as_of: date) -> Iterator[str]:
    """What parts of the score lack that were evaluated in the last finished review."""
    scores = outcome.scores
    then, now = _last(scores), _finished(scores, as_of)
    if then is None or now is None:
        return
    evaluated = {part.metric for part in _parts(now.components) if part.measured is not None}
    for part in _parts(then.components):
        if part.measured is None and part.metric in evaluated:
            yield from _resting_on(program, part.metric)


def _of_tier(program: Program, outcome: Outcome, as_of: date) -> Iterator[str]:
    """What requirements of today's tier lack that were met in the last finished review."""
    tier, then, now = tier_today(outcome, as_of), _last(outcome.standings), _finished(outcome.standings, as_of)
    if then is None or now is None:
        return
    asks, asked = _needs(then, tier), _needs(now, tier)
    if not asks or asks[0].met:
        return
    were_met = {need.metric for need in asked if need.met}
    for need in asks:
        if need.metric and not need.met and need.metric in were_met:
            yield from _resting_on(program, need.metric)


def _last(views: Mapping[str, T]) -> T | None:
    return list(views.values())[-1] if views else None


def _finished(views: Mapping[str, T], as_of: date) -> T | None:
    """The last one whose period was over on a day."""
    over = [view for view in views.values() if view.period.end <= as_of]
    return over[-1] if over else None


def _parts(components: Iterable[Component[Any]]) -> Iterator[Component[Any]]:
    for part in components:
        yield part
        yield from _parts(part.parts)


def _needs(standing: Standing[Any], tier: str) -> list[Requirement[Any]]:
    """The requirements of a tier, the whole first."""
    return [need for view in standing.tiers if view.name == tier for need in _flat(view.requirement)]


def _flat(need: Requirement[Any]) -> Iterator[Requirement[Any]]:
    yield need
    for part in need.parts:
        yield from _flat(part)


def _resting_on(program: Program, name: str) -> Iterator[str]:
    """The facts that nobody assumes and that a metric is made of, in words."""
    metric = program.metric.get(name)
    if metric is None:
        return
    if metric.of in NEVER_ASSUMED:
        yield NEVER_ASSUMED[metric.of]
    for part in made_of(metric):
        yield from _resting_on(program, part)
