"""Released payment runs, their items, and how far each is settled by the payments that name it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Payment
from partnerdesk.engine.money import ZERO, major
from partnerdesk.meant import unknown
from partnerdesk.models.payments import payment_item, payment_run, payment_withdrawal
from partnerdesk.queries.facts import facts

PAY, INVOICE = "pay", "invoice"
MATCHING = "Match remittances"  # what the step is called that notes with payments which items they settle
SEVERAL = ", "  # between the items of one payment
OPEN, PARTLY, SETTLED, WITHDRAWN = "open", "partly", "settled", "withdrawn"


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item of a run; amounts in `currency`. `payments` are those that name it: their days and what each came to,
    tax included. `too_much` are the ids of payments that name it and give back more than was paid of it by then;
    `again` of those that pay it when it was settled already, where that did not come back.
    """

    reference: str
    run: str
    partner: str
    name: str
    kind: str  # pay, or invoice where the partner owes
    currency: str
    gross: Decimal
    tax: Decimal
    net: Decimal
    due: date
    statements: str
    released: date
    payments: tuple[tuple[date | None, Decimal], ...]
    too_much: tuple[str, ...]
    again: tuple[str, ...]
    remittance: str
    withdrawn: str  # why, where it was

    @property
    def settled(self) -> Decimal:
        """What was paid of it, less what came back."""
        return sum((amount for _, amount in self.payments), ZERO)

    @property
    def paid_on(self) -> date | None:
        """The day of the last payment."""
        return max((day for day, _ in self.payments if day), default=None)

    def under_way(self, as_of: date) -> Decimal:
        """What the ledger of a day does not hold as paid yet: a payment of a later day is still under way."""
        booked = sum((amount for day, amount in self.payments if day is not None and day <= as_of), ZERO)
        return ZERO if self.withdrawn else max(ZERO, self.gross - booked)

    @property
    def state(self) -> str:
        """open, partly, settled or withdrawn; settled where more was paid, too."""
        if self.withdrawn:
            return WITHDRAWN
        if not self.settled:
            return OPEN
        return SETTLED if self.settled >= self.gross else PARTLY

    @property
    def pending(self) -> Decimal:
        """What is still to come of it; below zero where more was paid."""
        return ZERO if self.withdrawn else self.gross - self.settled

    @property
    def over(self) -> Decimal:
        """What was paid of it beyond what it asks for."""
        return max(ZERO, -self.pending)


@dataclass(frozen=True, slots=True)
class RunRow:
    """A released run with its items; `total` is the net that is paid out."""

    number: str
    day: date
    as_of: date
    currency: str
    total: Decimal
    maker: str
    checker: str
    at: str
    items: tuple[ItemRow, ...]

    @property
    def open(self) -> int:
        """How many items are not settled yet."""
        return sum(i.state in (OPEN, PARTLY) for i in self.items)


def runs(session: Session, number: str | None = None) -> tuple[RunRow, ...]:
    """All runs, the latest first, or one. Raises Refused where there is none of that number."""
    query = select(payment_run).order_by(payment_run.c.id.desc())
    found = session.execute(query if number is None else query.where(payment_run.c.number == number)).all()
    if number is not None and not found:
        known = session.scalars(select(payment_run.c.number))
        raise unknown("payment run", number, known, "Payments and `partnerdesk payments list` show those there are.")
    items = _items(session) if found else {}
    return tuple(
        RunRow(
            r.number,
            r.day,
            r.as_of,
            r.currency,
            major(r.total, r.currency),
            r.maker,
            r.checker,
            r.at,
            tuple(items.get(r.id, ())),
        )
        for r in found
    )


def all_items(session: Session) -> tuple[ItemRow, ...]:
    """The items of all runs, the oldest first."""
    return tuple(item for run in reversed(runs(session)) for item in run.items)


def item_references(session: Session) -> frozenset[str]:
    """The numbers of the items of all runs, withdrawn ones too."""
    return frozenset(session.scalars(select(payment_item.c.reference)))


