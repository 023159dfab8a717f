"""Remittances read back: payments find the items of the runs that they settle.

A payment that names an item's reference settles it, whatever its amount; one that names several and pays more than
one of them settles them in the order of the runs. One below zero takes back what was paid of its item, never more. A
payment that names none settles the oldest open item of its partner, currency and amount. What the run told finance is
noted with the payment where the file says nothing of it: the tax to withhold, the statements, the account. What fits
nothing is told, never guessed.

Net is what arrives: with the bank's fees and the tax it settles the item. A payment's amount is what was paid, fees
included, so a file's net gets its fees back where that makes the item whole; those of several part payments where all
together do.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Payment
from partnerdesk.engine.money import ZERO
from partnerdesk.intake.items import item_words
from partnerdesk.ops.payments.accounts import account_of
from partnerdesk.ops.payments.unsettled import reason
from partnerdesk.ops.rows.facts import change_row
from partnerdesk.queries.facts import facts
from partnerdesk.queries.payments.learned import learned_after
from partnerdesk.queries.payments.runs import (
    INVOICE,
    OPEN,
    PARTLY,
    SETTLED,
    SEVERAL,
    WITHDRAWN,
    ItemRow,
    all_items,
    items_named,
    together,
)


@dataclass(frozen=True, slots=True)
class Matched:
    """What came of matching: (payment, item) pairs that are new, items still open, payments that settle nothing.

    `settled` holds every item that is settled by now, also by a payment that came with its reference or earlier.

    `unexpected` holds payments on or after the day of the first run, and earlier ones of files that were read since:
    all others were before runs. `reasons` says by their ids why each settles nothing.
    """

    pairs: tuple[tuple[Payment, ItemRow], ...]
    open: tuple[ItemRow, ...]
    unexpected: tuple[Payment, ...]
    settled: tuple[ItemRow, ...]
    reasons: Mapping[str, str]


def match_remittances(session: Session, *, by: str = "") -> Matched:
    """Notes with each payment the item that it settles."""
    items = all_items(session)
    _note(session, items, by)
    partners = {p.id: p for p in facts(session, kinds=("partner",)).of("partner")}
    references = {item.reference for item in items}
    learned = learned_after(session)
    # A bank fills the place of an item's number with words of its own where nobody gave it one.
    free = [p for p in _paid_out(session) if not references.intersection(items_named(p.instruction))]
    for payment, own in _pairs([i for i in items if i.state != WITHDRAWN], free, learned):
        more = _unsaid(payment, own)
        if not payment.bank_account and payment.partner in partners:
            more["bank_account"] = account_of(partners[payment.partner])
        before = {"instruction": payment.instruction}
        change_row(
            session, "payment", payment.id, before, by=by, instruction=SEVERAL.join(i.reference for i in own), **more
        )
    _add_up(session, by)
    return _matched(session, {p.id: p.instruction for p in free}, learned)


def _matched(session: Session, free: Mapping[str, str], learned: Mapping[str, frozenset[str]]) -> Matched:
    """What stands in the book after matching; `free` are the payments that named no item before."""
    items, paid = all_items(session), _paid_out(session)
    by_reference = {item.reference: item for item in items}
    named = (
        (p, by_reference[i]) for p in paid if p.id in free for i in items_named(p.instruction) if i in by_reference
    )
    pairs = tuple(named)
    since = min((i.released for i in items), default=date.max)
    later = frozenset(id for ids in learned.values() for id in ids)
    lost = [p for p in paid if all(_settles_nothing(p, by_reference.get(i)) for i in items_named(p.instruction))]
    unexpected = tuple(p for p in lost if p.id in later or (p.day is not None and p.day >= since))
    still, done = (tuple(i for i in items if i.state in states) for states in ((OPEN, PARTLY), (SETTLED,)))
    return Matched(pairs, still, unexpected, done, {p.id: reason(p, items, _words(p)) for p in unexpected})


def _settles_nothing(payment: Payment, item: ItemRow | None) -> bool:
    """Whether a payment with this item settles nothing of it."""
    if item is None or (payment.partner, payment.currency) != (item.partner, item.currency):
        return True
    return payment.id in (*item.too_much, *item.again) or (bool(item.withdrawn) and item.settled > ZERO)


def _paid_out(session: Session) -> list[Payment]:
    """The payments of the book, in the order of days."""
    rows: tuple[Payment, ...] = facts(session, kinds=("payment",)).of("payment")
    return sorted((p for p in rows if p.amount), key=lambda p: (p.day or date.max, p.id))


def _note(session: Session, items: Iterable[ItemRow], by: str) -> None:
    """What the run says of payments that came in with the reference of their item."""
    named = {item.reference: item for item in items}
    for payment in facts(session, kinds=("payment",)).of("payment"):
        own = [named[item] for item in items_named(payment.instruction) if item in named]
        more = _unsaid(payment, own) if own else {}
        if more:
            change_row(session, "payment", payment.id, {name: getattr(payment, name) for name in more}, by=by, **more)


def _add_up(session: Session, by: str) -> None:
    """Settles the items whose part payments make them whole with the fees of each, and with the tax that nobody noted.

    Then every one was what arrived: it gets its own fees back, and the last one the tax.
    """
    parts = _parts(session)
    for item in all_items(session):
        own = parts.get((item.reference, item.partner, item.currency), [])
        if item.state != PARTLY or item.kind == INVOICE or item.too_much or len(own) < 2:
            continue
        tax = ZERO if any(p.tax for p in own) else item.tax
        # A reading that was taken back leaves the earlier ones with their fees: then only the later ones lack theirs.
        rests = (own[n:] for n in range(len(own)))
        lacking = next((rest for rest in rests if sum((p.fees or ZERO for p in rest), tax) == item.pending), [])
        for payment in lacking:
            noted = {"amount": (payment.amount or ZERO) + payment.fees} if payment.fees else {}
            noted |= {"tax": tax} if tax and payment is own[-1] else {}
            if noted:
                before = {name: getattr(payment, name) for name in noted}
                change_row(session, "payment", payment.id, before, by=by, **noted)


def _parts(session: Session) -> dict[tuple[str, str, str], list[Payment]]:
    """The payments of each item, in the order of days; none of an item of which something came back."""
    found: dict[tuple[str, str, str], list[Payment]] = defaultdict(list)
    for payment in _paid_out(session):
        if payment.instruction:
            found[payment.instruction, payment.partner, payment.currency].append(payment)
    return {key: own for key, own in found.items() if all((p.amount or ZERO) > ZERO for p in own)}


def _unsaid(payment: Payment, items: Sequence[ItemRow]) -> dict[str, Any]:
    """What its items say of a payment that says nothing of it itself."""
    item = together(items)
    found: dict[str, Any] = {"tax": item.tax} if _lacks_tax(payment, item) else {}
    if _paid(payment, item) != payment.amount:
        found["amount"] = _paid(payment, item)
    if not payment.statements and (payment.partner, payment.currency) == (item.partner, item.currency):
        found["statements"] = item.statements
    return {name: value for name, value in found.items() if value}


def _lacks_tax(payment: Payment, item: ItemRow) -> bool:
    """Whether a payment is the net of an item whose tax nobody noted."""
    return not payment.tax and item.tax > ZERO and _paid(payment, item) == item.net


def _paid(payment: Payment, item: ItemRow) -> Decimal:
    """What was paid, fees included: the amount with its fees where only both together are the item's net."""
    amount, net = payment.amount or ZERO, item.gross - (payment.tax or item.tax)
    whole = amount + (payment.fees or ZERO)
    return whole if item.kind != INVOICE and amount != net and whole == net else amount


