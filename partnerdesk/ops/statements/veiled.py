"""A calculation as one partner may see it: what it takes from rows of others in the group is one sum without names.

The sum alone adds nothing that the partner could not work out: the whole is a number of its own statement, and its own
rows are beside it. Where the parts are not added, such as with a mean or the greatest, not even their number is told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from partnerdesk.engine.figures.figure import Figure
from partnerdesk.engine.figures.steps import steps_of
from partnerdesk.engine.money import ZERO

OTHERS, UNSHOWN = "others", "unshown"
_LABEL = "Other partners of the group"
_ADDING = ("sum", "count")

Named = frozenset[tuple[str, str]]  # kinds and ids of rows


def veiled(figure: Figure, foreign: Named) -> Figure:
    """The figure with all that rests on foreign rows alone drawn together; itself where there is none of it."""
    rests_on, found = dict[int, Named](), dict[int, Figure]()
    for step in steps_of(figure):
        rests_on[id(step)] = _own_row(step).union(*(rests_on[id(part)] for part in step.parts))
        hidden = [bool(rests_on[id(part)]) and rests_on[id(part)] <= foreign for part in step.parts]
        found[id(step)] = _veiled(step, hidden, found)
    return found[id(figure)]


def _veiled(figure: Figure, hidden: Sequence[bool], known: Mapping[int, Figure]) -> Figure:
    """A step of parts that are veiled already, without those that are hidden."""
    if not figure.parts:
        return figure
    parts = tuple(known[id(part)] for part, hide in zip(figure.parts, hidden, strict=True) if not hide)
    if any(hidden):
        theirs = [part.value for part, hide in zip(figure.parts, hidden, strict=True) if hide]
        adds = figure.op in _ADDING
        value = sum(theirs, ZERO) if adds else ZERO
        parts += (Figure(value, figure.unit, _LABEL, OTHERS if adds else UNSHOWN),)
    return replace(figure, parts=parts)


def foreign_rows(figure: Figure, foreign: Named) -> Named:
    """The foreign rows that a figure rests on."""
    return frozenset[tuple[str, str]]().union(*map(_own_row, steps_of(figure))) & foreign


def _own_row(step: Figure) -> Named:
    """The row that a step itself was read from."""
    if step.origin is None or step.origin.kind == "rule":
        return frozenset()
    return frozenset({(step.origin.kind, step.origin.id)})
