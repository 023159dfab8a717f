"""What a true-up does not take because settlement had taken it before: forfeited or lapsed, so it was never paid.

A line that is corrected away leaves nothing in the balance, at most; what settlement forfeited of the line was part of
what it leaves no more. The balance is followed line by line, over all entries that stand.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import attrgetter

from partnerdesk.engine.figures.figure import N, is_zero
from partnerdesk.engine.figures.reasons import amount_words
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import Entry
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.semantics import SPARES_CORRECTED
from partnerdesk.engine.settling.moved import SPARED, TRUEUP, Due, is_loss, moved_apart
from partnerdesk.engine.settling.spared import Following


def spared_corrections(
    reckoning: Reckoning[N], stood: Sequence[Entry[N]], since: Mapping[str, Due[N]]
) -> list[Entry[N]]:
    """The entries that give back what true-ups took of money that settlement had taken already.

    `stood` are all entries that stand without these, in order of day; `since` as in `payouts`.
    """
    if reckoning.semantics < SPARES_CORRECTED or not reckoning.terms.may_lose or not any(map(_takes, stood)):
        return []
    found: list[Entry[N]] = []
    for type_, moved in moved_apart(reckoning, stood, since).items():
        account = _Correcting(reckoning, type_, moved)
        for _ in account.run():
            pass
        found += account.spared
    return found


def _takes(entry: Entry[N]) -> bool:
    return entry.kind == TRUEUP and entry.amount < ZERO and bool(entry.line) and not is_loss(entry)


class _Correcting(Following[N]):
    """An account that knows what is in it of each line: what came, less what went, settlement aside."""

    def __init__(self, reckoning: Reckoning[N], type_: str, entries: Sequence[Entry[N]]) -> None:
        super().__init__(reckoning, type_, entries, {}, reckoning.as_of)
        self.there: dict[str, list[N]] = {}

    def given_back(self, entries: Sequence[Entry[N]]) -> list[Entry[N]]:
        found = []
        for _, same_day in groupby(entries, key=attrgetter("day")):
            corrected: dict[str, list[Entry[N]]] = {}
            for entry in same_day:
                self.there.setdefault(entry.line, []).append(entry.amount)
                if entry.kind == TRUEUP and entry.line:
                    corrected.setdefault(entry.line, []).append(entry)
            backs = (self.back_of(line, corrected[line]) for line in sorted(corrected))
            found += [back for back in backs if back is not None]
        return found

    def back_of(self, line: str, corrections: Sequence[Entry[N]]) -> Entry[N] | None:
        """What a day's corrections took of a line that was lost before: as far as less of it is there than that.

        Where they bring the line back, what was given back is taken again.
        """
        lost, ar = self.lost.get(line), self.ar
        taken = ar.negative(self.sum([entry.amount for entry in corrections], "corrected"), "taken by corrections")
        if not lost or is_zero(taken):
            return None
        left = ar.negative(self.sum(self.there[line], "left of the line"), "left of the line")
        over = self.sum([self.sum(lost, "forfeited by settlement"), left], "taken of what was forfeited")
        given = self.given.setdefault(line, [])
        if taken > ZERO:
            amount = ar.least([over, taken], self.currency, "not taken a second time")
        else:
            before = ar.negative(self.sum(given, "given back before"), "given back before")
            amount = ar.greatest([over, taken, before], self.currency, "taken again of what was given back")
        if is_zero(amount) or (amount > ZERO) != (taken > ZERO):
            return None
        first = next(entry for entry in corrections if (entry.amount < ZERO) == (taken > ZERO))
        words = f"{amount_words(abs(ar.value(amount)), self.currency)} of it had been forfeited before it was paid"
        amount = ar.because(amount, words)
        given.append(amount)
        self.there[line].append(amount)
        day, id = max(first.day, self.lost_on[line]), f"{first.id}{SPARED}"
        period = self.reckoning.terms.statement_period(day)
        return first._replace(id=id, day=day, period=period, amount=amount, note=words, reference=id)
