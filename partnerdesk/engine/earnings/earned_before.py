"""What a partner taken over had earned before under the program's earnings: it uses up caps as its own lines would.

Each line of the former ledger that names an earning is what is held, payable and paid of it, earned on its event's
day. What is owed is no earning.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from partnerdesk.engine.earnings.taken_over import RECEIVABLE, balance, opened
from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.metrics.adjusted import Beside
from partnerdesk.engine.outcome import OPENING, EarningLine
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.semantics import REFUSES_ROWS


class Before(NamedTuple):
    """A line of the former ledger: the last day of its balances, its event, and what any row of it names."""

    taken_over: date
    event: date
    earning: str
    deal: str | None
    contract: str | None
    customer: str | None
    product: str | None


def earned_before(reckoning: Reckoning[N]) -> list[Beside]:
    """The amounts that take room under caps; none for a partner that was not taken over."""
    if not reckoning.world.index.facts.of(OPENING):
        return []
    lines, asks_all = defaultdict[str, list[tuple[Any, N | None]]](list), reckoning.semantics < REFUSES_ROWS
    for row in opened(reckoning):
        amount = balance(reckoning, row)
        if amount is not None or asks_all:
            lines[row.line if row.line else f" {row.id}"].append((row, amount))
    found = []
    for rows in lines.values():
        line = _line([row for row, _ in rows])
        for row, amount in rows if line.earning else ():
            if row.kind != RECEIVABLE and amount is not None:
                found.append(Beside(line, amount, line.event, f"earning.{line.earning}"))
    return found


def _line(rows: Sequence[Any]) -> Before:
    """The line of some rows. A refused one is none of them: its day would be taken for that of the opening."""

    def given(name: str) -> Any:
        return next((value for row in rows if (value := getattr(row, name))), None)

    of = given("deal"), given("contract"), given("customer"), given("product")
    return Before(rows[0].day, given("event") or rows[0].day, given("earning") or "", *of)


def stands_for(before: Sequence[Beside], line: EarningLine[Any]) -> bool:
    """Whether what was taken over stands in the place of a line: one of its earning, of a day up to the opening's."""
    return any(one.earning == line.rule.key and line.process <= one.row.taken_over for one in before)
