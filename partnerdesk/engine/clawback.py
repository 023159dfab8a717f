"""What is taken back of a line, when and why: a share of what was earned."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Generic, NamedTuple

from partnerdesk.engine.earnings.terms import EarningTerms
from partnerdesk.engine.figure import N, Origin
from partnerdesk.engine.money import ONE, ZERO
from partnerdesk.engine.outcome import EarningLine
from partnerdesk.engine.period import add_months, months_between
from partnerdesk.engine.reasons import day_words
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.rules import Clawback


class Taking(NamedTuple, Generic[N]):
    """An amount to take back; what is left of the line may be less."""

    id: str
    day: date
    amount: N
    note: str
    reference: str


class _Cause(NamedTuple):
    fact: Any
    kind: str
    day: date
    share: Decimal | None  # a refund's share of what was paid; None: by the shape of the rule
    words: str


def takings(reckoning: Reckoning[N], terms: EarningTerms, line: EarningLine[N]) -> list[Taking[N]]:
    """The clawbacks of a line up to the as-of day, both ends of the window included, in order of day."""
    found: list[Taking[N]] = []
    for i, clawback in enumerate(terms.rule.clawback):
        for cause in _causes(reckoning, terms, clawback, line):
            if line.event <= cause.day <= min(last_day(clawback, line.event), reckoning.as_of):
                found.append(_taking(reckoning, terms, (i, clawback), line, cause))
    return sorted((t for t in found if t.amount > ZERO), key=lambda t: (t.day, t.id))


def last_day(clawback: Clawback, event: date) -> date:
    """The last day on which something is taken back."""
    if clawback.within_days is not None:
        return event + timedelta(days=clawback.within_days)
    return date.max if clawback.within_months is None else add_months(event, clawback.within_months)


def _causes(reckoning: Reckoning[N], terms: EarningTerms, clawback: Clawback, line: EarningLine[N]) -> list[_Cause]:
    if clawback.cause == "churned":
        return _churns(reckoning, line)
    return _refunds(reckoning, terms, line)


def _churns(reckoning: Reckoning[N], line: EarningLine[N]) -> list[_Cause]:
    """The first churn of a contract that came from the line's deal, or of the line's own contract."""
    world = reckoning.world
    contracts = world.index.belonging("contract", "deal", line.deal) if line.deal else []
    own = world.row("contract", line.contract)
    if own is not None and own not in contracts:
        contracts = [*contracts, own]
    gone = [(c.outcome_on or c.end, c) for c in contracts if c.outcome == "churned"]
    causes = [
        _Cause(c, "contract", day, None, f"contract {c.id} churned on {day_words(day)}")
        for day, c in gone
        if day is not None
    ]
    return sorted(causes, key=lambda c: (c.day, c.fact.id))[:1]


def _refunds(reckoning: Reckoning[N], terms: EarningTerms, line: EarningLine[N]) -> list[_Cause]:
    """The refunds of the payment, or credit notes of the invoice, that the line came from.

    A credit note that is an event of the same rule has a line of its own below zero; it is not taken back twice.
    """
    world = reckoning.world
    paid = world.row("transaction", line.fact_id) if line.fact_kind == "transaction" else None
    if paid is None:
        return []
    return [
        _Cause(row, "transaction", row.day, amount / paid.amount, f"{row.kind} {row.id} of {day_words(row.day)}")
        for row, amount in world.refunds.get(paid.id, ())
        if not terms.counts(row, world)
    ]


def _taking(
    reckoning: Reckoning[N],
    terms: EarningTerms,
    numbered: tuple[int, Clawback],
    line: EarningLine[N],
    cause: _Cause,
) -> Taking[N]:
    i, clawback = numbered
    ar, rounding = reckoning.arithmetic, terms.version.program.rounding
    share = _share(reckoning, clawback, line, cause, terms.version.origin(f"{terms.key}.clawback.{i}"))
    amount = ar.round(ar.product([line.amount, share], line.currency, "clawed back"), rounding.decimals, rounding.mode)
    note = f"{cause.words}, within {clawback.within_months} months"
    return Taking(f"c{i + 1}:{cause.fact.id}", cause.day, ar.because(amount, note), note, clawback.reference)


def _share(reckoning: Reckoning[N], clawback: Clawback, line: EarningLine[N], cause: _Cause, where: Origin) -> N:
    """Which share of the line goes back."""
    ar = reckoning.arithmetic
    if cause.share is not None:
        return ar.given(cause.share, "%", "refunded share", Origin(cause.kind, cause.fact.id, "amount"))
    if clawback.shape == "full" or not clawback.within_months:
        return ar.rule(ONE, "%", "taken back in full", where)
    window = ar.rule(Decimal(clawback.within_months), "months", "window", where)
    kept = Decimal(max(0, months_between(line.event, cause.day)))
    passed = ar.given(kept, "months", "months kept", Origin(cause.kind, cause.fact.id, "outcome_on"))
    left = ar.difference(window, passed, "months", "months not kept")
    return ar.quotient(left, window, "%", "share of the window not kept")
