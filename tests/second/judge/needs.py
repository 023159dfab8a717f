"""Whether a requirement holds in a period."""

from collections.abc import Callable
from typing import NamedTuple

from partnerdesk.engine.rules import Need
from tests.second.judge.book import Case
from tests.second.judge.days import Span, spans_back
from tests.second.judge.filters import passes, within
from tests.second.judge.metrics import measure
from tests.second.judge.score import score

HeldRank = Callable[[Span], int]  # the rank of the tier that a partner holds at a period's end; -1 for none


class Asked(NamedTuple):
    """For whom a requirement is asked, and the tier it then holds."""

    case: Case
    held: HeldRank


def holds(asked: Asked, need: Need, span: Span) -> bool:
    """Whether it holds in a period, and in so many before it as it says."""
    case = asked.case
    return all(_holds(asked, need, spans_back(span, n, case.year)) for n in range(need.for_periods))


def _holds(asked: Asked, need: Need, span: Span) -> bool:
    case = asked.case
    if need.all:
        return all(holds(asked, part, span) for part in need.all)
    if need.any:
        return any(holds(asked, part, span) for part in need.any)
    if need.none:
        return not any(holds(asked, part, span) for part in need.none)
    if need.of:
        return sum(holds(asked, part, span) for part in need.of) >= need.some
    if need.partner:
        return passes(case, "partner", case.partner, need.partner)
    if need.tier:
        names = [tier.name for tier in case.program.tier]
        return asked.held(span) >= names.index(need.tier)
    value = score(case, span).total if need.score else measure(case, need.metric, span)
    return value is not None and within(value, need)
