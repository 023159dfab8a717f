"""What becomes of lines: dated entries in two buckets, by vesting, holdbacks, suspension and clawback.

What happens on one day happens in this order: clawback, vesting, release of holdbacks, new holdbacks on a period's sum.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from partnerdesk.engine.rules import Gate, Holdback, Need, Program
from tests.second.judge.account import Account
from tests.second.judge.clawback import Taking, takings
from tests.second.judge.days import Span, spans_on
from tests.second.judge.disputes import disputed
from tests.second.judge.line import Line
from tests.second.judge.money import rounded
from tests.second.judge.splitting import split
from tests.second.judge.taken_over import HELD_KINDS, TakenOver, taken_over, ways_out
from tests.second.judge.typed import HELD, PAYABLE, Entry, opens, typed
from tests.second.judge.vesting import FORFEIT, RELEASE, Ending, endings, in_parts, is_immediate

CLAWBACK, VESTING, RELEASING, HOLDING = range(4)
ZERO = Fraction(0)


@dataclass
class Hold:
    """An amount that is kept back, and what has left it."""

    kind: str
    amount: Fraction
    line: Line | None
    type: str = ""  # of what is held of several lines: theirs, if they have one together
    moved: Fraction = ZERO

    @property
    def left(self) -> Fraction:
        return self.amount - self.moved


@dataclass
class Lot:
    """One line's money: what is held of it, alone or in sums of periods, and what is lost for good."""

    line: Line
    holds: list[Hold] = field(default_factory=list)
    sums: list[tuple[Hold, Fraction]] = field(default_factory=list)
    lost: Fraction = ZERO

    @property
    def held(self) -> Fraction:
        return sum((hold.amount for hold in self.holds), ZERO)


