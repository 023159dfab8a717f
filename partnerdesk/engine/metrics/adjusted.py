"""Adjustments that people entered, where their flags say that they count: for the tier, for attainment, under a cap.

Their money is an entry of its own (`engine.ledger`). Here they are looked at by what else is measured: a sum that
moves the tier, a sum that moves a rate, the room that is left under a cap.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.outcome import EarningLine
from partnerdesk.engine.problem import Problem
from partnerdesk.engine.reckoning import Drawn, Reckoning
from partnerdesk.engine.world.tree import OWN
from partnerdesk.engine.world.world import MissingRate

if TYPE_CHECKING:
    from partnerdesk.engine.terms.metrics import MetricTerms
    from partnerdesk.engine.terms.versions import LimitTerms

CAP = "counts_for_cap"


def _flagged(reckoning: Reckoning[N], flags: Sequence[str], whose: str = OWN) -> list[Any]:
    """The adjustments up to the as-of day, in order of day, of which a flag is set."""
    world = reckoning.world
    if not world.index.facts.of("adjustment"):
        return []
    series = world.series("adjustment", "day") if whose == OWN else world.tree.held(whose, "adjustment", "day").series
    rows = series.between(None, reckoning.as_of)
    return [row for row in rows if row.amount is not None and any(getattr(row, flag) for flag in flags)]


def _amount(reckoning: Reckoning[N], row: Any) -> N:
    """What an adjustment counts for, in the program's currency. Raises MissingRate."""
    exchange = reckoning.terms.at(row.day).program.exchange
    return reckoning.money(exchange, row, row.amount, "amount", f"adjustment {row.reason_code or row.id}", row.day)


def with_adjustments(reckoning: Reckoning[N], terms: "MetricTerms", drawn: Drawn[N]) -> Drawn[N]:
    """What a metric draws on with the adjustments that count in it, in order of (day, id).

    Under a filter an adjustment counts only where the line or fact that it corrects does.
    """
    rows = _flagged(reckoning, terms.adjustments, terms.metric.whose) if terms.adjustments else []
    if terms.metric.where:
        inside = {row.id for row in drawn.rows}
        rows = [row for row in rows if row.line in inside]
    if not rows:
        return drawn
    gaps = [drawn.gaps.get(i, "") for i in range(len(drawn.rows))]
    found = [*zip(drawn.days, drawn.rows, drawn.numbers, gaps, strict=True), *_counted(reckoning, rows)]
    found.sort(key=lambda one: (one[0], one[1].id))
    return Drawn(
        [day for day, _, _, _ in found],
        [row for _, row, _, _ in found],
        [number for _, _, number, _ in found],
        {i: gap for i, (_, _, _, gap) in enumerate(found) if gap},
        drawn.owners,
    )


def _counted(reckoning: Reckoning[N], rows: Sequence[Any]) -> Iterator[tuple[date, Any, N, str]]:
    for row in rows:
        try:
            yield row.day, row, _amount(reckoning, row), ""
        except MissingRate as missing:
            yield row.day, row, reckoning.nothing, str(missing)


class Beside(NamedTuple):
    """What takes room under caps beside lines: an adjustment, or what a partner taken over had earned before.

    `amount` is in the program's currency; `earning` the key of what was earned, empty for an adjustment.
    """

    row: Any
    amount: Any
    day: date
    earning: str = ""


def beside_lines(reckoning: Reckoning[N]) -> list[Beside]:
    """The adjustments that count for caps, in order of day."""
    found = []
    for row in _flagged(reckoning, (CAP,)):
        try:
            found.append(Beside(row, _amount(reckoning, row), row.day))
        except MissingRate as missing:
            reckoning.problems.append(Problem(f"adjustment {row.id}", f"{missing}.", "Add the rate."))
    return found


def under(
    reckoning: Reckoning[N], cap: "LimitTerms", beside: Sequence[Beside], own: Sequence[EarningLine[N]]
) -> list[Beside]:
    """Those that take room among these lines, which are of one period of a cap.

    An adjustment of a line counts where that line stands; one that names none, under every cap kept per partner.
    """
    every, per, ids = cap.rule.every, cap.rule.per, {line.id for line in own}
    owner = None if per == "partner" else getattr(own[0], per)
    label = reckoning.label(own[0].event, every, owner)

    def counts(one: Beside) -> bool:
        if one.earning:
            return one.earning in cap.covered and (per == "partner" or getattr(one.row, per) == owner)
        return one.row.line in ids if one.row.line else per == "partner"

    return [one for one in beside if reckoning.label(one.day, every, owner) == label and counts(one)]
