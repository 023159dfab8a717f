"""The amount that is compared, cut into earning lines and the entries that belong to none."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic

from partnerdesk.engine.figures.figure import Arithmetic, N, Origin
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import HELD, PAYABLE, Entry
from partnerdesk.engine.period import Period
from partnerdesk.engine.whole import PartnerOutcome

MEASURES = {
    "balance": "held and payable together, payments taken off",
    "held": "held",
    "payable": "payable, payments taken off",
    "earned": "earned",
}


@dataclass(frozen=True, slots=True)
class Cut:
    """What counts: a measure, and the days between which the statement periods lie; None for no bound."""

    of: str = "balance"
    since: date | None = None
    through: date | None = None

    def holds(self, period: Period) -> bool:
        return (self.since is None or period.end >= self.since) and (
            self.through is None or period.start <= self.through
        )


@dataclass(frozen=True, slots=True)
class Item(Generic[N]):
    """A line, or an entry of no line, with what it comes to and how it is spoken of."""

    amount: N
    says: str
    type: str
    rule: str
    day: date
    tier: str = ""
    deal: str | None = None
    customer: str | None = None


Items = dict[str, Item[N]]


def items(arithmetic: Arithmetic[N], outcome: PartnerOutcome[N] | None, cut: Cut) -> Items[N]:
    """A partner's lines by id with what counts of each; those that come to nothing are left out."""
    if outcome is None:
        return {}
    currency = outcome.currency
    amounts: dict[str, list[N]] = {}
    for id, amount in _amounts(outcome, cut):
        amounts.setdefault(id, []).append(amount)
    described = {line.id: line for line in outcome.lines}
    entries: dict[str, Entry[N]] = {}
    for entry in outcome.entries:
        entries.setdefault(entry.line or entry.id, entry)  # of a line that was taken over there are entries alone
    found: Items[N] = {}
    for id, parts in amounts.items():
        says = _words(described.get(id), entries.get(id), id)
        total = arithmetic.sum(parts, currency, says)
        if arithmetic.value(total):
            found[id] = _item(total, says, described.get(id), entries.get(id))
    return found


def _amounts(outcome: PartnerOutcome[N], cut: Cut) -> Iterable[tuple[str, N]]:
    """Every amount that counts, with the id of its line, else of its entry."""
    if cut.of == "earned":
        return ((line.id, line.amount) for line in outcome.lines if cut.holds(line.period))
    buckets = {"held": (HELD,), "payable": (PAYABLE,)}.get(cut.of, (HELD, PAYABLE))
    return ((e.line or e.id, e.amount) for e in outcome.entries if e.bucket in buckets and cut.holds(e.period))


def _words(line: Any, entry: Any, id: str) -> str:
    if line is not None:
        return str(line.says)
    return str(entry.note or entry.kind) if entry is not None else id


def _item(total: N, says: str, line: Any, entry: Any) -> Item[N]:
    if line is not None:
        return Item(total, says, line.type, line.rule.key, line.event, line.tier, line.deal, line.customer)
    return Item(total, says, entry.kind, entry.rule.key if entry.rule else "", entry.day)


def nothing(arithmetic: Arithmetic[N], currency: str) -> N:
    """What a line comes to that is not there."""
    return arithmetic.given(ZERO, currency, "nothing", Origin("statement", "", ""))
