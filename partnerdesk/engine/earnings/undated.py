"""Facts that would be events, were the text that should say their day one: they earn nothing, and it is told."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from partnerdesk.engine.facts import plural
from partnerdesk.engine.figures.figure import Excluded, N
from partnerdesk.engine.problem import Problem
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.terms.earnings import EarningTerms
from partnerdesk.engine.world.days import FREE, day_in, happened, held_in, no_day_words
from partnerdesk.engine.world.world import World


def undated(reckoning: Reckoning[N], terms: EarningTerms) -> list[Excluded]:
    """The facts of a rule whose free attribute holds something that is no day; one warning says how many there are.

    Each stands in the period of its kind's usual day, under the version of that day, so that it is told once; one
    without that on the as-of day.
    """
    if terms.trigger is None or not terms.trigger.day.startswith(FREE):
        return []
    found = [*_found(reckoning, terms)]
    if found:
        reckoning.problems.append(_problem(terms, terms.trigger.day, found))
    return found


def _found(reckoning: Reckoning[N], terms: EarningTerms) -> Iterator[Excluded]:
    trigger, own = terms.trigger, reckoning.world
    assert trigger is not None
    worlds: tuple[World, ...] = tuple(reckoning.below_at(terms.level)) if terms.is_below else (own,)
    for world, row in chain.from_iterable(((world, row) for row in world.rows(trigger.kind)) for world in worlds):
        held = held_in(trigger.day, row)
        if not held or day_in(held) is not None or not terms.counts(row, world):
            continue
        day = happened(trigger.kind, row) or reckoning.as_of
        if day <= reckoning.as_of and reckoning.terms.at(day) is terms.version:
            yield Excluded(row, no_day_words(trigger.day, row), terms.rule.reference, day=day)


def _problem(terms: EarningTerms, name: str, found: list[Excluded]) -> Problem:
    """How many there are, at the place of the first."""
    first: Any = found[0].fact
    source = str(first.source) if first.source and first.source.file else f"{terms.kind.replace('_', ' ')} {first.id}"
    counted = f"1 {terms.kind.replace('_', ' ')}" if len(found) == 1 else f"{len(found)} {plural(terms.kind)}"
    message = f"“{terms.rule.says}” leaves out {counted} for want of a day: {found[0].reason}."
    remedy = "Write it so" + (
        "." if len(found) == 1 else " there, and in the others, which stand under what did not count."
    )
    return Problem(f"{source}, column {name.removeprefix(FREE)}", message, remedy, warning=True)
