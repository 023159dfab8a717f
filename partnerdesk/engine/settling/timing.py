"""When an earning becomes payable: vesting, holdback and release, clawback of what was paid; lines become entries.

Deferral, holdback and release move an amount between held and payable and net to zero. A clawback takes what is
still unvested first, then what is held back, then what was payable, and never more than is left of the line. What
happens on one day happens in this order: clawback, vesting, release of holdbacks, new holdbacks on a period's sum.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from heapq import heappop, heappush
from typing import Generic

from partnerdesk.engine.figures.figure import N, is_zero
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import HELD, PAYABLE, EarningLine
from partnerdesk.engine.period import Period
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.settling.clawback import takings
from partnerdesk.engine.settling.clawing import Clawing
from partnerdesk.engine.settling.holds import Hold, released, remaining
from partnerdesk.engine.settling.lots import Lot, Timed
from partnerdesk.engine.settling.postings import Named, Postings, named_of
from partnerdesk.engine.settling.sum_holds import Sum, hold_sums, share_of, sum_id
from partnerdesk.engine.settling.vesting import Ending, awaited, in_parts, is_immediate, vest_words
from partnerdesk.engine.terms.versions import LimitTerms
from partnerdesk.engine.tiers.eligibility import Resolution, suspended

CLAWBACK, VESTING, RELEASE, HOLDING = range(4)


class Timing(Generic[N]):
    """One partner's money in order of time: an agenda of what happens to lines and holds, and the entries it makes."""

    def __init__(self, reckoning: Reckoning[N]) -> None:
        self.reckoning, self.ar, self.as_of = reckoning, reckoning.arithmetic, reckoning.as_of
        self.currency, self.book = reckoning.currency, Postings(reckoning)
        self.clawing = Clawing(reckoning, self.book)
        self.versions, self.earnings = reckoning.terms.by_day, reckoning.terms.earnings
        self.holds: list[Hold[N]] = []
        self.lots: dict[str, Lot[N]] = {}
        self.members: dict[str, Sequence[EarningLine[N]]] = {}
        self.agenda: list[tuple[date, int, int, Callable[[], None]]] = []
        self.planned = 0

    def plan(self, day: date, rank: int, action: Callable[[], None]) -> None:
        """Puts an action on the agenda, unless its day is still to come."""
        if day <= self.as_of:
            heappush(self.agenda, (day, rank, self.planned, action))
            self.planned += 1

    def run(self, sums: list[Sum[N]]) -> Timed[N]:
        """Lets everything happen, in order of time; nothing comes between the sums where lines are only paid."""
        if self.lots:
            for held in sums:
                self.plan(held.period.end, HOLDING, partial(self.hold_sum, *held))
        else:
            self.holds += hold_sums(self.reckoning, self.book, sums)
        while self.agenda:
            heappop(self.agenda)[3]()
        return Timed(self.book.entries, self.holds, self.lots)

    def accrue(self, line: EarningLine[N]) -> None:
        """Posts a line as payable, and plans what its rule does with it."""
        rule = line.rule
        terms = self.earnings[rule.effective_from].get(rule.key)
        if terms is None:
            self.book.accrue(line, "topup")
            self.suspend(line, None)
            return
        self.book.accrue(line, "accrual")
        if terms.is_plain or is_zero(line.amount):
            return
        lot = self.lots[line.id] = Lot(line, terms)
        end = self.suspension(line)
        if end is not None:
            lot.eligible = end.day or date.max
        self.defer(lot)
        for holdback in terms.holdbacks:
            self.hold_back(lot, holdback)
        self.suspend(line, lot)
        for taking in takings(self.reckoning, terms, line):
            self.plan(taking.day, CLAWBACK, partial(self.clawing.claw_back, lot, taking))

    def defer(self, lot: Lot[N]) -> None:
        """Splits a line into its vesting shares; what does not vest at once is held."""
        line, version = lot.line, lot.terms.version
        if not lot.terms.rule.vests:
            return
        vests, shares = in_parts(lot.terms.rule.vests)
        labels = [vest_words(v) for v in vests]
        parts = self.ar.split(line.amount, shares, version.program.rounding.decimals, labels)
        for i, (vest, part) in enumerate(zip(vests, parts, strict=True)):
            if is_immediate(vest) or is_zero(part):
                continue
            wait = awaited(self.reckoning, version, vest, line)
            hold = Hold(f"{line.id}:v{i + 1}", line.id, "vesting", part, line.process, wait.due, wait.condition)
            self.keep(lot, hold, "deferral", labels[i])
            for ending in wait.endings:
                self.plan_ending(lot, hold, ending)

    def suspension(self, line: EarningLine[N]) -> Resolution | None:
        """Until when a line is held because its partner may not earn; None where nothing is in the way."""
        version = self.versions[line.rule.effective_from]
        return suspended(self.reckoning, version, line.event) if version.suspends else None

    def suspend(self, line: EarningLine[N], lot: Lot[N] | None) -> None:
        """Holds what would be payable of a line while its partner may not earn."""
        end, amount = self.suspension(line), line.amount
        if end is None:
            return
        if lot is not None and lot.holds:
            held = self.ar.sum([hold.amount for hold in lot.holds], self.currency, "held already")
            amount = self.ar.difference(amount, held, self.currency, "payable")
        if is_zero(amount):
            return
        hold = Hold(f"{line.id}:e", line.id, "eligibility", amount, line.process, end.due, end.condition)
        self.holds.append(hold)
        if lot is not None:
            lot.holds.append(hold)
        named = named_of(hold.id, line, line.rule, end.condition)
        self.book.transfer("holdback", hold.start, amount, named, HELD)
        self.plan_release(hold, end, named)

    def plan_ending(self, lot: Lot[N], hold: Hold[N], ending: Ending[N]) -> None:
        """Plans a release or forfeiture of a vesting share: of what is left, or of the part that a payment brought."""
        if ending.kind == "release":
            ending = ending._replace(day=max(ending.day, lot.eligible))
        id = f"{hold.id}:{ending.by}" if ending.by else hold.id
        named = named_of(id, lot.line, lot.line.rule, ending.why or hold.condition)
        if ending.upto is None:
            self.plan(ending.day, VESTING, partial(self.let_go, hold, ending.day, ending.kind, named))
        else:
            self.plan(ending.day, VESTING, partial(self.let_part_go, lot, hold, ending, named))

    def hold_back(self, lot: Lot[N], holdback: LimitTerms) -> None:
        """Holds a share of one line, at most what is payable of it."""
        line = lot.line
        held = share_of(self.reckoning, holdback, line.amount)
        if lot.holds:
            deferred = self.ar.sum([h.amount for h in lot.holds], self.currency, "held already")
            held = self.at_most(held, self.ar.difference(line.amount, deferred, self.currency, "payable"))
        if is_zero(held):
            return
        end = released(self.reckoning, holdback, line.event)
        id = f"{line.id}:h{holdback.number + 1}"
        hold = Hold(id, line.id, "holdback", held, line.process, end.due, end.condition)
        self.keep(lot, hold, "holdback", holdback.rule.says)
        named = named_of(hold.id, line, line.rule, end.why or hold.condition)
        if end.day is not None and end.kind == "release":
            end = replace(end, day=max(end.day, lot.eligible))
        self.plan_release(hold, end, named)

    def plan_release(self, hold: Hold[N], end: Resolution, named: Named) -> None:
        """Plans how a holdback ends, once that is known."""
        if end.day is None or end.day > self.as_of:
            return
        if self.lots:
            self.plan(end.day, RELEASE, partial(self.let_go, hold, end.day, end.kind, named))
        else:
            self.let_go(hold, end.day, end.kind, named)

    def at_most(self, held: N, payable: N) -> N:
        """What is held, at most what is payable; the other way round for amounts below zero."""
        bound = self.ar.least if held > ZERO else self.ar.greatest
        return bound([held, payable], self.currency, "held, at most what is payable")

    def keep(self, lot: Lot[N], hold: Hold[N], kind: str, note: str) -> None:
        self.holds.append(hold)
        lot.holds.append(hold)
        self.book.transfer(kind, hold.start, hold.amount, named_of(hold.id, lot.line, lot.line.rule, note), HELD)

    def hold_sum(self, holdback: LimitTerms, period: Period, lines: Sequence[EarningLine[N]], total: N) -> None:
        """Holds a share of what a period's lines earned and have not lost, at most what is payable of them."""
        lots = self.lots_of(lines)
        held = self.share_of_rest(holdback, total, lots) if lots else share_of(self.reckoning, holdback, total)
        if is_zero(held):
            return
        end = released(self.reckoning, holdback, period.end)
        id = sum_id(self.reckoning, holdback, period)
        hold = Hold(id, "", "holdback", held, period.end, end.due, end.condition)
        self.holds.append(hold)
        if lots:
            self.members[id] = lines
        for lot in lots:
            lot.sums.append((hold, self.ar.rule(holdback.rule.share, "%", holdback.rule.says, holdback.origin)))
        self.book.transfer("holdback", period.end, held, (id, "", "", holdback.ref, end.condition), HELD)
        self.plan_release(hold, end, (id, "", "", holdback.ref, end.why or end.condition))

    def share_of_rest(self, holdback: LimitTerms, total: N, lots: list[Lot[N]]) -> N:
        """The held share of a sum of which something is lost or held already."""
        ar, rest = self.ar, total
        lost = [n for lot in lots for n in lot.lost]
        if lost:
            rest = ar.difference(total, ar.sum(lost, self.currency, "lost again"), self.currency, "kept of the period")
        held = share_of(self.reckoning, holdback, rest)
        kept = [remaining(self.reckoning, hold) for lot in lots for hold in lot.holds]
        if not kept:
            return held
        deferred = ar.sum(kept, self.currency, "held already")
        return self.at_most(held, ar.difference(rest, deferred, self.currency, "payable"))

    def lots_of(self, lines: Sequence[EarningLine[N]]) -> list[Lot[N]]:
        """The lots of those lines whose money does more than being paid."""
        return [self.lots[line.id] for line in lines if line.id in self.lots]

    def let_go(self, hold: Hold[N], day: date, kind: str, named: Named) -> None:
        """Releases or forfeits what is left of a hold on a day."""
        left = remaining(self.reckoning, hold) if hold.moves else hold.amount
        if not is_zero(left):
            self.move_out(hold, day, kind, left, named)

    def let_part_go(self, lot: Lot[N], hold: Hold[N], ending: Ending[N], named: Named) -> None:
        """Releases or forfeits a hold in the proportion in which the customer has paid, less what has left it."""
        assert ending.upto is not None
        ar, (paid, owed) = self.ar, ending.upto
        rounding = lot.terms.version.program.rounding
        earned = ar.quotient(ar.product([hold.amount, paid], self.currency, "paid of it"), owed, self.currency, "paid")
        part = ar.round(earned, rounding.decimals, rounding.mode)
        for _, moved in hold.moves:
            part = ar.difference(part, moved, self.currency, "paid and not moved yet")
        if not is_zero(part) and (part > ZERO) == (hold.amount > ZERO):
            self.move_out(hold, ending.day, ending.kind, part, named)

    def move_out(self, hold: Hold[N], day: date, kind: str, amount: N, named: Named) -> None:
        hold.moves.append((day, amount))
        if kind == "release":
            self.book.transfer("release", day, amount, named, PAYABLE)
            return
        self.book.post("forfeiture", HELD, day, self.ar.negative(amount, hold.condition), named)
        if self.lots:
            self.lose(hold, amount)

    def lose(self, hold: Hold[N], amount: N) -> None:
        """Notes what is lost for good with the lines it came from, so that a clawback does not take it again."""
        if hold.line:
            self.lots[hold.line].lost.append(amount)
            return
        lines = self.members.get(hold.id)
        if lines is None:
            return
        lots = self.lots_of(lines)
        shares = [max(ZERO, self.ar.value(line.amount)) for line in lines]
        if sum(shares, ZERO) > 0:
            places = lots[0].terms.version.program.rounding.decimals
            parts = self.ar.split(amount, shares, places, [line.says for line in lines])
            for line, part in zip(lines, parts, strict=True):
                if line.id in self.lots:
                    self.lots[line.id].lost.append(part)
