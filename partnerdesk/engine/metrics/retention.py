"""Retention: what was kept of the contracts whose term ended in a window, over what was due.

gross revenue: what was renewed, at most the old amount; net revenue: what was renewed, with expansion; logo: how many
were renewed. A contract without a known outcome does not count yet.
"""

from collections.abc import Iterator
from datetime import date

from partnerdesk.engine.facts import Contract
from partnerdesk.engine.figures.figure import Excluded, N, is_zero
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.period import Period
from partnerdesk.engine.problem import Problem
from partnerdesk.engine.reckoning import Measured, Reckoning
from partnerdesk.engine.terms.metrics import MetricTerms
from partnerdesk.engine.world.where_words import failing
from partnerdesk.engine.world.world import MissingRate, World


def retained(reckoning: Reckoning[N], terms: MetricTerms, period: Period, back: int) -> Measured[N]:
    """Kept over due, or why it is not evaluated."""
    start, end = terms.window(period, back, reckoning.world.partner)
    due, excluded = _due_contracts(reckoning, terms, start, end)
    if len(due) < max(1, terms.metric.minimum_rows):
        return Measured(None, f"{len(due)} contracts ended with a known outcome, {terms.words}", len(due), excluded)
    try:
        base, kept = _compared(reckoning, terms, due)
    except MissingRate as missing:
        reckoning.problems.append(Problem(terms.metric.says, f"{missing}.", "Add the rate."))
        return Measured(None, str(missing), len(due), excluded, is_broken=True)
    ar = reckoning.arithmetic
    if is_zero(base):
        return Measured(None, "the contracts that ended had no recurring value", len(due), excluded)
    number = ar.quotient(kept, base, "%", terms.metric.says)
    return Measured(ar.because(number, terms.words, excluded), "", len(due), excluded)


def _due_contracts(
    reckoning: Reckoning[N], terms: MetricTerms, start: date | None, end: date
) -> tuple[list[Contract], tuple[Excluded, ...]]:
    """The contracts that ended in the window and count, and those that do not, each with its reason."""
    metric = terms.metric
    due, excluded = [], []
    for row, world in contracts_counted(reckoning, terms, "end", start, end):
        reason = _no_outcome(row, reckoning.as_of) or ("" if metric.retention == "logo" else _no_amount(row))
        if terms.passes is not None and not terms.passes(row, world):
            reason = failing("contract", metric.where, row, world)
        if reason:
            excluded.append(Excluded(row, reason, metric.reference, day=row.end))
        else:
            due.append(row)
    return due, tuple(excluded)


def contracts_counted(
    reckoning: Reckoning[N], terms: MetricTerms, day: str, start: date | None, end: date
) -> Iterator[tuple[Contract, World]]:
    """The contracts of those whose facts count, by one of their days, each with the world of its partner."""
    whose, world = terms.metric.whose, reckoning.world
    if terms.is_own:
        yield from ((row, world) for row in world.series("contract", day).between(start, end))
        return
    held = world.tree.held(whose, "contract", day)
    yield from ((row, held.owners[row.id][0]) for row in held.series.between(start, end))


def _no_outcome(contract: Contract, as_of: date) -> str:
    if contract.outcome == "open" or (contract.outcome_on is not None and contract.outcome_on > as_of):
        return "its outcome is not known yet"
    return ""


def _no_amount(contract: Contract) -> str:
    if contract.recurring is None:
        return "its recurring amount is not known"
    if contract.outcome in ("expanded", "contracted") and contract.outcome_amount is None:
        return "its amount after the renewal is not known"
    return ""


def _compared(reckoning: Reckoning[N], terms: MetricTerms, due: list[Contract]) -> tuple[N, N]:
    """What was due and what was kept of it. Raises MissingRate."""
    ar, definition, currency = reckoning.arithmetic, terms.metric.retention, reckoning.currency
    if definition == "logo":
        kept = [c for c in due if c.outcome != "churned"]
        return ar.count(due, "contracts", "contracts due"), ar.count(kept, "contracts", "contracts renewed")
    base = ar.sum([_due(reckoning, terms, c) for c in due], currency, "recurring value due")
    return base, ar.sum([_kept(reckoning, terms, c) for c in due], currency, "recurring value renewed")


def _due(reckoning: Reckoning[N], terms: MetricTerms, contract: Contract) -> N:
    amount, end = contract.recurring or ZERO, contract.end or date.min
    return reckoning.money(terms.version.program.exchange, contract, amount, "recurring", "due", end)


def _kept(reckoning: Reckoning[N], terms: MetricTerms, contract: Contract) -> N:
    ar, end = reckoning.arithmetic, contract.end or date.min
    if contract.outcome == "churned":
        return ar.leaf(contract, "outcome", ZERO, reckoning.currency, "churned")
    if contract.outcome_amount is None:
        return _due(reckoning, terms, contract)
    after = reckoning.money(
        terms.version.program.exchange, contract, contract.outcome_amount, "outcome_amount", "renewed", end
    )
    if terms.metric.retention == "net revenue":
        return after
    return ar.least([after, _due(reckoning, terms, contract)], reckoning.currency, "renewed, at most what was due")
