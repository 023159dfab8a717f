"""Disputes of what statements show: a line, any other movement, or the total, with what their decisions grant.

They are drawn from what the engine says that closed statements would show, as a partner reads it there.
Of a disputed line something may be given back, so that it is clawed back while it is held.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import Adjustment, Dispute, Facts, Transaction
from partnerdesk.engine.outcome import PAYABLE, REMITTED
from partnerdesk.engine.period import statement_number
from partnerdesk.engine.rules import Program
from tests.second.maker.draw import Draw

ZERO, CENT = Decimal(0), Decimal("0.01")
OUTCOMES = ("open", "open", "escalated", "approved", "partly", "denied")
SHARES = ("0", "0.5", "1", "1", "1", "1.5")  # of what it made payable, not paid yet; hand-made rows may have more
MOST = 3


def disputed(draw: Draw, programs: Sequence[Program], facts: Facts, as_of: date) -> Facts:
    """The facts with some disputes more, each of what is shown once those before it are known."""
    for number in range(draw.randint(1, MOST)):
        outcome = draw.one(list(evaluate(programs, facts, as_of).partners.values()))
        shown = list(_shown(outcome, as_of))
        if not shown:
            continue
        kind = draw.one(sorted({kind for kind, *_ in shown}))
        lines = _clawed_back(programs, outcome) if draw.has(0.5) else set()
        own = [one for one in shown if one[1] in lines] or [one for one in shown if one[0] == kind]
        _, line, period, amount = draw.one(own)
        row = _dispute(draw, f"disputed{number}", (line, statement_number(period), amount), outcome, period.end)
        rows = {**facts.rows, "dispute": (*facts.of("dispute"), row)}
        if row.outcome in ("approved", "partly"):
            rows["adjustment"] = (*facts.of("adjustment"), _granted(draw, row))
        about = next((one for one in outcome.lines if one.id == line), None)
        if about is not None and draw.has(0.7):
            rows["transaction"] = (*facts.of("transaction"), _given_back(draw, row, about))
        facts = Facts(rows)
    return facts


def _clawed_back(programs: Sequence[Program], outcome: Any) -> set[str]:
    """The lines of rules that may take them back."""
    rules = {f"earning.{name}" for one in programs for name, rule in one.earning.items() if rule.clawback}
    return {line.id for line in outcome.lines if line.rule.key in rules}


def _shown(outcome: Any, as_of: date) -> Iterator[tuple[str, str, Any, Decimal]]:
    """What statements of periods that are over show: the kind, the name, the period, and the amount that is payable.

    A movement that another one of its statement could be taken for is left out, and what is of a line that may be
    named by its period.
    """
    periodic = {line.id for line in outcome.lines if not line.fact_id or line.fact_kind == "earning"}
    sums: dict[Any, Decimal] = {}
    own = [e for e in outcome.entries if e.bucket == PAYABLE and e.period.end < as_of and e.kind not in REMITTED]
    for entry in own:
        sums[entry.period] = sums.get(entry.period, ZERO) + entry.amount
        if entry.line in periodic:
            continue
        if entry.kind in ("accrual", "topup"):
            yield "line", entry.line, entry.period, entry.amount
        elif entry.kind != "loss":
            same = [e for e in own if (e.kind, e.amount, e.period) == (entry.kind, entry.amount, entry.period)]
            if len(same) == 1:
                yield entry.kind, entry.id, entry.period, entry.amount
    for period, amount in sums.items():
        yield "total", statement_number(period), period, amount


def _dispute(draw: Draw, id: str, about: tuple[str, str, Decimal], outcome: Any, end: date) -> Dispute:
    (line, number, amount), said = about, draw.one(OUTCOMES)
    day = end + timedelta(days=draw.one((1, 5, 20, 45)))
    unpaid = max(amount, ZERO) if draw.has(0.9) else Decimal(100)
    return Dispute(
        id=id,
        partner=outcome.partner,
        day=day,
        line=line,
        statement=number,
        amount=amount,
        unpaid=(unpaid * Decimal(draw.one(SHARES))).quantize(CENT),
        claimed=amount + draw.one((100, 250)) if draw.has(0.7) else None,
        currency=outcome.currency,
        outcome=said,
        decided=None if said in ("open", "escalated") else day + timedelta(days=draw.one((0, 10, 30, 70))),
    )


def _given_back(draw: Draw, row: Dispute, line: Any) -> Transaction:
    """What the customer gets back of the business of a line, mostly while it is disputed: it may be clawed back."""
    return Transaction(
        id=f"back:{row.id}",
        partner=line.partner,
        customer=line.customer,
        kind=draw.one(("refund", "refund", "credit-note", "write-off")),
        day=row.day + timedelta(days=draw.one((0, 3, 9, 25))),
        amount=-draw.one((line.base, Decimal(100), Decimal(1000))),
        currency=line.base_currency,
        deal=line.deal,
        contract=line.contract,
    )


def _granted(draw: Draw, row: Dispute) -> Adjustment:
    """What a decision adds, in the period that is open then."""
    amount = row.claimed - row.amount if row.claimed is not None and row.amount is not None else Decimal(70)
    part = amount if row.outcome == "approved" else amount / 2
    line = "" if row.line == row.statement else row.line
    counts = {f"counts_for_{name}": draw.has(0.2) for name in ("tier", "attainment", "cap")}
    said = {"reason_code": "dispute", "approver": "Bo", "currency": row.currency, "line": line}
    return Adjustment(id=f"granted:{row.id}", partner=row.partner, day=row.decided, amount=part, **said, **counts)
