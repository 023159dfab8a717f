"""What `--explain` says of a name that is no figure: a text or a day, or why there is nothing of that name."""

from collections.abc import Iterable, Sequence
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from partnerdesk.engine.whole import Traced


_OF_REVIEWS = ("tier", "reached", "score")  # what stands before its period


def told(outcome: "Traced", asked: str) -> dict[str, str]:
    """The answer of a name that is a text or a day, such as the tier of a period or the day of a payout."""
    from partnerdesk.engine.naming import answer

    name, _, period = asked.partition(":")
    turned = f"{period}:{name}"  # who writes the period first
    for figure, of_period, called in ((asked, "", asked), (name, period, asked), (period, name, turned)):
        try:
            found = answer(outcome, figure, of_period)
        except (KeyError, IndexError, StopIteration):
            continue
        if isinstance(found, str | date):
            return {called: str(found) or "none"}
    return {}


def why_none(outcomes: "Sequence[Traced]", asked: Iterable[str], whose: str = "") -> tuple[str, str]:
    """A sentence and a remedy: why there is no line or no value, else the names that are nearest.

    `whose` is the partner that was asked about, where it was one.
    """
    from partnerdesk.engine.unpaid import why_unpaid

    names = list(asked)
    missing = [reason for outcome in outcomes for name in names for reason in _not_evaluated(outcome, name)]
    if missing:
        then = "Add the facts that it measures, or say by `missing` in the program what it is without them."
        return "; ".join(dict.fromkeys(missing)) + ".", then
    reasons = [": ".join(left) for outcome in outcomes for name in names for left in why_unpaid(outcome, name)]
    if reasons:
        return "; ".join(dict.fromkeys(reasons)) + ".", "Its line would have had that name."
    said = ", ".join(f"“{name}”" for name in names)
    begins = f"{whose} has no figure" if whose else "No figure is"
    return f"{begins} called {said}.", remedy(outcomes, names)


def remedy(outcomes: "Sequence[Traced]", names: Sequence[str]) -> str:
    """What to ask for instead: the names that are nearest, and the kinds of names that there are."""
    known = _known(outcomes)
    parts = [name.partition(":") for name in names]
    turned = [f"{name}:{period}" for period, _, name in parts if name in _OF_REVIEWS]
    near = dict.fromkeys(close for name in (*turned, *names) for close in get_close_matches(name, known, 3, 0.6))
    first = f"The nearest are {', '.join(near)}. " if near else ""
    return f"{first}Name an earning line, an entry, a metric, score, or PERIOD:ROW of a statement."


def _not_evaluated(outcome: "Traced", name: str) -> Iterable[str]:
    """Why a metric has no value, for a period or in the last one that is shown."""
    metric, _, period = name.partition(":")
    labels = [label for known, label in outcome.metrics if known == metric]
    try:
        found = outcome.metric_in(metric, period or labels[-1]) if labels else None
    except KeyError:
        return
    if found is not None and found.value is None:
        yield f"{name} is not evaluated: {found.missing}"


def _known(outcomes: "Sequence[Traced]") -> list[str]:
    """Names that have a figure, those first that are meant more often."""
    from partnerdesk.engine.naming import AT_RISK, FUND_COLUMNS
    from partnerdesk.engine.trace import PAYOUT_COLUMNS

    found: dict[str, None] = {}
    for outcome in outcomes:
        names = [line.id for line in outcome.lines] + [f"{metric}:{period}" for metric, period in outcome.metrics]
        names += [f"score:{period}" for period in outcome.scores]
        names += [f"{name}:{period}" for period in outcome.standings for name in ("tier", "reached")]
        for period, statement in outcome.statements.items():
            rows = [f"{period}:{row.key}" for row in statement.rows]
            names += rows + [f"{row}.{bucket}" for row in rows for bucket in ("held", "payable")]
        for label in dict.fromkeys(payout.period.label for payout in outcome.payouts.values()):
            names += [f"payout:{label}", *(f"payout.{column}:{label}" for column in PAYOUT_COLUMNS)]
        names += [f"fund.{fund}.{column}" for fund in (*outcome.funds, *outcome.ruled_funds) for column in FUND_COLUMNS]
        found |= dict.fromkeys(names + [AT_RISK] * bool(outcome.at_risk))
    return list(found)
