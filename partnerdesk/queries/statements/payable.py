"""What closed statements make payable and is not paid yet: payments take what became payable first."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import Any, TypeAlias

from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import PAYABLE, Entry, Outcome

_PAID = ("payment", "tax")  # entries that take what is payable
Days: TypeAlias = "list[list[Entry[Decimal]]]"


def left_payable(outcome: Outcome, closed_to: date) -> tuple[Decimal, Days]:
    """What is payable of statements that end by a day, less what was paid since; and what made it payable, by day, the
    newest first.
    """
    statements = list(outcome.statements.values())
    closed = [s for s in statements if s.period.end <= closed_to]
    if not closed:
        return ZERO, []
    since = [e for s in statements[len(closed) :] for e in s.entries if e.bucket == PAYABLE and pays(e)]
    payable = closed[-1].row("closing").payable + sum((e.amount for e in since), ZERO)
    becoming = [e for s in closed for e in s.entries if e.bucket == PAYABLE and not pays(e)]
    newest = sorted(becoming, key=attrgetter("day"), reverse=True)
    days = [list(of_day) for _, of_day in groupby(newest, attrgetter("day"))]
    return min(payable, statements[-1].row("closing").payable), days


def part_of(
    days: Sequence[Iterable[Entry[Decimal]]], left: Decimal, is_own: Callable[[Entry[Decimal]], bool]
) -> Decimal:
    """How much of the newest `left` is of entries of one's own."""
    own = ZERO
    for of_day in days:
        if left <= ZERO:
            break
        entries = list(of_day)
        own += max(ZERO, min(sum((e.amount for e in entries if is_own(e)), ZERO), left))
        left -= sum((e.amount for e in entries), ZERO)
    return own


def pays(entry: Any) -> bool:
    """Whether an entry, also as it was posted, is a payment, or one that was learned late."""
    kind = entry.reference.partition(":")[0] if entry.kind == "trueup" else entry.kind
    return kind in _PAID
