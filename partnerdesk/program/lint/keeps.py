"""Bounds of what counts: at least one, and room between them."""

from collections.abc import Iterator

from partnerdesk.engine.figures.figure import Bounds
from partnerdesk.engine.rules import Keep
from partnerdesk.engine.terms.keeps import bounds_of
from partnerdesk.program.lint.found import Found


def keep_problems(path: str, keep: Keep | None) -> Iterator[Found]:
    if keep is None:
        return
    bounds = bounds_of(keep)
    if keep.best is not None and keep.best < 1:
        yield f"{path}.best", "best is a count.", "Write 1 or more.", False
    if keep.best is None and all(bound is None for bound in bounds):
        yield path, "it has no bound.", "Add at_least, above, at_most, below or best.", False
    elif _is_empty(bounds):
        yield path, "no value lies inside these bounds.", "Correct one of them.", False


def _is_empty(bounds: Bounds) -> bool:
    lows = [b for b in bounds[:2] if b is not None]
    highs = [b for b in bounds[2:] if b is not None]
    if not lows or not highs:
        return False
    low, high = max(lows), min(highs)
    return low > high or (low == high and (bounds[1] == low or bounds[3] == high))
