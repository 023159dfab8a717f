"""What is taken back of a line, when and why: a share of what was earned, never more than is left of it."""

from datetime import date
from decimal import Decimal
from typing import Any, Generic, NamedTuple, TypeVar

from partnerdesk.engine.figure import Origin
from partnerdesk.engine.money import ONE
from partnerdesk.engine.outcome import EarningLine
from partnerdesk.engine.period import add_months, months_between
from partnerdesk.engine.reckoning import Reckoning, origin
from partnerdesk.engine.rules import Clawback, Earning, Program

N = TypeVar("N")


class Taking(NamedTuple, Generic[N]):
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


def takings(reckoning: Reckoning[N], rule: Earning, line: EarningLine[N]) -> list[Taking[N]]:
    """The clawbacks of a line up to the as-of day, in order; together at most the line's amount."""
    program = next(p for p in reckoning.programs if p.version == line.rule.version)
    found: list[Taking[N]] = []
    for i, clawback in enumerate(rule.clawback):
        for cause in _causes(reckoning, clawback, line):
            if line.event <= cause.day <= min(add_months(line.event, clawback.within_months), reckoning.as_of):
                found.append(_taking(reckoning, program, (i, clawback), line, cause, found))
    return sorted((t for t in found if reckoning.arithmetic.value(t.amount) > 0), key=lambda t: (t.day, t.id))


def _causes(reckoning: Reckoning[N], clawback: Clawback, line: EarningLine[N]) -> list[_Cause]:
    if clawback.cause == "churned":
        return _churns(reckoning, line)
    return _refunds(reckoning, line)


def _churns(reckoning: Reckoning[N], line: EarningLine[N]) -> list[_Cause]:
    """The first churn of a contract that came from the line's deal, or of the line's own contract."""
    world = reckoning.world
    contracts = world.index.belonging("contract", "deal", line.deal) if line.deal else []
    if line.contract:
        own = world.row("contract", line.contract)
        contracts = [*contracts, own] if own is not None and own not in contracts else contracts
    gone = [c for c in contracts if c.outcome == "churned" and (c.outcome_on or c.end) is not None]
    causes = [
        _Cause(
            c, "contract", c.outcome_on or c.end, None, f"contract {c.id} churned on {c.outcome_on or c.end:%d %b %Y}"
        )
        for c in gone
    ]
    return sorted(causes, key=lambda c: (c.day, c.fact.id))[:1]


def _refunds(reckoning: Reckoning[N], line: EarningLine[N]) -> list[_Cause]:
    """Refunds and credit notes on the same contract or deal as the payment that the line came from.

    A refund belongs to the last payment before it, so that two payments never share one refund.
    """
    paid = reckoning.world.row("transaction", line.fact_id) if line.fact_kind == "transaction" else None
    if paid is None or not paid.amount:
        return []
    rows = reckoning.world.series("transaction", "day")
    related = [
        r
        for r in rows.rows
        if r.kind in ("payment", "refund", "credit-note") and (r.contract, r.deal) == (paid.contract, paid.deal)
    ]
    found, last = [], None
    for row in related:
        if row.kind == "payment":
            last = row
        elif last is not None and last.id == paid.id and row.amount:
            share = min(ONE, abs(row.amount) / abs(paid.amount))
            found.append(_Cause(row, "transaction", row.day, share, f"refund {row.id} of {row.day:%d %b %Y}"))
    return found


def _taking(
    reckoning: Reckoning[N],
    program: Program,
    numbered: tuple[int, Clawback],
    line: EarningLine[N],
    cause: _Cause,
    before: list[Taking[N]],
) -> Taking[N]:
    i, clawback = numbered
    ar, currency = reckoning.arithmetic, line.currency
    where = origin(program, f"{line.rule.key}.clawback.{i}")
    share = _share(reckoning, clawback, line, cause, where)
    amount = ar.round(
        ar.product([line.amount, share], currency, "clawed back"), program.rounding.decimals, program.rounding.mode
    )
    if before:
        taken = ar.sum([t.amount for t in before], currency, "taken before")
        amount = ar.least([amount, ar.difference(line.amount, taken, currency, "left")], currency, "clawed back")
    note = f"{cause.words}, {clawback.within_months} months' window"
    return Taking(f"c{i + 1}:{cause.fact.id}", cause.day, ar.because(amount, note), note, clawback.reference)


def _share(reckoning: Reckoning[N], clawback: Clawback, line: EarningLine[N], cause: _Cause, where: Origin) -> N:
    """Which share of the line goes back."""
    ar = reckoning.arithmetic
    if cause.share is not None:
        return ar.given(cause.share, "%", "refunded share", Origin(cause.kind, cause.fact.id, "amount"))
    if clawback.shape == "full":
        return ar.rule(ONE, "%", "taken back in full", where)
    window = ar.rule(Decimal(clawback.within_months), "months", "window", where)
    gone = Decimal(months_between(line.event, cause.day))
    passed = ar.given(gone, "months", "months kept", Origin(cause.kind, cause.fact.id, "outcome_on"))
    left = ar.difference(window, passed, "months", "months not kept")
    return ar.quotient(left, window, "%", "share of the window not kept")
