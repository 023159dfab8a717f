"""The score of a period: its parts added, the track that counts, the scopes put together, rounded once."""

from collections.abc import Sequence
from typing import Generic, NamedTuple

from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import Component, Score
from partnerdesk.engine.period import Period
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.rules import ScorePart, ScoreRule, Track
from partnerdesk.engine.terms.enrolled import is_in_track
from partnerdesk.engine.terms.versions import Version
from partnerdesk.engine.tiers.components import added, all_met, component
from partnerdesk.engine.tiers.scopes import part_of, values_of
from partnerdesk.engine.world.where import predicate
from partnerdesk.engine.world.where_words import plain


class Taken(NamedTuple, Generic[N]):
    """A score before rounding."""

    exact: N
    components: tuple[Component[N], ...]
    track: str = ""
    scope: str = ""


def scored(reckoning: Reckoning[N], version: Version, period: Period) -> Score[N] | None:
    """The score of a period as a version defines it, or None under one without a score. Remembers it."""
    if version.program.score is None:
        return None
    key = version.number, period.label
    found = reckoning.scores.get(key)
    if found is None:
        found = reckoning.scores[key] = _scored(reckoning, version, version.program.score, period)
    return found


def _scored(reckoning: Reckoning[N], version: Version, rule: ScoreRule, period: Period) -> Score[N]:
    values = values_of(reckoning, version, rule.scope, period) if rule.scope else []
    if not values:
        return _rounded(reckoning, version, rule, period, _taken(reckoning, version, rule, period))
    each = [
        _taken(part_of(reckoning, rule.scope, value), version, rule, period)._replace(scope=plain(value))
        for value in values
    ]
    scopes = tuple(_rounded(reckoning, version, rule, period, taken) for taken in each)
    return _rounded(reckoning, version, rule, period, _combined(reckoning, version, rule, each), scopes)


def _rounded(
    reckoning: Reckoning[N],
    version: Version,
    rule: ScoreRule,
    period: Period,
    taken: Taken[N],
    scopes: tuple[Score[N], ...] = (),
) -> Score[N]:
    total = reckoning.arithmetic.round(taken.exact, rule.decimals, rule.mode)
    ref = version.ref("score", rule.reference)
    return Score(period, total, taken.components, ref, taken.track, taken.scope, scopes)


def _taken(reckoning: Reckoning[N], version: Version, rule: ScoreRule, period: Period) -> Taken[N]:
    """The sum of the parts, or of those of the track that counts."""
    if not rule.track:
        return _of_parts(reckoning, version, rule, rule.parts, period)
    if rule.choose == "best":
        return _best(reckoning, version, rule, period)
    world, ar, day = reckoning.world, reckoning.arithmetic, min(period.end, reckoning.as_of)
    for track in rule.track:
        passes = predicate("partner", track.partner)
        is_for = passes is None or passes(world.partner, world)
        if is_for and (not track.enrolled or is_in_track(version.program, track.name, world, day)):
            taken = _of_parts(reckoning, version, rule, track.parts, period, track.name)
            return taken._replace(exact=ar.because(taken.exact, f"the partner is assigned to {track.name}"))
    nothing = ar.rule(ZERO, "points", rule.says, version.origin("score.track"))
    return Taken(ar.because(nothing, "the partner is assigned to no track"), ())


def _of_parts(
    reckoning: Reckoning[N],
    version: Version,
    rule: ScoreRule,
    parts: Sequence[ScorePart],
    period: Period,
    track: str = "",
) -> Taken[N]:
    components = tuple(component(reckoning, version, part, period) for part in parts)
    return Taken(added(reckoning, components, rule.says), components, track)


def _best(reckoning: Reckoning[N], version: Version, rule: ScoreRule, period: Period) -> Taken[N]:
    """The track with the most points, of those that meet their minimums if any does."""
    ar, value = reckoning.arithmetic, reckoning.arithmetic.value
    tracks: Sequence[Track] = rule.track
    each = [_of_parts(reckoning, version, rule, track.parts, period, track.name) for track in tracks]
    able = [taken for taken in each if all_met(taken.components)] or each
    best = max(able, key=lambda taken: value(taken.exact))
    total = ar.greatest([taken.exact for taken in able], "points", rule.says)
    unable = [taken.track for taken in each if taken not in able]
    why = f"{best.track} is the best track" + (f"; {', '.join(unable)} misses a minimum" if unable else "")
    return best._replace(exact=ar.because(total, why))


def _combined(reckoning: Reckoning[N], version: Version, rule: ScoreRule, each: Sequence[Taken[N]]) -> Taken[N]:
    """The scores of the scopes as one."""
    ar, value = reckoning.arithmetic, reckoning.arithmetic.value
    numbers = [ar.labelled(taken.exact, taken.scope) for taken in each]
    if rule.combine in ("greatest", "least"):
        is_best = rule.combine == "greatest"
        chosen = (max if is_best else min)(each, key=lambda taken: value(taken.exact))
        total = (ar.greatest if is_best else ar.least)(numbers, "points", rule.says)
        return chosen._replace(exact=ar.because(total, f"{chosen.scope} has the {rule.combine} score"))
    components = tuple(_of_scope(reckoning, version, rule, taken, len(each)) for taken in each)
    total = added(reckoning, components, rule.says)
    return Taken(ar.because(total, f"the {rule.combine} of {len(each)} scores by {rule.scope}"), components)


def _of_scope(reckoning: Reckoning[N], version: Version, rule: ScoreRule, taken: Taken[N], count: int) -> Component[N]:
    """What the score of one scope adds to the whole."""
    ar, where = reckoning.arithmetic, version.origin("score.combine")
    adds = ar.labelled(taken.exact, taken.scope)
    if rule.combine == "mean":
        scopes = ar.rule(ZERO + count, "scopes", "number of scopes", where)
        adds = ar.quotient(adds, scopes, "points", taken.scope)
    return Component(
        metric=taken.scope,
        label=taken.scope,
        unit="points",
        weight=rule.out_of / count if rule.combine == "mean" else rule.out_of,
        measured=taken.exact,
        points=taken.exact,
        adds=adds,
        minimum=None,
        met_minimum=all_met(taken.components),
        parts=taken.components,
    )
