"""What a true-up does not take or pay because settlement had taken or waived it before.

A line that is corrected away leaves nothing in the balance, at most; what settlement forfeited of the line was never
paid, so it is part of what the line leaves no more. A line below zero owes nothing once it is corrected away; what
settlement waived of the debt was never charged, so it is not paid back either. The balance is followed line by line,
over all entries that stand; what belongs to no line, such as an adjustment, is followed by itself.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Generic, NamedTuple

from partnerdesk.engine.figures.figure import N, is_zero
from partnerdesk.engine.figures.reasons import amount_words
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import TRUEUP, Entry, corrected_id
from partnerdesk.engine.period import Period
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.semantics import SPARES_CORRECTED, SPARES_WAIVED, UNDOES_WAIVED_APART
from partnerdesk.engine.settling.flow import Flow, Made
from partnerdesk.engine.settling.moved import SPARED, WAIVED, Due, is_loss, moved_apart
from partnerdesk.engine.settling.spared import Following
from partnerdesk.engine.settling.unmade import remitted


def spared_corrections(
    reckoning: Reckoning[N], stood: Sequence[Entry[N]], since: Mapping[str, Due[N]]
) -> list[Entry[N]]:
    """The entries that undo what true-ups took, or paid, of money that settlement had forfeited, or waived, already.

    `stood` are all entries that stand without these, in order of day; `since` as in `payouts`.
    """
    is_wide = reckoning.semantics >= SPARES_WAIVED
    corrects = _corrects if is_wide else _takes_of_line
    if reckoning.semantics < SPARES_CORRECTED or not reckoning.terms.may_lose or not any(map(corrects, stood)):
        return []
    found: list[Entry[N]] = []
    paid = remitted(reckoning, stood)
    for type_, moved in moved_apart(reckoning, stood, since).items():
        account = Correcting(reckoning, type_, moved, paid, is_wide=is_wide)
        for _ in account.run():
            pass
        found += account.spared
    return found


def _corrects(entry: Entry[N]) -> bool:
    return entry.kind == TRUEUP and not is_loss(entry)


def _takes_of_line(entry: Entry[N]) -> bool:
    return _corrects(entry) and entry.amount < ZERO and bool(entry.line)


class _Side(NamedTuple, Generic[N]):
    """What settlement took of each line, or waived of its debt: how much, the last day, and what of it was undone."""

    is_waived: bool
    lost: dict[str, list[N]]
    lost_on: dict[str, date]
    given: dict[str, list[N]]


class Correcting(Following[N]):
    """An account that knows what is in it of each line: what came, less what went, settlement aside.

    `is_wide` where it knows what was waived, too, and follows by itself what belongs to no line.
    """

    def __init__(
        self,
        reckoning: Reckoning[N],
        type_: str,
        entries: Sequence[Entry[N]],
        paid: Sequence[Entry[N]] | None,
        *,
        is_wide: bool,
    ) -> None:
        super().__init__(reckoning, type_, entries, paid, {}, reckoning.as_of)
        self.is_wide, self.there = is_wide, dict[str, list[N]]()
        self.sides = [_Side(False, self.lost, self.lost_on, {})]
        if is_wide:
            self.sides.append(_Side(True, self.waived, self.waived_on, {}))
        self.owed: dict[str, list[N]] = {}  # what each line became a debt of, less what it made good itself
        self.whole: dict[str, N] = {}  # what there would have been of a line without the debt that was waived
        self.is_apart = reckoning.semantics >= UNDOES_WAIVED_APART
        self.first_days = {entry.id: entry.day for entry in entries}
        self.later: dict[str, list[N]] = {}  # what came to a line, or left it, only after its debt had been waived

    def owner(self, entry: Entry[N]) -> str:
        """The line, or what is corrected by itself, under a name that no line has."""
        return entry.line or (f" {corrected_id(entry)}" if self.is_wide else "")

    def given_back(self, entries: Sequence[Entry[N]]) -> list[Entry[N]]:
        found = []
        for _, same_day in groupby(entries, key=attrgetter("day")):
            corrected: dict[str, list[Entry[N]]] = {}
            for entry in same_day:
                owner = self.owner(entry)
                self.there.setdefault(owner, []).append(entry.amount)
                if self.is_later(owner, entry):
                    self.later.setdefault(owner, []).append(entry.amount)
                if entry.kind == TRUEUP and owner:
                    corrected.setdefault(owner, []).append(entry)
            backs = (self.back_of(side, owner, corrected[owner]) for owner in sorted(corrected) for side in self.sides)
            found += [back for back in backs if back is not None]
        return found

    def is_later(self, owner: str, entry: Entry[N]) -> bool:
        """Whether an entry, or what it corrects, is of after the day on which a debt of its line was waived."""
        waived_on = self.waived_on.get(owner)
        return waived_on is not None and self.first_days.get(corrected_id(entry), date.min) > waived_on

    def follow(self, entry: Entry[N]) -> None:
        owner = self.owner(entry)
        before = self.debts_of(owner)
        super().follow(entry)
        changed = [*self.debts_of(owner), *(self.ar.negative(n, "owed before") for n in before)]
        if entry.kind == TRUEUP:  # it makes a debt good, also one that was waived meanwhile
            changed = [self.ar.negative(entry.amount, "corrected")]
        self.owed.setdefault(owner, []).extend(changed)

    def debts_of(self, owner: str) -> list[N]:
        """The debts of a line that nothing has made good yet."""
        return [amount for line, amount in self.debts if line == owner]

    def settle(self, period: Period, flow: Flow[N], paid: Made[N], made: Made[N]) -> None:
        super().settle(period, flow, paid, made)
        for owner, day in self.waived_on.items():
            if day == period.end:
                there = self.there.get(owner, ())  # what undoes a correction is there as a part of what it corrects
                self.whole[owner] = self.sum([*there, *self.owed[owner]], "without its debt")
                self.later.pop(owner, None)

    def back_of(self, side: _Side[N], owner: str, corrections: Sequence[Entry[N]]) -> Entry[N] | None:
        """What a day's corrections took of a line that was lost before: as far as less of it is there than that.

        Where they bring the line back, what was given back is taken again. What was waived is the same below zero.
        """
        lost, ar = side.lost.get(owner), self.ar
        if side.is_waived and self.is_apart:  # what is corrected of later entries was no part of the debt
            corrections = [entry for entry in corrections if not self.is_later(owner, entry)]
        taken = self.turned(side, self.sum([entry.amount for entry in corrections], "corrected"))
        if not lost or is_zero(taken):
            return None
        left = self.turned(side, self.left_of(side, owner))
        gone = self.sum(lost, "taken or waived by settlement")
        over = self.sum([gone, left], "corrected of what was lost")
        given = side.given.setdefault(owner, [])
        before = ar.negative(self.sum(given, "given back before"), "given back before")
        if taken > ZERO:
            most = [self.sum([gone, before], "not given back before")] if self.is_wide else []
            amount = ar.least([over, taken, *most], self.currency, "not corrected a second time")
        else:
            amount = ar.greatest([over, taken, before], self.currency, "taken again of what was given back")
        if is_zero(amount) or (amount > ZERO) != (taken > ZERO):
            return None
        is_less = (taken > ZERO) != side.is_waived
        first = next(entry for entry in corrections if (entry.amount < ZERO) == is_less)
        given.append(amount)
        return self.undone(side, owner, first, amount)

    def left_of(self, side: _Side[N], owner: str) -> N:
        """What is there of a line; of one that a clawback made owe what was waived, its debt alone."""
        there = self.sum(self.there[owner], "left of the line")
        if not side.is_waived:
            return there
        if self.is_apart and (later := self.later.get(owner)):
            there = self.ar.difference(there, self.sum(later, "moved later"), self.currency, "there when it was waived")
        return self.ar.difference(there, self.whole[owner], self.currency, "owed of the line")

    def undone(self, side: _Side[N], owner: str, first: Entry[N], amount: N) -> Entry[N]:
        """The entry that undoes an amount of a correction."""
        ar = self.ar
        lost = "waived before it was charged" if side.is_waived else "forfeited before it was paid"
        words = f"{amount_words(abs(ar.value(amount)), self.currency)} of it had been {lost}"
        amount = ar.because(ar.negative(amount, "not paid back") if side.is_waived else amount, words)
        self.there[owner].append(amount)
        day, id = max(first.day, side.lost_on[owner]), f"{first.id}{WAIVED if side.is_waived else ''}{SPARED}"
        period = self.reckoning.terms.statement_period(day)
        return first._replace(id=id, day=day, period=period, amount=amount, note=words, reference=id)

    def turned(self, side: _Side[N], amount: N) -> N:
        """An amount as it counts on a side: what takes is above zero where something was forfeited."""
        return amount if side.is_waived else self.ar.negative(amount, "taken")
