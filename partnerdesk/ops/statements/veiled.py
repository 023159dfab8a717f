"""A calculation as one partner may see it: what it takes from rows of others in the group is one sum without names.

The sum alone adds nothing that the partner could not work out: the whole is a number of its own statement, and its own
rows are beside it. Where the parts are not added, such as with a mean or the greatest, not even their number is told.
"""

from collections.abc import Iterator
from dataclasses import replace

from partnerdesk.engine.figures.figure import Figure
from partnerdesk.engine.money import ZERO

OTHERS, UNSHOWN = "others", "unshown"
_LABEL = "Other partners of the group"
_ADDING = ("sum", "count")

Named = frozenset[tuple[str, str]]  # kinds and ids of rows


def veiled(figure: Figure, foreign: Named) -> Figure:
    """The figure with all that rests on foreign rows alone drawn together; itself where there is none of it."""
    if not figure.parts:
        return figure
    hidden = [_is_foreign(part, foreign) for part in figure.parts]
    parts = tuple(veiled(part, foreign) for part, hide in zip(figure.parts, hidden, strict=True) if not hide)
    if any(hidden):
        theirs = [part.value for part, hide in zip(figure.parts, hidden, strict=True) if hide]
        adds = figure.op in _ADDING
        value = sum(theirs, ZERO) if adds else ZERO
        parts += (Figure(value, figure.unit, _LABEL, OTHERS if adds else UNSHOWN),)
    return replace(figure, parts=parts)


def foreign_rows(figure: Figure, foreign: Named) -> Named:
    """The foreign rows that a figure rests on."""
    return frozenset(row for row in _rows(figure) if row in foreign)


def _is_foreign(figure: Figure, foreign: Named) -> bool:
    """Whether a part rests on rows, and on foreign ones alone."""
    rows = set(_rows(figure))
    return bool(rows) and rows <= foreign


def _rows(figure: Figure) -> Iterator[tuple[str, str]]:
    if figure.origin is not None and figure.origin.kind != "rule":
        yield figure.origin.kind, figure.origin.id
    for part in figure.parts:
        yield from _rows(part)
