"""Which tier the figures of a period reach."""

from tests.second.judge.book import Case
from tests.second.judge.days import Span, spans_back
from tests.second.judge.metrics import blocks
from tests.second.judge.needs import Asked, HeldRank, holds
from tests.second.judge.score import score


def reached(case: Case, span: Span, held: HeldRank) -> int:
    """The rank that counts as reached: the best of so many periods, where the program says so."""
    periods = (spans_back(span, n, case.year) for n in range(case.program.tiers.qualifies_for))
    return max(reached_in(case, period, held) for period in periods)


def reached_in(case: Case, span: Span, held: HeldRank) -> int:
    """The highest tier of which the requirement holds; the lowest where a minimum or a metric stands against it."""
    if is_blocked(case, span):
        return 0
    for rank in reversed(range(len(case.program.tier))):
        need = case.program.tier[rank].requires
        if need is None or holds(Asked(case, held), need, span):
            return rank
    return 0


def is_blocked(case: Case, span: Span) -> bool:
    """Whether no tier above the lowest is reached, whatever it requires."""
    if case.program.score and not score(case, span).meets:
        return True
    return any(blocks(case, name, span) for name in case.program.metric)
