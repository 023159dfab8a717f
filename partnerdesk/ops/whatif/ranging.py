"""What two cases of a partner may earn as ranges: the same futures for both, so that they differ by the case alone.

Chances, habits and luck are those of the book as it is; each case lays its changes over the facts and the rules. A deal
that a case wins is won in all its futures, and every other deal has the luck that it has on the other side.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Facts
from partnerdesk.engine.period import Period
from partnerdesk.engine.terms.versions import Terms
from partnerdesk.errors import Refused
from partnerdesk.forecast.counting import Future, Months, all_lines, columns
from partnerdesk.forecast.futures import futures
from partnerdesk.forecast.learned import Learned
from partnerdesk.forecast.prepared import Asked, Prepared
from partnerdesk.forecast.ranges import Range, range_of
from partnerdesk.ops.whatif.facts_changed import Left, changed_facts
from partnerdesk.ops.whatif.metrics_changed import with_metrics
from partnerdesk.ops.whatif.rules_changed import changed_programs
from partnerdesk.ops.whatif.trying import Case, given, tried
from partnerdesk.progress import SILENT, Progress
from partnerdesk.queries.forecasts import Drawn, horizon_of, learned_at
from partnerdesk.queries.scenarios import METRIC
from partnerdesk.queries.statements.archive import posted_by

LABEL = "drawing futures"


@dataclass(frozen=True, slots=True)
class RangeRow:
    """What is earned in a period on both sides, and what the second side has more, future by future."""

    period: Period
    before: Range
    after: Range
    more: Range


@dataclass(frozen=True, slots=True)
class Ranged:
    """Both sides by month and in all. `better` is the share of futures in which the second side earns more."""

    currency: str
    as_of: date
    seed: int
    scenarios: int
    months: tuple[RangeRow, ...]
    whole: RangeRow
    better: Decimal
    left: tuple[Left, ...]


@dataclass(frozen=True, slots=True)
class _Side:
    currency: str
    months: Months
    found: Sequence[Future]
    left: tuple[Left, ...]


def ranged(
    session: Session,
    partner: str,
    before: Case,
    after: Case,
    today: date,
    drawn: Drawn,
    months: int = 6,
    progress: Progress = SILENT,
) -> Ranged:
    """Both cases over the months to come. Raises Refused as `trying.tried` does, and for two currencies."""
    count = drawn[0]

    def side(number: int, case: Case) -> _Side:
        def step(done: int, total: int) -> None:
            progress.step(number * count + done * count // total, 2 * count, LABEL)

        return _side(session, partner, case, today, (drawn, months), step)

    one, other = side(0, before), side(1, after)
    if one.currency != other.currency:
        raise Refused(
            f"Amounts in {one.currency} and in {other.currency} have no difference.", "Leave the currency as it is."
        )
    periods = [*one.months.months, one.months.whole]
    rows = tuple(_rows(one, other, periods))
    wholes = zip(*(columns([f.earned for f in s.found], periods[-1:])[0] for s in (one, other)), strict=True)
    better = Decimal(sum(mine > was for was, mine in wholes)) / count
    left = (*one.left, *(left for left in other.left if left not in one.left))
    return Ranged(one.currency, today, drawn[1], count, rows[:-1], rows[-1], better, left)


def _rows(one: _Side, other: _Side, periods: Sequence[Period]) -> "list[RangeRow]":
    amounts = [columns([f.earned for f in side.found], periods) for side in (one, other)]
    found = []
    for period, was, mine in zip(periods, *amounts, strict=True):
        more = [b - a for a, b in zip(was, mine, strict=True)]
        found.append(RangeRow(period, *(range_of(column, one.currency) for column in (was, mine, more))))
    return found


def _side(session: Session, partner: str, case: Case, today: date, reach: tuple[Drawn, int], step: Any) -> _Side:
    book, learned = given(session, partner, today), learned_at(session, today)
    programs, left = changed_programs(book.texts, case.changes)
    facts, out = changed_facts(learned.facts, case.changes)
    drawn, months = reach
    asked = Asked(today, horizon_of(today, months, programs[-1].fiscal_year), *drawn)
    besides = [*_following(learned, facts, asked)]
    if any(change.action == METRIC for change in case.changes):
        plain = replace(case, changes=tuple(c for c in case.changes if c.action != METRIC), day=None)
        outcome = tried(session, partner, plain, today).outcome
        programs, whole, wrong = with_metrics(programs, facts, partner, outcome, today, case.changes)
        known, out = {row.id for row in facts.of("observation")}, (*out, *wrong)
        besides += [("observation", row) for row in whole.of("observation") if row.id not in known]
    closed = posted_by(session, partner, today)
    supposed: Learned = learned.supposing(facts)
    prepared = Prepared(programs, supposed, partner, asked, closed, besides)
    terms = Terms(prepared.programs, asked.horizon)
    stretch = Months(terms.calendar, today, asked.horizon)
    return _Side(terms.currency, stretch, futures(prepared, stretch, all_lines, step), (*left, *out))


def _following(learned: Learned, facts: Facts, asked: Asked) -> Iterator[tuple[str, Any]]:
    """The usual contract of each deal that a case wins, as it follows those that are won in a future.

    None where the case says of itself what follows.
    """
    still = {deal.id for deal in learned.facts.of("deal") if deal.status == "open"}
    told = {contract.deal for contract in facts.of("contract")}
    for deal in facts.of("deal"):
        if deal.id in still and deal.status == "won" and deal.id not in told:
            yield from learned.follows.after(deal, asked.as_of, asked.horizon)
