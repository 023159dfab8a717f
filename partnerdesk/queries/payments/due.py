"""What is due to each partner on a day: payouts by the program's rules, less what was paid and what is under way.

Only what stands on closed statements is due; a payout that reaches into an open period waits for its close. What a
partner owes and the program invoices is a row of its own: it is not set off against later payouts. Earlier payouts
that were not made by the end of its period bear it first: as long as we owed more, nothing is invoiced. All that is due
is together no more than what the latest closed statement holds as payable.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from partnerdesk.engine.money import ZERO, decimals, rounded
from partnerdesk.engine.outcome import PAYABLE, Payout, is_remitted
from partnerdesk.engine.whole import Outcome
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import evaluation
from partnerdesk.queries.payments.runs import INVOICE, PAY, ItemRow, all_items
from partnerdesk.queries.payments.settling import Done, done_so_far
from partnerdesk.queries.statements.archive import closed_statements

DUE, WAITING = "due", "waiting"


@dataclass(frozen=True, slots=True)
class DueRow:
    """What one partner is to be paid, or to be invoiced; amounts in `currency`.

    `why` says what it waits for, and `waits_for` names the period that is to be closed first.
    """

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
    waits_for: str = ""

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
    items: dict[str, list[ItemRow]] = defaultdict(list)
    for item in all_items(session):
        items[item.partner].append(item)
    named = {p.id: p.instruction for p in facts(session, kinds=("payment",)).of("payment") if p.instruction}
    found: list[DueRow] = []
    for id, outcome in evaluation(session, as_of).partners.items():
        done = done_so_far(outcome.entries, items[id], named, as_of)
        closed_to = closed.get(id) or _day_before(outcome)
        found += _Account(outcome, names.get(id, id), closed_to, done).rows(on)
    return tuple(sorted(found, key=lambda r: (r.name, r.kind, r.status)))


def _day_before(outcome: Outcome) -> date:
    """The day before a partner's first statement: what is drawn until then waits for no close."""
    first = next(iter(outcome.statements))
    return outcome.statements[first].period.start - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Left:
    """What is not settled of a payout."""

    payout: Payout[Decimal]
    amount: Decimal
    is_closed: bool


class _Account:
    """One partner's payouts against what was paid, is with finance, and stands on its closed statements."""

    def __init__(self, outcome: Outcome, name: str, closed_to: date, done: Done) -> None:
        self.outcome, self.name, self.closed_to, self.done = outcome, name, closed_to, done

    def rows(self, on: date) -> Iterator[DueRow]:
        """What is left of the payouts that are ready, in the closed part and after it."""
        over = [p for p in self.outcome.payouts.values() if not p.is_running]
        ready = [p for p in over if p.day <= on]
        pays, debts = self._left(ready, PAY), self._left([p for p in over if p in ready or self._is_closed(p)], INVOICE)
        borne = _borne(self.outcome, pays, debts)
        gross = self._offered(ready, pays, borne)
        yield from self._rows(PAY, [*pays, *(debts if any(borne) else ())], gross, self._taxes(ready, pays, gross))
        asked = [x for x in debts if x.payout.day <= on]
        rest = tuple(max(ZERO, amount - part) for amount, part in zip(_amounts(asked), borne, strict=True))
        yield from self._rows(INVOICE, asked, rest, (ZERO, ZERO))

    def _rows(
        self, kind: str, left: Sequence[_Left], gross: Sequence[Decimal], taxes: Sequence[Decimal]
    ) -> Iterator[DueRow]:
        """What is due of one kind, and what waits for a close."""
        for status, amount, tax in zip((DUE, WAITING), gross, taxes, strict=True):
            own = [x.payout for x in left if x.amount and x.is_closed is (status == DUE)]
            if own and amount:
                yield self._row(kind, status, own, amount, min(amount, tax))

    def _is_closed(self, payout: Payout[Decimal]) -> bool:
        return payout.cut <= self.closed_to

    def _left(self, ready: Sequence[Payout[Decimal]], kind: str) -> list[_Left]:
        """The payouts with what is left of each, the oldest settled first."""
        found, settled = [], self.done.settled[kind]
        for payout in sorted(ready, key=lambda p: (not self._is_closed(p), p.day, p.key)):
            amount = payout.paid if kind == PAY else payout.invoiced
            part = min(amount, settled)
            settled -= part
            found.append(_Left(payout, amount - part, self._is_closed(payout)))
        return found

    def _offered(
        self, ready: Sequence[Payout[Decimal]], left: Sequence[_Left], borne: Sequence[Decimal]
    ) -> tuple[Decimal, Decimal]:
        """What is due, and what waits for a close.

        Payouts suppose that the earlier ones were made. Those that were not bear the debt that has come since (`borne`
        is what of it would be invoiced), and all together are no more than the closed statements hold as payable.
        """
        closed = [p for p in ready if self._is_closed(p)]
        now, debt = _less_debts(closed, [x for x in left if x.is_closed])
        now = max(ZERO, min(now - borne[0], self._balance(closed) + debt))
        return now, max(ZERO, _less_debts(ready, left)[0] - sum(borne) - now)

    def _balance(self, closed: Sequence[Payout[Decimal]]) -> Decimal:
        """What closed statements hold as payable, less what was paid since or is with finance.

        What is drawn in advance is no part of a balance, and a debt that is invoiced is not set off.
        """
        posted = (e for e in self.outcome.entries if e.bucket == PAYABLE)
        held = sum((e.amount for e in posted if e.period.end <= self.closed_to or is_remitted(e)), ZERO)
        drawn = sum((p.advanced - p.recovered for p in closed), ZERO)
        invoiced = sum((p.invoiced for p in self.outcome.payouts.values() if self._is_closed(p)), ZERO)
        return held + drawn + max(ZERO, invoiced - self.done.paid_in) - self.done.with_finance

    def _taxes(
        self, ready: Sequence[Payout[Decimal]], left: Sequence[_Left], gross: tuple[Decimal, Decimal]
    ) -> tuple[Decimal, Decimal]:
        """The tax on what is due and on what waits, in proportion where less is offered than the payouts come to."""
        currency, (closed, later) = self.outcome.currency, _amounts(left)
        own = sum((p.withheld for p in ready if self._is_closed(p)), ZERO)
        whole = max(ZERO, sum((p.withheld for p in ready), ZERO) - self.done.taxed)
        now = _part(max(ZERO, own - self.done.taxed), gross[0], closed, currency)
        return now, max(ZERO, _part(whole, gross[0] + gross[1], closed + later, currency) - now)

    def _row(self, kind: str, status: str, left: Sequence[Payout[Decimal]], gross: Decimal, tax: Decimal) -> DueRow:
        waits_for = "" if status == DUE else left[0].period.label
        why = waits_for and f"{waits_for} is not closed yet"
        day = min(p.day for p in left)
        partner, currency = self.outcome.partner, self.outcome.currency
        return DueRow(
            partner, self.name, kind, currency, day, gross, tax, self._statements(left), status, why, waits_for
        )

    def _statements(self, left: Sequence[Payout[Decimal]]) -> str:
        """The statements on which it became payable."""
        first, last = min(p.period.start for p in left), max(p.cut for p in left)
        labels = [s for s in self.outcome.statements if first <= self.outcome.statements[s].period.end]
        within = [f"ST-{s}" for s in labels if self.outcome.statements[s].period.start <= last]
        return ", ".join(within) or ", ".join(dict.fromkeys(p.period.label for p in left))


