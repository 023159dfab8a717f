"""Which parts of an explained figure have no effect on it, so that its Why can say so beside them.

What a figure does not rest on is the engine's finding (`engine.figures.bearing`): values of which no other one would
change it. A step has none where neither its own value nor any leaf of it has.
"""

from collections.abc import Collection, Iterator

from partnerdesk.engine.figures.bearing import is_unused, unused
from partnerdesk.engine.figures.figure import Figure

WORDS = "no effect"
# A part that a person opens is looked at while that person waits: only as long as nobody notices.
_MOST_LEAVES = 500

Silent = frozenset[int]  # leaves by identity, as long as their figure is there


def silent(figure: Figure, found: Collection[Figure] | None = None) -> Silent:
    """The leaves without effect: those that were `found` where the figure was read, else of a figure of few leaves."""
    if found is None:
        found = unused(figure) if sum(1 for _ in _each_leaf(figure)) <= _MOST_LEAVES else ()
    return frozenset(map(id, found))


def is_silent(figure: Figure, part: Figure, leaves: Silent) -> bool:
    """Whether neither a part nor any leaf in it has an effect."""
    return bool(leaves) and all(id(leaf) in leaves for leaf in _each_leaf(part)) and is_unused(figure, part)


def _each_leaf(figure: Figure) -> Iterator[Figure]:
    """The figures without parts, each once."""
    seen, waiting = set[int](), [figure]
    while waiting:
        step = waiting.pop()
        if id(step) not in seen:
            seen.add(id(step))
            waiting += step.parts
            if not step.parts:
                yield step
