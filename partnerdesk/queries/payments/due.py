"""What is due to each partner on a day: payouts by the program's rules, less what was paid and what is under way.

Only what stands on closed statements is due; a payout that reaches into an open period waits for its close. What a
partner owes and the program invoices is a row of its own: it is not set off against later payouts.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import REMITTED, Entry, Outcome, Payout
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import evaluation
from partnerdesk.queries.payments.runs import INVOICE, PAY, ItemRow, all_items
from partnerdesk.queries.statements.archive import closed_statements

DUE, WAITING = "due", "waiting"


@dataclass(frozen=True, slots=True)
class DueRow:
    """What one partner is to be paid, or to be invoiced; amounts in `currency`. `why` says what it waits for."""

    partner: str
    name: str
    kind: str  # pay or invoice
    currency: str
    day: date  # on which the oldest part of it is due
    gross: Decimal
    tax: Decimal
    statements: str
    status: str  # due or waiting
    why: str

    @property
    def net(self) -> Decimal:
        """What is to be paid once the tax is kept back."""
        return self.gross - self.tax


def due(session: Session, on: date, as_of: date) -> tuple[DueRow, ...]:
    """Everything that is due up to a day, by name; rows that wait for a close stand beside those that are due."""
    names = {p.id: p.name for p in facts(session, kinds=("partner",)).of("partner")}
    closed: dict[str, date] = {}
    for row in closed_statements(session):
        closed[row.partner] = max(row.end, closed.get(row.partner, row.end))
    under_way: dict[tuple[str, str], list[ItemRow]] = defaultdict(list)
    for item in all_items(session):
        under_way[item.partner, item.kind].append(item)
    found: list[DueRow] = []
    for id, outcome in evaluation(session, as_of).partners.items():
        ready = [p for p in outcome.payouts.values() if p.day <= on and not p.is_running]
        account = _Account(outcome, names.get(id, id), closed.get(id, date.min), as_of)
        found += account.rows(ready, {kind: under_way[id, kind] for kind in (PAY, INVOICE)})
    return tuple(sorted(found, key=lambda r: (r.name, r.kind, r.status)))


class _Account:
    """One partner's payouts against what was paid."""

    def __init__(self, outcome: Outcome, name: str, closed_to: date, as_of: date) -> None:
        self.outcome, self.name, self.closed_to, self.as_of = outcome, name, closed_to, as_of
        self.paid_out, self.paid_in, self.withheld = _paid(outcome.entries)

    def rows(self, ready: Sequence[Payout[Decimal]], under_way: Mapping[str, Sequence[ItemRow]]) -> Iterator[DueRow]:
        """What is left of the payouts that are ready, in the closed part and after it."""
        for kind, done in ((PAY, self.paid_out), (INVOICE, self.paid_in)):
            settled = done + sum((i.under_way(self.as_of) for i in under_way[kind]), ZERO)
            taxed = self.withheld + sum((i.tax for i in under_way[kind] if i.under_way(self.as_of) == i.gross), ZERO)
            for status in (DUE, WAITING):
                own = [p for p in ready if (p.cut <= self.closed_to) is (status == DUE)]
                left = [p for p, rest in _unsettled(own, kind, settled) if rest]
                settled, gross = _less(sum((_amount(p, kind) for p in own), ZERO), settled)
                taxed, tax = _less(sum((p.withheld for p in own), ZERO), taxed)
                if left:
                    yield self._row(kind, status, left, gross, min(gross, tax) if kind == PAY else ZERO)

    def _row(self, kind: str, status: str, left: Sequence[Payout[Decimal]], gross: Decimal, tax: Decimal) -> DueRow:
        why = "" if status == DUE else f"{left[0].period.label} is not closed yet"
        day = min(p.day for p in left)
        partner, currency = self.outcome.partner, self.outcome.currency
        return DueRow(partner, self.name, kind, currency, day, gross, tax, self._statements(left), status, why)

    def _statements(self, left: Sequence[Payout[Decimal]]) -> str:
        """The statements on which it became payable."""
        first, last = min(p.period.start for p in left), max(p.cut for p in left)
        labels = [s for s in self.outcome.statements if first <= self.outcome.statements[s].period.end]
        return ", ".join(f"ST-{s}" for s in labels if self.outcome.statements[s].period.start <= last)


def _less(total: Decimal, settled: Decimal) -> tuple[Decimal, Decimal]:
    """What of the settled is beyond a total, and what of the total is not settled."""
    return max(ZERO, settled - total), max(ZERO, total - settled)


def _amount(payout: Payout[Decimal], kind: str) -> Decimal:
    return payout.paid if kind == PAY else payout.invoiced


def _unsettled(
    own: Sequence[Payout[Decimal]], kind: str, settled: Decimal
) -> Iterator[tuple[Payout[Decimal], Decimal]]:
    """Payouts with what is left of each, the oldest settled first."""
    for payout in sorted(own, key=lambda p: (p.day, p.key)):
        amount = _amount(payout, kind)
        part = min(amount, settled)
        settled -= part
        yield payout, amount - part


def _paid(entries: Sequence[Entry[Decimal]]) -> tuple[Decimal, Decimal, Decimal]:
    """What was paid out and paid in, tax included, and the tax alone; a correction counts with what it corrects."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for entry in entries:
        root = entry.reference if entry.kind == "trueup" else entry.id
        if root.partition(":")[0] in REMITTED:
            sums[root] -= entry.amount
    tax = sum((n for root, n in sums.items() if root.startswith("tax:")), ZERO)
    by_payment: dict[str, Decimal] = defaultdict(Decimal)
    for root, amount in sums.items():
        by_payment[root.partition(":")[2]] += amount
    out = sum((n for n in by_payment.values() if n > ZERO), ZERO)
    return out, -sum((n for n in by_payment.values() if n < ZERO), ZERO), tax
