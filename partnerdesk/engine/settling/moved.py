"""What of the ledger's entries is settled, on which day payouts take it, and under which type."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import Any, Generic, NamedTuple, TypeAlias

from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.outcome import LOSS, PAYABLE, REMITTED, TRUEUP, Entry, Payout, corrected_id, is_remitted
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.semantics import SUBTRACTS_ONCE

SETTLEMENT = "settlement"  # the key of the rule
SPARED = ":spared"  # ends the id of what undoes a correction of what settlement had taken or waived before
WAIVED = ":waived"  # stands before it where that was a debt
_LOSS = f":{LOSS}:{PAYABLE}"


class Part(NamedTuple, Generic[N]):
    """What of an entry payouts take on a day, settled under a type."""

    day: date
    amount: N
    type: str


Due: TypeAlias = date | tuple[Part[N], ...]  # the day on which payouts take an entry, or its parts


def moved_apart(
    reckoning: Reckoning[N], entries: Sequence[Entry[N]], since: Mapping[str, Due[N]] | None
) -> dict[str, list[Entry[N]]]:
    """What is settled, as payouts take it, by the type that is settled apart; all together where none is."""
    paid = is_remitted if reckoning.semantics >= SUBTRACTS_ONCE else _is_payment
    moved = [e for e in entries if e.bucket == PAYABLE and not paid(e) and not is_loss(e)]
    if since:
        moved = sorted((part for e in moved for part in _taken(e, since.get(e.id, e.day))), key=attrgetter("day"))
    if reckoning.terms.versions[-1].program.settlement.each == "partner":
        return {"": moved}
    groups: dict[str, list[Entry[N]]] = defaultdict(list)
    for entry in moved:
        groups[type_of(reckoning, entry)].append(entry)
    return dict(sorted(groups.items()))


def _is_payment(entry: Entry[Any]) -> bool:
    return entry.kind in REMITTED


def _taken(entry: Entry[N], due: Due[N]) -> Iterator[Entry[N]]:
    """An entry as payouts take it."""
    if isinstance(due, date):
        yield entry._replace(day=due)
        return
    for part in due:
        yield entry._replace(day=part.day, amount=part.amount, type=part.type)


def is_loss(entry: Entry[Any]) -> bool:
    """Whether an entry is what settlement itself took off the balance, or corrects such a one."""
    id = corrected_id(entry)  # of what was posted no rule is kept
    return entry.kind == LOSS or (id.startswith(f"{SETTLEMENT}:") and id.endswith(_LOSS))


def is_given_back(entry: Entry[Any]) -> bool:
    """Whether an entry undoes what a clawback or a true-up took, or corrects such a one."""
    return corrected_id(entry).endswith(SPARED)


def is_spared(entry: Entry[Any]) -> bool:
    """Whether an entry undoes what a true-up took or paid, or corrects such a one."""
    id = corrected_id(entry)
    return id.startswith(f"{TRUEUP}:") and id.endswith(SPARED)


def loss_id(payout: Payout[Any]) -> str:
    """The id of the entry of what a payout forfeits; no other entry begins and ends like it."""
    return ":".join(filter(None, (SETTLEMENT, payout.period.label, payout.type))) + _LOSS


def type_of(reckoning: Reckoning[N], entry: Entry[N]) -> str:
    """The type under which an entry is settled; a holdback on a sum belongs to the one type it covers."""
    if entry.type or entry.rule is None or not entry.rule.key.startswith("holdback."):
        return entry.type
    version = reckoning.terms.by_day[entry.rule.effective_from]
    of = version.program.holdback[entry.rule.key.removeprefix("holdback.")].of
    types = {version.program.earning[name].type for name in of}
    return types.pop() if len(types) == 1 else ""
