"""The score: weighted parts on scales, categories, points as they are, tracks and scopes."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any, NamedTuple

from partnerdesk.engine.rules import Point, ScorePart, ScoreRule, Track
from tests.second.judge.book import Case, usual_day
from tests.second.judge.days import Span
from tests.second.judge.filters import look, passes
from tests.second.judge.metrics import measure
from tests.second.judge.money import rounded
from tests.second.judge.scopes import has_attribute, kinds_read
from tests.second.judge.tree import theirs
from tests.second.judge.versions import enrolment

ZERO = Fraction(0)


class Scored(NamedTuple):
    """A score, and whether every part that has a minimum reaches it."""

    total: Fraction
    meets: bool


def score(case: Case, span: Span) -> Scored:
    """The score of a period, made of its scopes where there are any."""
    rule = case.program.score
    assert rule
    values = _scopes(case, rule, span)
    if not values:
        return _rounded(rule, _one(case, rule, span))
    each = [_one(replace(case, scope=(rule.scope, value)), rule, span) for value in values]
    if rule.combine in ("greatest", "least"):
        pick = max if rule.combine == "greatest" else min
        return _rounded(rule, pick(each, key=lambda found: found.total))
    whole = sum((found.total for found in each), ZERO)
    total = whole / len(each) if rule.combine == "mean" else whole
    return _rounded(rule, Scored(total, all(found.meets for found in each)))


def _rounded(rule: ScoreRule, found: Scored) -> Scored:
    return Scored(rounded(found.total, rule.decimals, rule.mode), found.meets)


def _scopes(case: Case, rule: ScoreRule, span: Span) -> list[Any]:
    """The values of the scope's attribute among the partner's facts up to the period's end."""
    if not rule.scope:
        return []
    last, found = case.last_day(span), set()
    for kind, whose in kinds_read(case.program, _metrics(rule)):
        if not has_attribute(kind, rule.scope):
            continue
        for row, seen in theirs(case, whose, kind):
            day = usual_day(kind, row)
            if day is not None and day <= last:
                found |= {look(one, kind, row, rule.scope) for one in seen}
    return sorted(value for value in found if value is not None)


def _metrics(rule: ScoreRule) -> list[str]:
    waiting = [*rule.parts, *(part for track in rule.track for part in track.parts)]
    found: list[str] = []
    for part in waiting:
        waiting += part.parts
        found += [part.metric] if part.metric else []
    return found


def _one(case: Case, rule: ScoreRule, span: Span) -> Scored:
    """The score of one scope: of the parts, or of the track that counts."""
    if rule.parts:
        return _sum(case, rule.parts, span)
    if rule.choose == "assigned":
        own = next((track for track in rule.track if _is_assigned(case, track, span)), None)
        return Scored(ZERO, True) if own is None else _sum(case, own.parts, span)
    return _best(case, rule.track, span)


def _is_assigned(case: Case, track: Track, span: Span) -> bool:
    """Whether a track is for the partner: by what it is, and by what it is enrolled in when the period ends."""
    if not passes(case, "partner", case.partner, track.partner):
        return False
    if not track.enrolled:
        return True
    latest = enrolment(case, case.last_day(span))
    return latest is not None and latest.track == track.name


def _best(case: Case, tracks: Sequence[Track], span: Span) -> Scored:
    """The best track of those that meet their minimums, if any does."""
    each = [_sum(case, track.parts, span) for track in tracks]
    return max([found for found in each if found.meets] or each, key=lambda found: found.total)


def _sum(case: Case, parts: Sequence[ScorePart], span: Span) -> Scored:
    total, meets = ZERO, True
    for part in parts:
        points, inside = _points(case, part, span)
        adds = points if part.as_points else points * Fraction(part.weight) / 100
        total += adds if part.at_most is None else min(adds, Fraction(part.at_most))
        meets = meets and inside
        meets = meets and (part.minimum is None or points >= Fraction(part.minimum))
        meets = meets and (part.more_than is None or points > Fraction(part.more_than))
    return Scored(total, meets)


def _points(case: Case, part: ScorePart, span: Span) -> tuple[Fraction, bool]:
    """What a part is measured at, on its scale; and whether the parts of a category reach their minimums."""
    meets = True
    measured: Fraction | None
    if part.parts:
        measured, meets = _sum(case, part.parts, span)
    else:
        measured = measure(case, part.metric, span)
    if measured is None:
        return ZERO, meets
    return (on_scale(part.scale, measured, part.is_stepped) if part.scale else measured), meets


def on_scale(scale: Sequence[Point], value: Fraction, is_stepped: bool = False) -> Fraction:
    """Straight lines between the points and flat outside; stepped, each holds until the next, none below the first."""
    below = [point for point in scale if Fraction(point.at) <= value]
    above = [point for point in scale if Fraction(point.at) > value]
    if is_stepped:
        return Fraction(below[-1].points) if below else ZERO
    if not below or not above:
        return Fraction((below[-1] if below else above[0]).points)
    low, high = below[-1], above[0]
    share = (value - Fraction(low.at)) / (Fraction(high.at) - Fraction(low.at))
    return Fraction(low.points) + share * (Fraction(high.points) - Fraction(low.points))
