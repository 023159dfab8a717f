"""When a partner's periods begin: with the first fact of those that its versions look at, each in its own days.

What only a later version looks at began nothing under the ones before it: else a change of the program would give
earlier periods lines that they never had.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from partnerdesk.engine.facts import HAPPENED, Facts
from partnerdesk.engine.problem import Problem
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.semantics import BEGINS_BELOW, BEGINS_BY_VERSION, BEGINS_COUNTED
from partnerdesk.engine.terms.triggers import LINES
from partnerdesk.engine.terms.versions import Terms, Version
from partnerdesk.engine.world.tree import OWN
from partnerdesk.engine.world.where import MADE
from partnerdesk.engine.world.world import World

# Facts whose first day starts a partner's periods under any version.
_BUSINESS = ("deal", "contract", "transaction", "deployment", "payment", "adjustment")


class Start(NamedTuple):
    """A kind of fact with the attribute that dates it, and the first day of the first version that looks at it."""

    kind: str
    day: str
    since: date


def starts_of(terms: Terms, facts: Facts, semantics: int) -> list[Start]:
    """The kinds of fact whose first one may start a partner's periods."""
    found = dict.fromkeys([(kind, "") for kind in _BUSINESS], date.min)
    for since, version in _in_force(terms, semantics):
        triggers = (rule.trigger for rule in version.earnings.values() if rule.trigger)
        for dated in [*((t.kind, t.day) for t in triggers), *_drawn(version, semantics)]:
            found.setdefault(dated, since)
    # The usual day of a kind is the first of its days that is known: that one by itself tells nothing more.
    usual = {(kind, HAPPENED.get(kind, ("day",))[0]): since for (kind, day), since in found.items() if not day}
    return [
        Start(*dated, since)
        for dated, since in found.items()
        if usual.get(dated, date.max) > since and facts.of(dated[0])
    ]


def _in_force(terms: Terms, semantics: int) -> list[tuple[date, Version]]:
    """The first version, and those after it that rule any day up to the as-of day, each with its first day."""
    first, *others = terms.versions
    if semantics < BEGINS_BY_VERSION:
        return [(date.min, version) for version in terms.versions]
    return [(date.min, first), *((v.start, v) for v in others if v.start <= v.last)]


def _drawn(version: Version, semantics: int) -> list[tuple[str, str]]:
    """What metrics draw on, with the day that places it, where an earning rests on metrics and no fact triggers it.

    A version that pays nothing rests on metrics alone: tiers that are reached by people or points have a history.
    """
    rests_alone = not version.earnings and semantics >= BEGINS_COUNTED
    if not rests_alone and all(terms.kind for terms in version.earnings.values()):
        return []
    return [(m.of, m.day) for m in version.program.metric.values() if m.of and m.of not in MADE]


def begin(reckoning: Reckoning[Any], starts: Sequence[Start]) -> date:
    """Sets the first day of the partner's periods: of its first fact, or of one that it earns on or that is counted
    with its own. Under each version it began with what that one or an earlier one looks at.
    """
    terms, as_of, joined = reckoning.terms, reckoning.as_of, reckoning.world.partner.joined
    found = dict[date, date]()
    for since, day in _first_facts(reckoning, starts):
        found[since] = min(found.get(since, day), day)
    reckoning.first_facts = tuple(found.items())
    began, first = list[date](), list[date]()
    for since, version in _in_force(terms, reckoning.semantics):
        fact = min((day for known, day in reckoning.first_facts if known <= since), default=as_of)
        reckoning.begun[version.number] = min(fact, joined or fact)
        began.append(max(reckoning.begun[version.number], since))
        first.append(max(fact, since, terms.versions[0].start))
    reckoning.began, reckoning.first = min(began), min([as_of, *first])
    return reckoning.first


def _first_facts(reckoning: Reckoning[Any], starts: Sequence[Start]) -> Iterator[tuple[date, date]]:
    """The first day of each kind of fact up to the as-of day, behind the first day of a version that looks at it."""
    for since, world in _worlds(reckoning):
        for kind, attribute, known in starts:
            day = world.first_day(kind, attribute)
            if day is not None and day <= reckoning.as_of:
                yield max(known, since), day
    yield from _further_down(reckoning)


def _worlds(reckoning: Reckoning[Any]) -> Iterator[tuple[date, World]]:
    """Whose facts start the periods, behind the first day of a version under which they do."""
    yield date.min, reckoning.world
    terms = reckoning.terms
    if not reckoning.below and not terms.counts_of:
        return
    tree, seen, reached = reckoning.world.tree, set[str](), 1
    for since, version in _in_force(terms, reckoning.semantics):
        if "" not in seen and (reckoning.semantics < BEGINS_BY_VERSION or _earns_below(version)):
            seen.add("")
            yield from ((since, world) for world in reckoning.below)
        for level in range(reached + 1, _depth(version) + 1):
            reached, below = level, reckoning.below_at(level)
            if not below:
                break
            yield from ((since, world) for world in below)
        for whose in sorted({metric.whose for metric in version.program.metric.values()} - {OWN, *seen}):
            seen.add(whose)
            yield from ((since, world) for world in tree.worlds(whose))
    if terms.counts_of and tree.is_circle:
        place, message = f"partner {reckoning.partner}", "it stands below itself; each partner's facts count once."
        reckoning.problems.append(Problem(place, message, "Correct its parent partner."))


def _depth(version: Version) -> int:
    """How many levels below a partner the earnings of a version look."""
    rules = (terms.rule for terms in version.earnings.values())
    return max((rule.level for rule in rules if rule.of == "sub-partners"), default=0)


def _earns_below(version: Version, on: str = "") -> bool:
    """Whether a version pays on partners below, or on lines of theirs."""
    rules = (terms.rule for terms in version.earnings.values())
    return any(rule.of == "sub-partners" and on in ("", rule.on) for rule in rules)


def _further_down(reckoning: Reckoning[Any]) -> Iterator[tuple[date, date]]:
    """Who earns on lines of partners below may earn on those below them, too: their first facts count as well."""
    terms = reckoning.terms
    if not terms.earns_on_lines_below or reckoning.semantics < BEGINS_BELOW:
        return
    since = next((day for day, v in _in_force(terms, reckoning.semantics) if _earns_below(v, LINES)), None)
    if since is not None:
        kin = (reckoning.kin.get(world.partner.id) for world in reckoning.below)
        yield from ((max(since, known), day) for one in kin if one is not None for known, day in one.first_facts)
