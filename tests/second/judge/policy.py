"""How partners of a version move in each direction: what a direction says itself, and what it takes from the policy."""

from datetime import date
from itertools import count, takewhile

from partnerdesk.engine.rules import Program, TierMoves
from tests.second.judge.book import Case
from tests.second.judge.days import in_months, moved, plus_months
from tests.second.judge.scopes import made_of

DOWN, UP = False, True


def names_of(version: Program) -> list[str]:
    return [tier.name for tier in version.tier]


def rank_of(version: Program, name: str) -> int:
    """The place of a tier, 0 for the lowest and for one that the version does not have."""
    names = names_of(version)
    return names.index(name) if name in names else 0


def first_tier(version: Program) -> str:
    return version.tiers.start or next(iter(names_of(version)), "")


def rule_of(version: Program, is_up: bool) -> TierMoves:
    return version.tiers.up if is_up else version.tiers.down


def moves_of(version: Program, is_up: bool) -> str:
    return rule_of(version, is_up).moves or version.tiers.moves


def unit_of(version: Program, is_up: bool) -> str:
    return rule_of(version, is_up).every or version.tiers.every


def is_same_period(version: Program, is_up: bool) -> bool:
    """Whether a move counts in the period of its figures; one that a person confirms counts from the next."""
    in_force = rule_of(version, is_up).in_force or version.tiers.in_force
    return in_force == "same period" and moves_of(version, is_up) != "confirmed"


def is_decided(version: Program) -> bool:
    """Whether what persons decide counts: where not all moves are automatic."""
    return not moves_of(version, UP) == moves_of(version, DOWN) == "automatic"


def is_of_group(version: Program) -> bool:
    """Whether a decision for the one at the top holds for all: said so, or all that decides is of the group."""
    if version.tiers.whose:
        return version.tiers.whose == "group"
    needs = [tier.requires for tier in version.tier if tier.requires]
    for need in needs:
        needs += [*need.all, *need.any, *need.none, *need.of]
    tracks = version.score.track if version.score else ()
    parts = [part for own in (version.score, *tracks) if own for part in own.parts]
    for part in parts:
        parts += part.parts
    names = [part.metric for part in parts] + [need.metric for need in needs]
    names = [name for name in names if name] + [
        name for name, rule in version.metric.items() if rule.missing == "blocks"
    ]
    rules = [version.metric[name] for name in names]
    for rule in rules:
        rules += [version.metric[name] for name in made_of(rule)]
    measured = [rule.whose for rule in rules if rule.of or rule.retention or rule.months_since]
    is_personal = any(need.partner for need in needs) or any(track.partner or track.enrolled for track in tracks)
    return not is_personal and bool(measured) and all(whose == "group" for whose in measured)


def effective(case: Case, rule: TierMoves, day: date) -> date:
    """When a move takes effect: after its lag, on the next anniversary where the rule says so."""
    day = moved(day, in_months(rule.lag_months), case.year, later=True)
    since: date | None = getattr(case.partner, rule.on_anniversary_of) if rule.on_anniversary_of else None
    years = 1
    while since is not None and plus_months(since, 12 * years) < day:
        years += 1
    return day if since is None else plus_months(since, 12 * years)


def is_protected(case: Case, rule: TierMoves, day: date, entered: date | None, last: date) -> bool:
    """Whether no move takes effect on a day.

    `entered` is since when the tier is held, None for the first one; `last` is the day on which a move of the review
    before would take effect.
    """
    joined = case.partner.joined
    if rule.not_before and day < rule.not_before:
        return True
    if rule.grace_months and joined and day < plus_months(joined, rule.grace_months):
        return True
    since = entered or joined
    if not rule.kept_months or not since:
        return False
    if day < plus_months(since, rule.kept_months):
        return True
    ends = takewhile(lambda end: end <= day, (plus_months(since, n * rule.kept_months) for n in count(1)))
    return rule.kept_again and not any(end > last for end in ends)