def _pairs(
    items: Iterable[ItemRow], payments: Iterable[Payment], learned: Mapping[str, frozenset[str]]
) -> Iterator[tuple[Payment, Sequence[ItemRow]]]:
    """Payments by their references first, then by their amount; each item is settled by amount once."""
    items = tuple(items)
    by_reference = {item.reference: item for item in items}
    paired: dict[str, Decimal] = defaultdict(Decimal)
    waiting = [item for item in items if item.state in (OPEN, PARTLY)]
    later = []
    for payment in payments:
        named = list({word: by_reference[word] for word in _words(payment) if word in by_reference}.values())
        own = [item for item in items if item in named] if _pays_all(payment, named) else named[:1]
        if not own or not all(_may_settle(payment, item, paired, len(own)) for item in own):
            later.append(payment)
            continue
        waiting = [item for item in waiting if item not in own]
        yield payment, own
    for payment in later:
        fits = next((item for item in waiting if _fits(payment, item, learned[item.run])), None)
        if fits is not None:
            waiting.remove(fits)
            yield payment, (fits,)


def _pays_all(payment: Payment, items: Sequence[ItemRow]) -> bool:
    """Whether one payment is for all that it names: they are to be paid out, and it is more than the first asks for."""
    if len(items) < 2 or any(item.kind == INVOICE or item.state == SETTLED for item in items):
        return False
    return _paid(payment, together(items)) > max(items[0].net, items[0].pending)


def _may_settle(payment: Payment, item: ItemRow, paired: dict[str, Decimal], items: int = 1) -> bool:
    """Whether a payment is of the item that it names: it pays one that is not settled, or gives back no more than was
    paid of it by that day. `paired` holds what earlier payments of this match came to.
    """
    if (item.partner, item.currency) != (payment.partner, payment.currency):
        return False
    paid = (payment.amount or ZERO) + (payment.tax or ZERO)
    amount = -paid if item.kind == INVOICE else paid
    before = sum((a for day, a in item.payments if payment.day and day and day <= payment.day), paired[item.reference])
    if before + amount < ZERO or (amount > ZERO and item.state == SETTLED):
        return False
    paired[item.reference] += amount if items == 1 else min(amount, item.pending)
    return True


def _words(payment: Payment) -> list[str]:
    """The words in which a payment may name an item: its references and the free columns of its file."""
    texts = (payment.remittance, payment.method, payment.bank_reference, *payment.attributes.values())
    return [word for text in texts for word in item_words(text)]


def _fits(payment: Payment, item: ItemRow, learned: frozenset[str]) -> bool:
    """Whether a payment is an item's by partner, currency and amount, made since the run's day, or since the item was
    due by a file that was read after the run: whatever was known before it the run has subtracted already.
    """
    if (payment.partner, payment.currency) != (item.partner, item.currency):
        return False
    since = min(item.released, item.due) if payment.id in learned else item.released
    if payment.day is None or payment.day < since or item.settled:
        return False
    amount = _paid(payment, item)
    if item.kind == INVOICE:
        return -amount == item.gross
    return amount + (payment.tax or ZERO) == item.gross or (amount == item.net and not payment.tax)
