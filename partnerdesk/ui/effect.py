"""Which parts of an explained figure have no effect on it, so that its Why can say so beside them.

What a figure does not rest on is the engine's finding (`engine.figures.bearing`): values of which no other one would
change it. A step has none where neither its own value nor any leaf of it has.
"""

from collections.abc import Collection

from partnerdesk.engine.figures.bearing import is_unused, unused
from partnerdesk.engine.figures.figure import Figure
from partnerdesk.engine.figures.steps import leaves_of

WORDS = "no effect"
# A part that a person opens is looked at while that person waits: only as long as nobody notices.
_MOST_LEAVES = 500

Silent = frozenset[int]  # leaves by identity, as long as their figure is there


def silent(figure: Figure, found: Collection[Figure] | None = None) -> Silent:
    """The leaves without effect: those that were `found` where the figure was read, else of a figure of few leaves."""
    if found is None:
        found = unused(figure) if sum(1 for _ in leaves_of(figure)) <= _MOST_LEAVES else ()
    return frozenset(map(id, found))


def is_silent(figure: Figure, part: Figure, leaves: Silent) -> bool:
    """Whether neither a part nor any leaf in it has an effect."""
    return bool(leaves) and all(id(leaf) in leaves for leaf in leaves_of(part)) and is_unused(figure, part)
