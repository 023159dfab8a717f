"""Where what is clawed back of a line comes from: what is unvested, then what is held back, then what was payable."""

from datetime import date
from typing import Generic

from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import HELD, PAYABLE
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.settling.clawback import Taking
from partnerdesk.engine.settling.holds import Hold, remaining
from partnerdesk.engine.settling.lots import Lot
from partnerdesk.engine.settling.postings import Named, Postings, named_of


class Clawing(Generic[N]):
    """The clawbacks of one partner's lines, posted to its book."""

    def __init__(self, reckoning: Reckoning[N], book: Postings[N]) -> None:
        self.reckoning, self.book = reckoning, book
        self.ar, self.currency = reckoning.arithmetic, reckoning.currency

    def claw_back(self, lot: Lot[N], taking: Taking[N]) -> None:
        """Takes an amount back, at most what is left of the line: unvested first, then held back, then payable.

        Where only what is held is taken, the rest stays earned.
        """
        ar, line, version = self.ar, lot.line, lot.terms.version
        amount = taking.amount
        if lot.lost or amount > ar.value(line.amount):
            lost = ar.sum(lot.lost, self.currency, "lost before")
            rest = ar.difference(line.amount, lost, self.currency, "left of the line")
            amount = ar.least([amount, rest], self.currency, "clawed back, at most what is left")
        if amount <= ZERO:
            return
        rule = version.ref(f"{lot.terms.key}.clawback", taking.reference or line.rule.reference)
        left = amount
        for hold in sorted(lot.holds, key=lambda h: (h.kind != "vesting", h.id)):
            left = self.take(hold, left, left, named_of(f"{hold.id}:{taking.id}", line, rule, taking.note), taking.day)
        for hold, share in lot.sums:
            part = ar.product([amount, share], self.currency, "held of it")
            part = ar.round(part, version.program.rounding.decimals, version.program.rounding.mode)
            named = named_of(f"{hold.id}:{line.id}:{taking.id}", line, rule, taking.note)
            left = self.take(hold, part, left, named, taking.day)
        if taking.only_held:
            lot.lost.append(ar.difference(amount, left, self.currency, "taken of what is held"))
            return
        lot.lost.append(amount)
        if left > ZERO:
            named = named_of(f"{line.id}:{taking.id}", line, rule, taking.note)
            self.book.post("clawback", PAYABLE, taking.day, ar.negative(left, taking.note), named)
            lot.clawed[self.book.entries[-1].id] = len(lot.lost)

    def take(self, hold: Hold[N], wanted: N, left: N, named: Named, day: date) -> N:
        """Takes up to `wanted` out of a hold and returns what is then left to take."""
        ar = self.ar
        open_ = remaining(self.reckoning, hold)
        if open_ <= ZERO or wanted <= ZERO or left <= ZERO:
            return left
        part = ar.least([open_, wanted, left], self.currency, "taken from what is held")
        hold.moves.append((day, part))
        self.book.post("clawback", HELD, day, ar.negative(part, named[4]), named)
        return ar.difference(left, part, self.currency, "left to take back")
