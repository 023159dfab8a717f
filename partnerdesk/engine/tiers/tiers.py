"""Tiers: the highest tier whose requirements hold, the tier in force, and the move that is proposed.

With moves "automatic" the figures decide; with "confirmed" a person's dated decision does, and a difference between
figures and decision is a proposal. How each requirement stands in detail is `standing`'s business.
"""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from partnerdesk.engine.facts import TierDecision
from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.metrics.metrics import measured
from partnerdesk.engine.outcome import Move
from partnerdesk.engine.period import Period
from partnerdesk.engine.problem import Problem
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.rules import Need, Program
from partnerdesk.engine.semantics import HOLDS_NONE_BEFORE, REVIEWS_FROM_FIRST_DAY
from partnerdesk.engine.terms.versions import Climb, Version
from partnerdesk.engine.tiers.decisions import decisions
from partnerdesk.engine.tiers.line import PROPOSED, TierLine, Verdict
from partnerdesk.engine.tiers.minimums import is_held_back
from partnerdesk.engine.tiers.needs import ready


def tier_on(reckoning: Reckoning[N], day: date) -> str:
    """The tier in force on a day under the version of that day; empty under one without tiers."""
    version = reckoning.terms.alone or reckoning.terms.at(day)
    is_before = day < reckoning.terms.versions[0].start and reckoning.semantics >= HOLDS_NONE_BEFORE
    if version.tier_is_reached and reckoning.tier_held is None and not is_before:
        period = reckoning.calendar.by_day[version.tier_unit][day]
        if period.end >= reckoning.begun[version.number]:
            return reckoning.reached[version.number].get(period.label) or reached(reckoning, version, period)
    if not version.program.tier:
        return ""
    if reckoning.tier_held is not None and (held := reckoning.tier_held(day)) in version.tiers.ranks:
        return held
    if reckoning.terms.has_tier_line:
        if is_before and reckoning.semantics >= REVIEWS_FROM_FIRST_DAY:
            return version.tiers.start
        return tier_line(reckoning).tier_on(day)
    if version.is_confirmed:
        return _decided(reckoning, version.program, day)
    period = reckoning.calendar.by_day[version.tier_unit][day]
    if version.tier_lag:
        period = reckoning.calendar.after(period, version.tier_lag)
    if period.end < reckoning.begun[version.number] or is_before:
        return version.tiers.start  # its first review is still to come
    return reached(reckoning, version, period)


def tier_line(reckoning: Reckoning[N]) -> TierLine[N]:
    """The partner's tier over time, where a policy asks for more than what the figures reach or a person decided."""
    if reckoning.tier_line is None:
        reckoning.tier_line = TierLine(
            reckoning,
            lambda version, period: reached(reckoning, version, period),
            lambda version, row: _known(reckoning, version.program, row),
        )
    return reckoning.tier_line


def _decided(reckoning: Reckoning[N], program: Program, day: date) -> str:
    """The tier that people decided, or the lowest where nobody has."""
    made = _decisions(reckoning, day)
    if not made:
        return program.tier[0].name
    return _known(reckoning, program, made[-1])


def _known(reckoning: Reckoning[N], program: Program, decision: TierDecision) -> str:
    """The tier of a decision, or the lowest and a problem where the version has none of that name."""
    if any(decision.tier == tier.name for tier in program.tier):
        return decision.tier
    place = f"tier decision {decision.id}"
    message = f"version {program.version} has no tier {decision.tier}; {program.tier[0].name} is used."
    reckoning.problems.append(Problem(place, message, "Decide on a tier of this version."))
    return program.tier[0].name


def _decisions(reckoning: Reckoning[N], day: date) -> list[TierDecision]:
    return decisions(reckoning).between(None, min(day, reckoning.as_of))


def in_force_since(reckoning: Reckoning[N], day: date) -> date | None:
    """The day since when the tier of a day has been in force without a break, where a decision or a review says."""
    if reckoning.terms.has_tier_line:
        return tier_line(reckoning).entered(day)
    if reckoning.terms.at(day).program.tiers.moves != "confirmed":
        return None
    since, made = None, _decisions(reckoning, day)
    for decision in reversed(made):
        if decision.tier != made[-1].tier:
            break
        since = decision.day
    if since is not None and tier_on(reckoning, since - timedelta(days=1)) == tier_on(reckoning, since):
        return None  # it confirmed the tier that was held from the start
    return since


