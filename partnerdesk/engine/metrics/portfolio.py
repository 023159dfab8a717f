"""Retention of a portfolio of customers: what those of then are worth at the window's end.

Who belongs to it, and since when: in force, every customer with a contract on the window's first day; acquired, every
customer whose first contract started in the window, from that day; active, every customer with a contract in the
window, from the first day of it. A contract that was renewed without another one that names it goes on for a term.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from partnerdesk.engine.facts import Contract
from partnerdesk.engine.figures.figure import Excluded, N, is_zero
from partnerdesk.engine.metrics.retention import contracts_counted
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.period import Period, add_months, months_between
from partnerdesk.engine.problem import Problem
from partnerdesk.engine.reckoning import Measured, Reckoning
from partnerdesk.engine.terms.metrics import MetricTerms
from partnerdesk.engine.world.where_words import failing
from partnerdesk.engine.world.world import MissingRate

_DAY = timedelta(days=1)


def kept_of_portfolio(reckoning: Reckoning[N], terms: MetricTerms, period: Period, back: int) -> Measured[N]:
    """What is kept at the window's end over what was there, or why it is not evaluated."""
    start, end = terms.window(period, back, reckoning.world.partner)
    contracts, excluded = _contracts(reckoning, terms, end)
    portfolio = {
        customer: day
        for customer, own in contracts.items()
        if (day := _since(terms.metric.retention_of, own, start, end)) is not None
    }
    if len(portfolio) < max(1, terms.metric.minimum_rows):
        return Measured(None, f"{len(portfolio)} customers to measure, {terms.words}", len(portfolio), excluded)
    try:
        base, kept = _compared(reckoning, terms, contracts, portfolio, end)
    except MissingRate as missing:
        reckoning.problems.append(Problem(terms.metric.says, f"{missing}.", "Add the rate."))
        return Measured(None, str(missing), len(portfolio), excluded, is_broken=True)
    ar = reckoning.arithmetic
    if is_zero(base):
        return Measured(None, "the customers' contracts had no recurring value", len(portfolio), excluded)
    number = ar.quotient(kept, base, terms.unit, terms.metric.says)
    return Measured(ar.because(number, terms.words, excluded), "", len(portfolio), excluded)


class _Term:
    """A contract for as long as it is in force, and what it is worth a year."""

    def __init__(self, row: Contract, start: date, end: date | None, attribute: str) -> None:
        self.row, self.start, self.end, self.attribute = row, start, end, attribute

    def covers(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)


def _contracts(
    reckoning: Reckoning[N], terms: MetricTerms, end: date
) -> tuple[dict[str, list[_Term]], tuple[Excluded, ...]]:
    """The terms of each customer's contracts that started by the window's end, and what does not count."""
    metric, whole = terms.metric, reckoning.world
    worlds = (whole,) if terms.is_own else whole.tree.worlds(metric.whose)
    followed = {row.renewal_of for world in worlds for row in world.rows("contract") if row.renewal_of}
    found: dict[str, list[_Term]] = {}
    excluded = []
    for row, world in contracts_counted(reckoning, terms, "start", None, end):
        reason = "it names no customer" if not row.customer else ""
        if terms.passes is not None and not terms.passes(row, world):
            reason = failing("contract", metric.where, row, world)
        elif metric.retention != "logo" and row.recurring is None:
            reason = "its recurring amount is not known"
        if reason or row.customer is None:
            excluded.append(Excluded(row, reason, metric.reference, day=row.start))
        else:
            found.setdefault(row.customer, []).extend(_terms(row, row.id in followed, reckoning.as_of))
    return found, tuple(excluded)


def _terms(row: Contract, is_followed: bool, as_of: date) -> list[_Term]:
    """A contract's own term, and the next one where it was renewed and no other contract says so."""
    assert row.start
    end = row.end or (row.outcome_on if row.outcome == "churned" else None)
    terms = [_Term(row, row.start, end, "recurring")]
    is_known = row.outcome_on is None or row.outcome_on <= as_of
    if end and not is_followed and is_known and row.outcome in ("renewed", "expanded", "contracted"):
        attribute = "recurring" if row.outcome_amount is None else "outcome_amount"
        terms.append(_Term(row, end + _DAY, _as_long(row.start, end), attribute))
    return terms


def _as_long(start: date, end: date) -> date:
    """The end of the next term: so many months where the one before was whole months, else so many days."""
    months = months_between(start, end + _DAY)
    if months > 0 and add_months(start, months) == end + _DAY:
        return add_months(start, 2 * months) - _DAY
    return end + (end - start) + _DAY


def _since(kind: str, terms: list[_Term], start: date | None, end: date) -> date | None:
    """The day from which a customer belongs to the portfolio; None when it does not."""
    first = min(term.start for term in terms)
    if kind == "acquired":
        return first if start is None or first >= start else None
    if kind == "in force":
        return start if start and any(term.covers(start) for term in terms) else None
    inside = [max(t.start, start or t.start) for t in terms if t.start <= end]
    days = [day for day in inside if day <= end and any(t.covers(day) for t in terms)]
    return min(days, default=None)


def _compared(
    reckoning: Reckoning[N],
    terms: MetricTerms,
    contracts: Mapping[str, list[_Term]],
    portfolio: Mapping[str, date],
    end: date,
) -> tuple[N, N]:
    """What the customers were worth, and what they are worth at the end. Raises MissingRate."""
    ar, definition, unit = reckoning.arithmetic, terms.metric.retention, reckoning.currency
    if definition == "logo":
        firsts = [(_in_force(contracts[c], day) or contracts[c][0]).row for c, day in portfolio.items()]
        kept = [t.row for c in portfolio for t in [_in_force(contracts[c], end)] if t]
        return ar.count(firsts, "customers", "customers then"), ar.count(kept, "customers", "customers kept")
    then, now = [], []
    for customer, day in portfolio.items():
        before = _worth(reckoning, terms, contracts[customer], day, end, f"{customer} then")
        after = _worth(reckoning, terms, contracts[customer], end, end, f"{customer} now")
        then.append(before)
        now.append(after if definition == "net revenue" else ar.least([after, before], unit, f"{customer} kept"))
    return ar.sum(then, unit, "recurring value then"), ar.sum(now, unit, "recurring value kept")


def _in_force(terms: list[_Term], day: date) -> _Term | None:
    return next((term for term in terms if term.covers(day)), None)


def _worth(reckoning: Reckoning[N], terms: MetricTerms, own: list[_Term], day: date, end: date, label: str) -> N:
    """What a customer's contracts in force on a day are worth a year; exchanged on the window's last day."""
    parts = []
    for term in own:
        if term.covers(day):
            amount: Decimal = getattr(term.row, term.attribute)
            parts.append(
                reckoning.money(terms.version.program.exchange, term.row, amount, term.attribute, term.row.id, end)
            )
    ar = reckoning.arithmetic
    if not parts:
        return ar.rule(ZERO, reckoning.currency, f"{label}: no contract", terms.origin)
    return ar.sum(parts, reckoning.currency, label)
