"""Whole lists of rows through a filter at once, which is a good deal faster than row by row."""

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeAlias

from partnerdesk.engine.rules import Where
from partnerdesk.engine.where import choices_of, predicate

if TYPE_CHECKING:
    from partnerdesk.engine.world import World

Filtered: TypeAlias = Callable[[Sequence[Any], "World"], list[Any]]


@lru_cache(maxsize=1024)
def filtered(kind: str, where: Where) -> Filtered:
    """The function that keeps the rows of a kind which pass a filter, in their order."""
    passes = predicate(kind, where)
    if passes is None:
        return lambda rows, world: list(rows)
    choices = choices_of(kind, where)
    if choices is not None:
        return partial(_chosen, attrgetter(where[0].attribute), choices)
    return lambda rows, world: [row for row in rows if passes(row, world)]


def _chosen(read: Callable[[Any], Any], choices: frozenset[Any], rows: Sequence[Any], world: "World") -> list[Any]:
    """The rows whose attribute is one of the choices, which mostly is true of all."""
    if choices.issuperset(map(read, rows)):
        return list(rows)
    return [row for row in rows if read(row) in choices]
