"""What is payable of each line, day by day, as far as disputes may hold it.

What comes is a layer of its own; what goes comes off what disputes hold of its line, then off the line's newest layer.
What belongs to no line, such as an adjustment, is followed by itself. Payments are left aside: what of it was paid is
said by the dispute.
"""

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Generic, NamedTuple

from partnerdesk.engine.figures.figure import N, is_zero
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import PAYABLE, Entry, corrected_id, is_remitted
from partnerdesk.engine.period import Period
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.settling.moved import is_loss, type_of


@dataclass(slots=True, eq=False)
class Layer(Generic[N]):
    """What is left of what became payable on a day, or of a debt: whose, under which type, on which statements."""

    day: date
    owner: str
    type: str
    periods: frozenset[Period]
    left: N


@dataclass(slots=True, eq=False)
class Kept(Generic[N]):
    """What is left of what a dispute holds of a layer."""

    dispute: str
    layer: Layer[N]
    left: N


class Part(NamedTuple, Generic[N]):
    """An amount of a layer."""

    layer: Layer[N]
    amount: N


class Stock(Generic[N]):
    """The layers of one partner, the oldest first, and what disputes hold of them."""

    def __init__(self, reckoning: Reckoning[N], entries: Sequence[Entry[N]]) -> None:
        self.reckoning, self.ar, self.currency = reckoning, reckoning.arithmetic, reckoning.currency
        self.layers, self.debts, self.kept = list[Layer[N]](), list[Layer[N]](), list[Kept[N]]()
        self.seen, self.owners = dict[str, Entry[N]](), set[str]()
        own = defaultdict[tuple[date, str], list[Entry[N]]](list)
        for entry in entries:
            if entry.bucket == PAYABLE and not is_remitted(entry) and not is_loss(entry):
                own[entry.day, owner_of(entry)].append(entry)
        self.coming = deque(sorted(own.items()))

    def come(self, last: date) -> Iterator[tuple[date, list[tuple[Kept[N], N]]]]:
        """Lets all days up to one come; for each what is taken of what disputes hold."""
        while self.coming and self.coming[0][0][0] <= last:
            (day, owner), entries = self.coming.popleft()
            self.owners.add(owner)
            self.seen |= {entry.id: entry for entry in entries}
            amount = self.sum([entry.amount for entry in entries], "payable")
            periods = frozenset(entry.period for entry in entries)
            layer = Layer(day, owner, type_of(self.reckoning, entries[0]), periods, amount)
            if amount > ZERO:
                self._add(layer)
            elif not is_zero(amount):
                layer.left = self.ar.negative(amount, "taken off")
                yield day, self._take_off(layer)

    def of_line(self, owner: str, last: date = date.max) -> list[Part[N]]:
        """What is there of a line, of what had become payable by a day."""
        return self.newest([layer for layer in self.layers if layer.owner == owner and layer.day <= last])

    def of_total(self, period: Period) -> list[Part[N]]:
        """What is there of a statement: less the debts that it shows, each of its own type first."""
        found = self.newest([layer for layer in self.layers if period in layer.periods])
        for debt in self.debts:
            if period in debt.periods:
                found = self._less_debt(found, debt)
        return found

    def _less_debt(self, parts: Sequence[Part[N]], debt: Layer[N]) -> list[Part[N]]:
        left, rest = debt.left, dict[Layer[N], N]()
        for layer, amount in sorted(parts, key=lambda part: part.layer.type != debt.type):
            part = self.least(amount, left)
            rest[layer], left = self.less(amount, part), self.less(left, part)
        return [Part(layer, rest[layer]) for layer, _ in parts]

    def newest(self, layers: Sequence[Layer[N]]) -> list[Part[N]]:
        """Layers with all that is there, the newest first; those of one day by type and line."""
        in_order = sorted(layers, key=attrgetter("type", "owner"))
        return [Part(layer, layer.left) for layer in sorted(in_order, key=attrgetter("day"), reverse=True)]

    def keep(self, dispute: str, parts: Sequence[Part[N]], amount: N) -> list[Kept[N]]:
        """Holds an amount of these parts, in their order, as far as they go."""
        found = []
        for layer, most in parts:
            part = self.least(most, amount)
            if part > ZERO:
                layer.left, amount = self.less(layer.left, part), self.less(amount, part)
                found.append(Kept(dispute, layer, part))
        self.kept += found
        return found

    def free(self, dispute: str, day: date) -> list[Layer[N]]:
        """Makes what a dispute holds payable again; it stands on the statement of that day, too."""
        own = [kept for kept in self.kept if kept.dispute == dispute]
        self.kept = [kept for kept in self.kept if kept.dispute != dispute]
        period = self.reckoning.terms.statement_period(day)
        found = [Layer(day, k.layer.owner, k.layer.type, k.layer.periods | {period}, k.left) for k in own]
        self.layers += found
        return found

    def _add(self, layer: Layer[N]) -> None:
        """What comes makes its own debts good first."""
        for debt in [debt for debt in self.debts if debt.owner == layer.owner]:
            part = self.least(debt.left, layer.left)
            debt.left, layer.left = self.less(debt.left, part), self.less(layer.left, part)
        self.layers.append(layer)

    def _take_off(self, debt: Layer[N]) -> list[tuple[Kept[N], N]]:
        """Takes an amount off; what is neither held nor there is a debt."""
        taken = []
        own = [kept for kept in self.kept if kept.layer.owner == debt.owner]
        for kept in sorted(own, key=lambda k: k.layer.day, reverse=True):
            part = self.least(kept.left, debt.left)
            if part > ZERO:
                kept.left, debt.left = self.less(kept.left, part), self.less(debt.left, part)
                taken.append((kept, part))
        for layer, left in self.of_line(debt.owner):
            part = self.least(left, debt.left)
            layer.left, debt.left = self.less(layer.left, part), self.less(debt.left, part)
        self.debts.append(debt)
        return taken

    def sum(self, parts: Sequence[N], label: str) -> N:
        return parts[0] if len(parts) == 1 else self.ar.sum(parts, self.currency, label)

    def least(self, one: N, other: N) -> N:
        return self.ar.least([one, other], self.currency, "disputed of it")

    def less(self, amount: N, part: N) -> N:
        return self.ar.difference(amount, part, self.currency, "left")


def owner_of(entry: Entry[N]) -> str:
    """The line of an entry, or what is corrected by itself, under a name that no line has."""
    return entry.line or f" {corrected_id(entry)}"
