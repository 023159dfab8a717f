"""What is kept of groups and of parts of a series: those inside bounds, and of these the greatest."""

from partnerdesk.engine.figures.figure import Bounds
from partnerdesk.engine.rules import Keep


def bounds_of(keep: Keep | None) -> Bounds:
    """The bounds of what is kept."""
    return (keep.at_least, keep.above, keep.at_most, keep.below) if keep else (None, None, None, None)


def best_of(keep: Keep | None) -> int | None:
    """How many of what is inside the bounds count, the greatest; None for all."""
    return keep.best if keep else None
