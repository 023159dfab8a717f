"""Why a payment settles no item of a payment run, in words that go on from what was paid."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from partnerdesk.engine.facts import Payment
from partnerdesk.engine.figures.reasons import amount_words
from partnerdesk.engine.money import ZERO
from partnerdesk.ops.sentences import listed
from partnerdesk.queries.payments.runs import INVOICE, OPEN, PARTLY, ItemRow, items_named

_FEW = 3  # open items that are named
_OWED = "owed by the partner, and what a partner pays to you is written below zero"


def reason(payment: Payment, items: Sequence[ItemRow], words: Iterable[str]) -> str:
    """Why it settles none of these items; `words` are those in which it may name one."""
    by_reference = {item.reference: item for item in items}
    names = (*items_named(payment.instruction), *words)
    named = next((by_reference[name] for name in names if name in by_reference), None)
    if named is not None:
        return _of_named(payment, named)
    waiting = [i for i in items if i.state in (OPEN, PARTLY)]
    own = [i for i in waiting if (i.partner, i.currency) == (payment.partner, payment.currency)]
    if not own:
        others = sorted({i.currency for i in waiting if i.partner == payment.partner})
        said = f"; those of this partner are in {listed(others)}" if others else ""
        return f"it names no item, and none of this partner is open in {payment.currency}{said}"
    return f"it names no item; {_of_open(payment, own)}"


def _of_named(payment: Payment, item: ItemRow) -> str:
    """Why a payment does not settle the item that it names."""
    if item.partner != payment.partner:
        return f"{item.reference} is an item of {item.name}"
    if item.currency != payment.currency:
        return f"{item.reference} is in {item.currency}"
    if item.withdrawn:
        return f"{item.reference} was withdrawn"
    amount = _whole(payment)
    if item.kind == INVOICE and amount > ZERO:
        return f"{item.reference} is {_OWED}"
    if item.kind != INVOICE and amount < ZERO:
        return f"no more can come back of {item.reference} than was paid of it by that day"
    return f"{item.reference} is settled already"


def _of_open(payment: Payment, own: Sequence[ItemRow]) -> str:
    """What the open items of its partner say of a payment that names none."""
    amount = _whole(payment)
    same = next((i for i in own if i.pending == (-amount if i.kind == INVOICE else amount)), None)
    if same is not None:
        return f"{same.reference} waits for this amount, so write that number beside the payment"
    turned = next((i for i in own if i.pending == abs(amount)), None)
    if turned is not None and turned.kind == INVOICE:
        return f"{turned.reference} of this amount is {_OWED}"
    if turned is not None:
        return f"{turned.reference} of this amount is to be paid out, and this came back"
    told = [f"{i.reference} ({amount_words(i.pending, i.currency)} to come)" for i in own[:_FEW]]
    told += [f"{len(own) - _FEW:,} more"] if len(own) > _FEW else []
    return f"what is open has another amount: {listed(told)}"


def _whole(payment: Payment) -> Decimal:
    return (payment.amount or ZERO) + (payment.tax or ZERO)