class Ledger:
    """All entries of one partner up to the as-of day."""

    def __init__(self, account: Account, lines: list[Line]) -> None:
        self.account, self.case, self.entries = account, account.case, list[Entry]()
        self.agenda: list[tuple[date, int, int, Callable[[], None]]] = []
        self.planned = 0
        self.lots = list[Lot]()
        for former in taken_over(account):
            self._take_over(former)
        own = [Lot(line) for line in lines if line.event >= opens(account)]
        self.lots += own
        for lot in own:
            self._accrue(lot)
        self._plan_sums(own)
        while self.agenda:
            first = min(self.agenda, key=lambda planned: planned[:3])
            self.agenda.remove(first)
            first[3]()
        self.entries += typed(self.account)
        self.entries += disputed(self.account, self.entries)

    def _plan(self, day: date, rank: int, action: Callable[[], None]) -> None:
        if day <= self.case.as_of:
            self.planned += 1
            self.agenda.append((day, rank, self.planned, action))

    def _post(self, kind: str, bucket: str, day: date, amount: Fraction, hold: Hold | Lot) -> None:
        line, type_ = hold.line, hold.type if isinstance(hold, Hold) else ""
        self.entries.append(Entry(kind, bucket, day, amount, line.id if line else "", line.type if line else type_))

    def _move(self, kind: str, day: date, amount: Fraction, hold: Hold, into: str) -> None:
        """A transfer between the buckets, which nets to zero."""
        out_of = PAYABLE if into == HELD else HELD
        self._post(kind, into, day, amount, hold)
        self._post(kind, out_of, day, -amount, hold)

    def _accrue(self, lot: Lot) -> None:
        """Posts a line as payable, and plans what its rule does with it."""
        line, version = lot.line, lot.line.version
        self._post("accrual" if line.earning else "topup", PAYABLE, line.event, line.amount, lot)
        if not line.amount:
            return
        until = self._suspended_until(version, line.event)
        if line.earning:
            self._vest(lot, until or line.event)
            for holdback in version.holdback.values():
                if line.earning in holdback.of and not holdback.every:
                    self._hold_back(lot, holdback, until or line.event)
        if until:
            hold = Hold("eligibility", line.amount - lot.held, line)
            if hold.amount:
                self._keep(lot, hold, "holdback")
                self._plan(until, RELEASING, lambda: self._end(hold, until, RELEASE))
        for taking in takings(self.account, line) if line.earning else []:
            self._plan(taking.day, CLAWBACK, lambda taking=taking: self._claw_back(lot, taking))  # type: ignore[misc]

    def _take_over(self, former: TakenOver) -> None:
        """Posts the balances of a former line; where an earning goes on with it, its clawback may still take them."""
        lot, line = Lot(former.line), former.line if former.is_open else None
        if line:
            self.lots.append(lot)
        for row, amount in former.rows:
            if row.kind in HELD_KINDS:
                hold = Hold(row.kind, amount, line)
                lot.holds.append(hold)
                self._post("opening", HELD, row.day, amount, hold)
                for day, is_released in ways_out(self.account, row, former.line):
                    kind = RELEASE if is_released else FORFEIT
                    self._plan(day, VESTING, lambda h=hold, d=day, k=kind: self._end(h, d, k))  # type: ignore[misc]
            elif row.kind != "paid":
                owed = -amount if row.kind == "receivable" else amount
                named = former.line if former.line.earning else None
                self._post("opening", PAYABLE, row.day, owed, Hold("", owed, named))
        for taking in takings(self.account, line) if line else []:
            if taking.day >= opens(self.account):
                self._plan(taking.day, CLAWBACK, lambda taking=taking: self._claw_back(lot, taking))  # type: ignore[misc]

    def _keep(self, lot: Lot, hold: Hold, kind: str) -> None:
        lot.holds.append(hold)
        self._move(kind, lot.line.event, hold.amount, hold, HELD)

    def _suspended_until(self, version: Program, day: date) -> date | None:
        """While a partner may not earn, to the end of the first later period in which it may; None where it may."""
        gate = version.eligibility.earn
        if gate is None or gate.otherwise != "suspend" or self._is_open(version, gate, self.case.span(day, gate.every)):
            return None
        span = spans_on(self.case.span(day, gate.every), 1, self.case.year)
        while span.end <= self.case.as_of:
            if self._is_open(version, gate, span):
                return span.end
            span = spans_on(span, 1, self.case.year)
        return date.max

    def _is_open(self, version: Program, gate: Gate, span: Span) -> bool:
        return self.account.meets(version, gate.when, span)

    def _vest(self, lot: Lot, earliest: date) -> None:
        """Splits a line into its shares; what does not vest at once is held."""
        line = lot.line
        vests = in_parts(line.version.earning[line.earning].vests)
        shares = [Fraction(vest.share) / vest.parts for vest in vests]
        for vest, part in zip(vests, split(line.amount, shares, line.version.rounding.decimals), strict=True):
            if is_immediate(vest) or not part:
                continue
            hold = Hold("vesting", part, line)
            self._keep(lot, hold, "deferral")
            for ending in endings(self.account, vest, line):
                day = max(ending.day, earliest) if ending.kind == RELEASE else ending.day
                self._plan(day, VESTING, lambda h=hold, d=day, e=ending: self._vested(h, d, e))  # type: ignore[misc]

    def _vested(self, hold: Hold, day: date, ending: Ending) -> None:
        """All that is left of a share, or as much as has been paid by the customer."""
        if ending.upto is None:
            self._end(hold, day, ending.kind)
            return
        assert hold.line
        rounding = hold.line.version.rounding
        part = rounded(hold.amount * ending.upto, rounding.decimals, rounding.mode) - hold.moved
        if part and (part > 0) == (hold.amount > 0):
            self._leave(hold, day, ending.kind, part)

    def _end(self, hold: Hold, day: date, kind: str) -> None:
        if hold.left:
            self._leave(hold, day, kind, hold.left)

    def _leave(self, hold: Hold, day: date, kind: str, amount: Fraction) -> None:
        hold.moved += amount
        if kind == RELEASE:
            self._move("release", day, amount, hold, PAYABLE)
            return
        self._post("forfeiture", HELD, day, -amount, hold)
        self._lose(hold, amount)

    def _lose(self, hold: Hold, amount: Fraction) -> None:
        """What is lost, so that a clawback does not take it again; of a sum, by what the lines were."""
        lots = self._lots_in(hold)
        shares = [max(lot.line.amount, ZERO) for lot in lots]
        if hold.line:
            lots[0].lost += amount
        elif any(shares):
            places = lots[0].line.version.rounding.decimals
            for lot, part in zip(lots, split(amount, shares, places), strict=True):
                lot.lost += part

    def _lots_in(self, hold: Hold) -> list[Lot]:
        if hold.line:
            return [lot for lot in self.lots if lot.line is hold.line]
        return [lot for lot in self.lots if any(other is hold for other, _ in lot.sums)]

    def _hold_back(self, lot: Lot, holdback: Holdback, earliest: date) -> None:
        """Holds a share of one line, at most what is payable of it."""
        line = lot.line
        held = _at_most(_share_of(line.version, holdback, line.amount), line.amount - lot.held, bool(lot.holds))
        if held:
            hold = Hold("holdback", held, line)
            self._keep(lot, hold, "holdback")
            self._plan_release(hold, line.version, holdback, line.event, earliest)

    def _plan_release(self, hold: Hold, version: Program, holdback: Holdback, day: date, earliest: date) -> None:
        """At the end of a later period, if its condition then holds."""
        due = spans_on(self.case.span(day, holdback.release_unit), holdback.release_after, self.case.year)
        if due.end > self.case.as_of:
            return
        is_met = self._meets(version, holdback.when, due) or holdback.otherwise == "release"
        day = max(due.end, earliest) if is_met else due.end
        self._plan(day, RELEASING, lambda: self._end(hold, day, RELEASE if is_met else FORFEIT))

    def _meets(self, version: Program, need: Need | None, span: Span) -> bool:
        return self.account.meets(version, need, span)

    def _plan_sums(self, lots: list[Lot]) -> None:
        """Holdbacks on the sums of finished periods, each rounded once."""
        for version in self.case.versions:
            for name, holdback in version.holdback.items():
                if not holdback.every:
                    continue
                own = [lot for lot in lots if lot.line.version is version and lot.line.earning in holdback.of]
                spans = {self.case.span(lot.line.event, holdback.every) for lot in own}
                for span in sorted(spans, key=lambda span: span.end):
                    inside = [lot for lot in own if lot.line.event in span]
                    self._plan(span.end, HOLDING, lambda a=(version, name, span, inside): self._hold_sum(*a))  # type: ignore[misc]

    def _hold_sum(self, version: Program, name: str, span: Span, lots: list[Lot]) -> None:
        holdback = version.holdback[name]
        rest = sum((lot.line.amount - lot.lost for lot in lots), ZERO)
        kept = [hold for lot in lots for hold in lot.holds]
        payable = rest - sum((hold.left for hold in kept), ZERO)
        held = _at_most(_share_of(version, holdback, rest), payable, bool(kept))
        if held:
            types = {version.earning[earning].type for earning in holdback.of}
            hold = Hold("holdback", held, None, types.pop() if len(types) == 1 else "")
            for lot in lots:
                lot.sums.append((hold, Fraction(holdback.share)))
            self._move("holdback", span.end, held, hold, HELD)
            self._plan_release(hold, version, holdback, span.end, span.end)

    def _claw_back(self, lot: Lot, taking: Taking) -> None:
        """Takes at most what is left of the line: what is unvested first, then what is held back, then the rest."""
        amount = min(taking.amount, lot.line.amount - lot.lost)
        if amount <= 0:
            return
        left, rounding = amount, lot.line.version.rounding
        for hold in sorted(lot.holds, key=lambda hold: ("vesting", "eligibility", "holdback").index(hold.kind)):
            left -= self._take(hold, left, taking.day, lot)
        for hold, share in lot.sums:
            part = rounded(amount * share, rounding.decimals, rounding.mode)
            left -= self._take(hold, min(part, left), taking.day, lot)
        lot.lost += amount - left if taking.only_held else amount
        if left > 0 and not taking.only_held:
            self._post("clawback", PAYABLE, taking.day, -left, lot)
            self.entries[-1] = self.entries[-1]._replace(left=lot.line.amount - lot.lost)

    def _take(self, hold: Hold, wanted: Fraction, day: date, lot: Lot) -> Fraction:
        """Takes out of a hold as much as is there, and says how much."""
        part = min(wanted, hold.left)
        if part <= 0:
            return ZERO
        hold.moved += part
        self._post("clawback", HELD, day, -part, lot)
        return part


def _share_of(version: Program, holdback: Holdback, amount: Fraction) -> Fraction:
    rounding = version.rounding
    return rounded(amount * Fraction(holdback.share), rounding.decimals, rounding.mode)


def _at_most(held: Fraction, payable: Fraction, is_bounded: bool) -> Fraction:
    """What is held, at most what is payable; the other way round for amounts below zero."""
    if not is_bounded:
        return held
    return min(held, payable) if held > 0 else max(held, payable)
