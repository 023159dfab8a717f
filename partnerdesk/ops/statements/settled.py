"""What the payable balance of a statement is made of where the program invoices debts or advances draws: the ledger has
one balance, and what of it is an invoice, an advance or still to be paid the payouts say.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from partnerdesk.engine.facts import Facts
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import Payout
from partnerdesk.engine.rules import Program
from partnerdesk.engine.whole import Outcome
from partnerdesk.queries.payments.due import covered_debts
from partnerdesk.queries.payments.runs import INVOICE, PAY
from partnerdesk.queries.payments.settling import done_so_far
from partnerdesk.reports.statement.document import StatementDocument
from partnerdesk.reports.statement.ledgers import (
    ADVANCE,
    ADVANCED,
    BEFORE,
    CARRIED,
    INVOICED,
    KEPT,
    NOT_RECOVERED,
    RECOVERED,
    REST,
    UNPAID,
    Part,
    Settled,
)


def may_be(programs: Sequence[Program]) -> bool:
    """Whether any version invoices debts or advances draws: without one the balance has no such part."""
    return any(p.settlement.draw is not None or p.settlement.negative == "invoice" for p in programs)


def settled_of(document: StatementDocument, outcome: Outcome, facts: Facts) -> Settled | None:
    """The parts of the balance at the end of a statement's period; None where no invoice or draw is among them."""
    end = document.period.end
    made = [p for p in outcome.payouts.values() if p.cut <= end and not p.is_running]
    if not any(p.invoiced or p.advanced for p in made):
        return None
    balance = tuple(part for part in _balance(document, outcome, facts, made) if part.amount)
    draw = tuple(part for part in _draw(made, document.period.start) if part.amount)
    return Settled(balance, draw) if draw or any(part.kind in (INVOICED, KEPT) for part in balance) else None


def _balance(
    document: StatementDocument, outcome: Outcome, facts: Facts, made: Sequence[Payout[Decimal]]
) -> Iterator[Part]:
    """The parts of the payable balance, which follow from what payouts are made of (`Payout`); what no payout has yet,
    or was paid otherwise than computed, is one more.
    """
    parts, end = [], document.period.end
    named = {p.id: p.instruction for p in facts.of("payment") if p.instruction}
    entries = [entry for entry in outcome.entries if entry.period.end <= end]
    done = done_so_far(entries, (), named, document.data_as_of)
    paid, paid_in = done.settled[PAY], done.settled[INVOICE]
    left = [sum(n for _, n in _open(made, *of)) for of in (("paid", paid), ("invoiced", paid_in))]
    borne = min(*left, covered_debts(outcome, made))  # by payouts that were not made when a debt arose: see `due`
    parts += [Part(UNPAID, amount, p.day) for p, amount in _open(made, "paid", paid + borne)]
    parts += [Part(CARRIED, p.carried, None, p.because) for p in _latest(made)]
    parts += [Part(INVOICED, -amount, p.day) for p, amount in _open(made, "invoiced", paid_in + borne)]
    owed, drawn = _owed(made), _sum(made, "advanced") - _sum(made, "recovered")
    parts += [Part(ADVANCE, -owed), Part(KEPT, owed - drawn)]
    yield from parts
    yield Part(REST, document.statement.rows[-1].payable - sum((part.amount for part in parts), ZERO))


def _draw(made: Sequence[Payout[Decimal]], start: date) -> Iterator[Part]:
    """What was to be recovered before, what came and went in the period: it adds up to what is still to be."""
    before, own = [p for p in made if p.cut < start], [p for p in made if p.cut >= start]
    first, advanced, recovered = _owed(before), _sum(own, "advanced"), _sum(own, "recovered")
    day = max((p.day for p in own if p.advanced), default=None)
    yield Part(BEFORE, first)
    yield Part(ADVANCED, advanced, day)
    yield Part(RECOVERED, -recovered)
    yield Part(NOT_RECOVERED, _owed(made) - first - advanced + recovered)


def _open(made: Sequence[Payout[Decimal]], column: str, settled: Decimal) -> Iterator[tuple[Payout[Decimal], Decimal]]:
    """What is left of the payouts, or of what they invoice, once as much of it is settled; the oldest first."""
    for payout in sorted(made, key=lambda p: (p.day, p.key)):
        amount = getattr(payout, column)
        part = min(amount, settled)
        settled -= part
        if amount > part:
            yield payout, amount - part


def _latest(made: Sequence[Payout[Decimal]]) -> Sequence[Payout[Decimal]]:
    """The last payout of each type that is settled apart."""
    return list({p.type: p for p in made}.values())


def _owed(made: Sequence[Payout[Decimal]]) -> Decimal:
    return sum((p.owed for p in _latest(made)), ZERO)


def _sum(made: Sequence[Payout[Decimal]], column: str) -> Decimal:
    return sum((getattr(p, column) for p in made), ZERO)