def _amounts(left: Sequence[_Left]) -> tuple[Decimal, Decimal]:
    """What is left of the closed payouts, and of the others."""
    return sum((x.amount for x in left if x.is_closed), ZERO), sum((x.amount for x in left if not x.is_closed), ZERO)


def _borne(outcome: Outcome, pays: Sequence[_Left], debts: Sequence[_Left]) -> tuple[Decimal, Decimal]:
    """What of closed debts, and of the others, payouts bear that were not made when they arose: it is not invoiced."""
    found = []
    for only_closed in (True, False):
        left = [[x for x in some if x.is_closed or not only_closed] for some in (pays, debts)]
        whole = [sum((x.amount for x in some), ZERO) for some in left]
        found.append(min(*whole, covered_debts(outcome, [x.payout for x in left[1]])))
    return found[0], max(ZERO, found[1] - found[0])


def covered_debts(outcome: Outcome, debts: Sequence[Payout[Decimal]]) -> Decimal:
    """What of debts the earlier payouts cover that were not paid by the end of each period; advances cover nothing.

    A payment names no type of earning: what types are settled apart takes all payouts as made.
    """
    covered = ZERO
    paid = [e for e in outcome.entries if e.bucket == PAYABLE and is_remitted(e)]
    for debt in sorted((p for p in debts if p.invoiced and not p.type), key=lambda p: p.cut):
        earned = sum((p.paid - p.advanced for p in outcome.payouts.values() if p.cut <= debt.cut), ZERO)
        made = min(ZERO, sum((e.amount for e in paid if e.day <= debt.period.end), ZERO))
        covered += min(debt.invoiced, max(ZERO, earned + made - covered))
    return covered


def _part(tax: Decimal, offered: Decimal, whole: Decimal, currency: str) -> Decimal:
    """The tax on what is offered of a whole."""
    return tax if offered == whole else rounded(tax * offered / whole, decimals(currency))


def _less_debts(ready: Sequence[Payout[Decimal]], left: Sequence[_Left]) -> tuple[Decimal, Decimal]:
    """What is left once it has borne the debts that the latest payouts carry on, and what of those it does not bear.

    What is settled apart bears its own debt alone, and what is drawn in advance bears none.
    """
    found = over = ZERO
    for type_, last in {p.type: p for p in sorted(ready, key=lambda p: p.cut)}.items():
        own = [x for x in left if x.payout.type == type_]
        unpaid = sum((x.amount for x in own), ZERO)
        earned = sum((max(ZERO, x.amount - x.payout.advanced) for x in own), ZERO)
        debt = max(ZERO, -last.carried)
        found += unpaid - min(debt, earned)
        over += debt - min(debt, earned)
    return found, over
