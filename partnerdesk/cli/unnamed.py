"""What `--explain` says of a name that is no figure: a text or a day, or why there is nothing of that name."""

from collections.abc import Iterable, Sequence
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from partnerdesk.engine.outcome import Traced


def told(outcome: "Traced", asked: str) -> dict[str, str]:
    """The answer of a name that is a text or a day, such as the tier of a period or the day of a payout."""
    from partnerdesk.engine.naming import answer

    name, _, period = asked.partition(":")
    for figure, of_period in ((asked, ""), (name, period)):
        try:
            found = answer(outcome, figure, of_period)
        except (KeyError, IndexError, StopIteration):
            continue
        if isinstance(found, str | date):
            return {asked: str(found) or "none"}
    return {}


def why_none(outcomes: "Sequence[Traced]", asked: Iterable[str]) -> tuple[str, str]:
    """A sentence and a remedy: why an event earned nothing, else the names that are nearest."""
    names = list(asked)
    reasons = [reason for outcome in outcomes for name in names for reason in _left_out(outcome, name)]
    if reasons:
        return "; ".join(dict.fromkeys(reasons)) + ".", "Its line would have had that name."
    said = ", ".join(f"“{name}”" for name in names)
    near = [close for name in names for close in get_close_matches(name, _known(outcomes), 3, 0.6)]
    first = f"The nearest are {', '.join(near)}. " if near else ""
    return f"No figure is called {said}.", f"{first}Name an earning line, an entry, a metric, score, or PERIOD:ROW."


def _left_out(outcome: "Traced", name: str) -> Iterable[str]:
    """Why a fact is in no line, where the name is that of a rule and the fact."""
    _, _, fact = name.partition(":")
    for statement in outcome.statements.values():
        for left in statement.uncounted:
            if fact and left.fact.id == fact:
                yield f"{fact} does not count in {statement.period}: {left.reason}"


def _known(outcomes: "Sequence[Traced]") -> list[str]:
    found: dict[str, None] = {}
    for outcome in outcomes:
        found |= {line.id: None for line in outcome.lines} | {f"{m}:{p}": None for m, p in outcome.metrics}
        found |= {f"{period}:{row.key}": None for period, s in outcome.statements.items() for row in s.rows}
    return list(found)
