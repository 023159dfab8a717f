"""What of a partner's payouts is done: paid by the ledger, or with finance in released items."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import Entry, corrected_id, is_remitted
from partnerdesk.queries.payments.runs import INVOICE, PAY, ItemRow


@dataclass(frozen=True, slots=True)
class Done:
    """Amounts with their tax: settled by kind (paid, or with finance), `paid_in` by the partner, `with_finance` to be
    paid out still; `taxed` is the tax of what is settled.
    """

    settled: Mapping[str, Decimal]
    paid_in: Decimal
    with_finance: Decimal
    taxed: Decimal


def done_so_far(
    entries: Sequence[Entry[Decimal]], items: Sequence[ItemRow], named: Mapping[str, str], as_of: date
) -> Done:
    """What is done by the entries and the items of one partner; `named` is the item of each payment that names one."""
    paid, taxes = _paid(entries, named)
    out = sum((n for n in paid.values() if n > ZERO), ZERO)
    back = -sum((n for n in paid.values() if n < ZERO), ZERO)
    waits = {kind: sum((i.under_way(as_of) for i in items if i.kind == kind), ZERO) for kind in (PAY, INVOICE)}
    taxed = sum(taxes.values(), ZERO)
    for item in items:
        if item.under_way(as_of):
            taxed += max(ZERO, item.tax - taxes.get(item.reference, ZERO))  # kept back with the last part
    return Done({PAY: out + waits[PAY], INVOICE: back + waits[INVOICE]}, back, waits[PAY], taxed)


def _paid(
    entries: Sequence[Entry[Decimal]], named: Mapping[str, str]
) -> tuple[Mapping[str, Decimal], Mapping[str, Decimal]]:
    """What was paid out (below zero: paid in), tax included, and the tax alone, by item or payment.

    A correction counts with what it corrects, and what came back of an item with what was paid of it.
    """
    amounts: dict[str, Decimal] = defaultdict(Decimal)
    taxes: dict[str, Decimal] = defaultdict(Decimal)
    for entry in entries:
        if is_remitted(entry):
            kind, _, id = corrected_id(entry).partition(":")
            name = named.get(id, id)
            amounts[name] -= entry.amount
            if kind == "tax":
                taxes[name] -= entry.amount
    return amounts, taxes
