"""What is payable and not paid yet: payments take what became payable first."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import Any, TypeAlias

from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import PAYABLE, Entry, corrected_id
from partnerdesk.engine.period import statement_number
from partnerdesk.engine.whole import Outcome

_PAID = ("payment", "tax")  # entries that take what is payable
_KEEPS = ("dispute", "hold")  # begin the ids of entries that keep something back
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


def unpaid_of(outcome: Outcome, is_own: Callable[[Entry[Decimal]], bool]) -> Decimal:
    """How much of entries of one's own is payable and not paid yet, on statements that are open, too.

    What open disputes and holds keep of them counts no more; what they keep of others stands for nothing of one's own.
    """
    if not outcome.statements:
        return ZERO
    statements = list(outcome.statements.values())
    becoming = [e for s in statements for e in s.entries if e.bucket == PAYABLE and not pays(e)]
    left, free = statements[-1].row("closing").payable, _without_kept(becoming)
    days = [list(of_day) for _, of_day in groupby(free, attrgetter("day"))]
    most = sum((e.amount for e in free if is_own(e)), ZERO)
    return max(ZERO, min(part_of(days, left, is_own), left, most))


def _without_kept(entries: Sequence[Entry[Decimal]]) -> list[Entry[Decimal]]:
    """Entries, the newest first, without what disputes and holds keep of them, which is what came last."""
    kept = defaultdict[tuple[str, str], list[Entry[Decimal]]](list)
    for entry in entries:
        if (root := corrected_id(entry).split(":"))[0] in _KEEPS and not entry.line.startswith(f"{root[0]}:"):
            kept[root[0], root[1]].append(entry)
    free = sorted(entries, key=attrgetter("day"), reverse=True)
    for own in kept.values():
        amount = -sum((e.amount for e in own), ZERO)
        if amount <= ZERO:  # let go: it is payable since then
            continue
        ids = {e.id for e in own}
        free = [e for e in free if e.id not in ids]
        for n, entry in enumerate(free):
            if own[0].line in (entry.line or None, entry.id, statement_number(entry.period)):
                part = max(ZERO, min(entry.amount, amount))
                free[n], amount = entry._replace(amount=entry.amount - part), amount - part
    return free


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
