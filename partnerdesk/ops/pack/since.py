"""What moved since the last review, by cause, from the difference explainer: two evaluations with nothing left over."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from partnerdesk.engine.difference.found import Step
from partnerdesk.engine.money import ZERO
from partnerdesk.ops.pack.gathered import Gathered
from partnerdesk.ops.statements.differences import TODAY, compared
from partnerdesk.queries.figures import state
from partnerdesk.reports.pack.data import Moved, SinceReview

_LINES = 2  # named of a cause
_KEPT = 64
_compared: dict[tuple[object, ...], SinceReview] = {}  # by the state of the book, as evaluations are kept


def since_review(g: Gathered) -> SinceReview | None:
    """The balance then and now; None without a review that was held before, or where nothing of then is known."""
    before = g.review.previous_review if g.review else None
    if before is None or before.held_on is None:
        return None
    if not g.programs[0].effective_from <= before.held_on < g.as_of:
        return None
    key = (*state(g.session), g.partner.id, before.held_on, g.as_of)
    if key not in _compared:
        while len(_compared) >= _KEPT:
            _compared.pop(next(iter(_compared)))
        _compared[key] = _since(g, before.held_on)
    return _compared[key]


def _since(g: Gathered, day: date) -> SinceReview:
    found = compared(g.session, g.partner.id, day.isoformat(), TODAY, g.as_of)
    steps = tuple(_moved(step, found.titles) for step in found.found.steps)
    return SinceReview(day, found.found.start, found.found.end, steps)


def _moved(step: Step[Decimal], titles: Mapping[str, str]) -> Moved:
    """A step with the kinds of lines that moved most in it."""
    sums: dict[str, Decimal] = {}
    for part in step.parts:
        for line in part.lines:
            name = titles.get(line.rule, line.says)
            sums[name] = sums.get(name, ZERO) + line.amount
    most = sorted(sums, key=lambda name: (-abs(sums[name]), name))[:_LINES]
    return Moved(step.cause, step.amount, tuple(most))