def reached(reckoning: Reckoning[N], version: Version, period: Period) -> str:
    """The highest tier of a version whose requirements the period's figures meet; the lowest when none."""
    known = reckoning.reached[version.number]
    found = known.get(period.label)
    if found is None:
        if version.tiers.sticky > 1:
            found = _best(reckoning, version, period)
        elif version.may_hold_back:
            found = _reached(reckoning, version, period)
        else:
            found = (version.climb or _climb(version))(reckoning, period)
        known[period.label] = found
    return found


def _best(reckoning: Reckoning[N], version: Version, period: Period) -> str:
    """The highest tier of the period, or of the ones before that still count."""
    count, ranks = version.tiers.sticky, version.tiers.ranks
    periods = [reckoning.calendar.after(period, -back) for back in range(count)]
    return max((_reached(reckoning, version, p) for p in periods), key=ranks.__getitem__)


def _reached(reckoning: Reckoning[N], version: Version, period: Period) -> str:
    if version.may_hold_back and is_held_back(reckoning, version, period):
        return version.program.tier[0].name
    climb = version.climb or _climb(version)
    return climb(reckoning, period)


def _climb(version: Version) -> Climb:
    """How the highest tier is found whose requirements hold. Kept with the version."""
    rungs = [tier.requires or Need() for tier in version.program.tier[1:]]
    metric = rungs[0].metric if rungs else ""
    floors = [need.at_least for need in rungs if need.at_least is not None and need == _floor(metric, need)]
    is_stair = metric and len(floors) == len(rungs) and floors == sorted(floors)
    version.climb = _up_a_stair(version, metric, floors) if is_stair else _from_the_top(version, rungs)
    return version.climb


def _floor(metric: str, need: Need) -> Need:
    """A requirement that asks no more than a least value of a metric, as much of it as another one."""
    return Need(metric=metric, at_least=need.at_least, says=need.says)


def _from_the_top(version: Version, rungs: Sequence[Need]) -> Climb:
    """Asks each tier, the highest first."""
    names = version.tiers.names
    asked = [(names[i], ready(version, rungs[i - 1])) for i in range(len(rungs), 0, -1)]

    def climb(reckoning: Reckoning[Any], period: Period) -> str:
        for name, holds in asked:
            if holds(reckoning, period):
                return name
        return names[0]

    return climb


def _up_a_stair(version: Version, metric: str, floors: Sequence[Decimal]) -> Climb:
    """Where every tier asks for more of one metric than the one below, the number says which is reached."""
    terms, names = version.metrics[metric], version.tiers.names
    slot = terms.slot

    def climb(reckoning: Reckoning[Any], period: Period) -> str:
        value = (reckoning.numbers[slot].get(period.label) or measured(reckoning, terms, period)).value
        return names[0 if value is None else bisect_right(floors, value)]

    return climb


def proposal(reckoning: Reckoning[N], version: Version, period: Period) -> Move | None:
    """The move that a finished review period calls for, until a person has decided after it."""
    program = version.program
    if reckoning.terms.has_tier_line:
        return _proposed(reckoning, period)
    if program.tiers.moves != "confirmed" or period.end > reckoning.as_of or not program.tier:
        return None
    decided = decisions(reckoning).between(period.end + timedelta(days=1), reckoning.as_of)
    current, due = tier_on(reckoning, period.end), reached(reckoning, version, period)
    if decided or current == due:
        return None
    names = [t.name for t in program.tier]
    return Move(period, current, due, reckoning.calendar.after(period).start, names.index(due) > names.index(current))


def _proposed(reckoning: Reckoning[N], period: Period) -> Move | None:
    """The last proposal of the reviews that a period holds, until a person has decided after it."""
    last = verdict(reckoning, period)
    if last is None or last.outcome != PROPOSED or last.move.period.end > reckoning.as_of:
        return None
    first = last.move.period.end + timedelta(days=1)
    return None if decisions(reckoning).between(first, reckoning.as_of) else last.move


def verdict(reckoning: Reckoning[N], period: Period) -> Verdict | None:
    """What the last review inside a period called for, if it called for a move."""
    line = tier_line(reckoning)
    line.advance(period.end + timedelta(days=1))
    found = [v for v in line.verdicts if v.move.period.end in period]
    return found[-1] if found else None


def score_floor(need: Need | None) -> Decimal | None:
    """The score that a tier needs, wherever it stands among all-of requirements."""
    if need is None:
        return None
    if need.score:
        return need.at_least if need.at_least is not None else need.above
    floors = [f for f in (score_floor(n) for n in need.all) if f is not None]
    return max(floors, default=None)