def _items(session: Session) -> dict[int, list[ItemRow]]:
    """Items by the id of their run, in order."""
    names = {p.id: p.name for p in facts(session, kinds=("partner",)).of("partner")}
    paid = _payments(session)
    shared = _Shared()
    joined = payment_item.join(payment_run).outerjoin(payment_withdrawal)
    columns = (payment_run.c.number, payment_run.c.as_of, payment_withdrawal.c.reason)
    found: dict[int, list[ItemRow]] = defaultdict(list)
    for row in session.execute(select(payment_item, *columns).select_from(joined).order_by(payment_item.c.id)):
        named = [p for p in paid.get(row.reference, ()) if (p.partner, p.currency) == (row.partner, row.currency)]
        gross, tax, net = (major(n, row.currency) for n in (row.gross, row.tax, row.net))
        sign = -1 if row.kind == INVOICE else 1
        own, too_much, again = _weighed([(p, shared.part(p, sign, gross)) for p in named], gross)
        found[row.run].append(
            ItemRow(
                reference=row.reference,
                run=row.number,
                partner=row.partner,
                name=names.get(row.partner, row.partner),
                kind=row.kind,
                currency=row.currency,
                gross=gross,
                tax=tax,
                net=net,
                due=row.due,
                statements=row.statements,
                released=row.as_of,
                payments=tuple((p.day, amount) for p, amount in own),
                too_much=too_much,
                again=again,
                remittance=", ".join(p.remittance for p, _ in own if p.remittance),
                withdrawn=row.reason or "",
            )
        )
    return found


def items_named(instruction: str) -> list[str]:
    """The numbers of the items that a payment settles, as they are noted with it: one, or several in a row."""
    return [text for part in instruction.split(SEVERAL) if (text := part.strip())]


def together(items: Sequence[ItemRow]) -> ItemRow:
    """Items of one payment as one: their amounts added, all statements that they cover."""
    if len(items) == 1:
        return items[0]
    gross, tax, net = (sum((getattr(i, name) for i in items), ZERO) for name in ("gross", "tax", "net"))
    said = (number.strip() for item in items for number in item.statements.split(","))
    return replace(items[0], gross=gross, tax=tax, net=net, statements=", ".join(dict.fromkeys(filter(None, said))))


class _Shared:
    """What is left of payments of several items: each item takes what it asks for, in the order of the runs, and what
    is more stays with the last."""

    def __init__(self) -> None:
        self._left: dict[str, tuple[int, Decimal]] = {}

    def part(self, payment: Payment, sign: int, gross: Decimal) -> Decimal:
        """What one more item gets of a payment."""
        whole = sign * ((payment.amount or ZERO) + (payment.tax or ZERO))
        items, left = self._left.get(payment.id, (len(items_named(payment.instruction)), whole))
        own = left if items <= 1 else min(left, gross)
        self._left[payment.id] = items - 1, left - own
        return own


def _weighed(
    named: list[tuple[Payment, Decimal]], gross: Decimal
) -> tuple[list[tuple[Payment, Decimal]], tuple[str, ...], tuple[str, ...]]:
    """What each payment of an item settles of it, in the order of days; no more can come back than was paid before."""
    settled, own, too_much, again = ZERO, [], [], []
    for payment, amount in sorted(named, key=lambda one: (one[0].day or date.max, one[0].id)):
        if settled + amount < ZERO:
            too_much.append(payment.id)
            continue
        if settled >= gross and amount > ZERO:
            again.append(payment.id)
        settled += amount
        own.append((payment, amount))
    return own, tuple(too_much), tuple(again if settled > gross else ())


def _payments(session: Session) -> dict[str, list[Payment]]:
    found: dict[str, list[Payment]] = defaultdict(list)
    for row in facts(session, kinds=("payment",)).of("payment"):
        for item in items_named(row.instruction):
            found[item].append(row)
    return found
