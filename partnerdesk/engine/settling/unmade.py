"""What of the payouts so far was not really made: it bears a debt before any of that is waived.

Payments settle the oldest payout first. What was drawn in advance bears no debt: it is recovered by a rule of its own.
"""

from collections.abc import Sequence
from datetime import date
from typing import Generic

from partnerdesk.engine.figures.figure import N, is_zero
from partnerdesk.engine.outcome import PAYABLE, Entry, is_remitted
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.semantics import WAIVES_WHAT_STANDS


class Unmade(Generic[N]):
    """The payouts of an account so far, beside what was paid; amounts in the program's currency."""

    def __init__(self, reckoning: Reckoning[N], remitted: Sequence[Entry[N]]) -> None:
        self.ar, self.currency, self.nothing = reckoning.arithmetic, reckoning.currency, reckoning.nothing
        self.remitted, self.whole = remitted, reckoning.nothing
        self.payouts: list[tuple[N, N]] = []  # what each pays, and what of that it advances
        self.advances = False

    def add(self, paid: N, advanced: N) -> None:
        """One more payout, in order of time."""
        if is_zero(paid):
            return
        self.payouts.append((paid, advanced))
        self.whole = self.ar.sum([self.whole, paid], self.currency, "earlier payouts")
        self.advances = self.advances or not is_zero(advanced)

    def on(self, day: date) -> N:
        """What was not made of them up to a day, advances aside; at least nothing."""
        ar = self.ar
        paid = [entry.amount for entry in self.remitted if entry.day <= day]
        lacking = ar.sum([self.whole, *paid], self.currency, "payouts that were not made")
        # What came back without having been paid is no payout.
        rest = self._positive(ar.least([lacking, self.whole], self.currency, "of the earlier payouts"))
        if not self.advances:
            return rest
        parts = []
        for whole, advanced in reversed(self.payouts):
            part = ar.least([rest, whole], self.currency, "not made of one")
            parts.append(self._positive(ar.difference(part, advanced, self.currency, "not made, without its advance")))
            rest = ar.difference(rest, part, self.currency, "not made of those before")
        return ar.sum(parts, self.currency, "payouts that were not made")

    def _positive(self, amount: N) -> N:
        return self.ar.greatest([amount, self.nothing], self.currency, "at least nothing")


def remitted(reckoning: Reckoning[N], entries: Sequence[Entry[N]]) -> list[Entry[N]] | None:
    """What was paid, and its tax; None where all payouts count as made.

    A payment names no type of earning: what types are settled apart takes all payouts as made.
    """
    if reckoning.semantics < WAIVES_WHAT_STANDS:
        return None
    rules = [version.program.settlement for version in reckoning.terms.versions]
    if rules[-1].each == "type" or all(rule.negative != "next period" for rule in rules):
        return None
    return [entry for entry in entries if entry.bucket == PAYABLE and is_remitted(entry)]
