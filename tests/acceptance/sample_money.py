"""What happens to the sample book's money by day, worked out by hand: vesting, holdback, clawback, payment, balances.

Nothing of the engine here either; the rules are those of the alliance's circulars.
"""

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from functools import partial
from typing import Any, NamedTuple

from tests.acceptance.sample_lines import Hold, Line, lines
from tests.acceptance.sample_world import AS_OF, PROGRAM_STARTS, Partner, by_day, months_later, quarter_of, rounded


class Move(NamedTuple):
    """A movement of money in one bucket on a day."""

    kind: str
    bucket: str
    day: date
    amount: Fraction
    line: str


class Money:
    """What happens to the lines' money up to the day of the book."""

    def __init__(self, partner: Partner) -> None:
        self.partner, self.lines = partner, lines(partner)
        self.moves: list[Move] = []
        self.holds: list[Hold] = []
        self.agenda: list[tuple[date, int, int, Callable[[], None]]] = []
        for line in self.lines:
            self._move("topup" if line.rule == "net" else "accrual", "payable", line.day, line.amount, line)
            if line.amount and line.rule in ("anchor", "expansion"):
                self._hold(line)
            if line.amount and line.rule in ("anchor", "recurring"):
                self._take_back(line)
        for *_, happen in sorted(self.agenda, key=lambda a: a[:3]):
            happen()
        self._typed()

    def _move(self, kind: str, bucket: str, day: date, amount: Fraction, line: Line | None) -> None:
        self.moves.append(Move(kind, bucket, day, amount, line.id if line else ""))

    def _transfer(self, kind: str, into: str, day: date, amount: Fraction, line: Line) -> None:
        self._move(kind, into, day, amount, line)
        self._move(kind, "payable" if into == "held" else "held", day, -amount, line)

    def _plan(self, day: date, turn: int, happen: Callable[[], None]) -> None:
        """Something that happens by the day of the book; on one day clawbacks come first, holdbacks last."""
        if day <= AS_OF:
            self.agenda.append((day, turn, len(self.agenda), happen))

    def _hold(self, line: Line) -> None:
        """Half of an anchor waits for the go-live; a tenth of anchor and expansion for the second quarter after."""
        waits = Fraction(0)
        if line.rule == "anchor":
            waits = Fraction(int(line.amount * 100) // 2, 100)  # an odd cent stays with the half that is paid
            if waits:
                ends, is_kept = self._go_live(line)
                self._keep(Hold("vesting", line, line.day, waits, ends, is_kept), "deferral", 1)
        tenth = min(rounded(line.amount / 10), line.amount - waits)
        if tenth:
            quarter = quarter_of(line.day, 2)
            is_calm = not quarter.is_over or self.partner.escalations(quarter) <= 2
            self._keep(Hold("holdback", line, line.day, tenth, quarter.last, is_calm), "holdback", 2)

    def _keep(self, hold: Hold, kind: str, turn: int) -> None:
        self.holds.append(hold)
        hold.line.held.append(hold)
        self._transfer(kind, "held", hold.since, hold.left, hold.line)
        if hold.ends:
            self._plan(hold.ends, turn, lambda: self._end(hold))

    def _go_live(self, line: Line) -> tuple[date | None, bool]:
        """When the waiting half is paid or lost; no day while neither is known."""
        every = self.partner.book.rows["deployment"]
        found = [d for d in every if d.deal == line.fact.id]
        if not found:
            own = (d for d in self.partner.own["deployment"] if d.customer == line.fact.customer)
            found = [d for d in own if d.live is None or d.live >= line.day]
        live, latest = min((d.live for d in found if d.live), default=None), months_later(line.day, 9)
        if live and live <= min(latest, AS_OF):
            return max(live, line.day), True
        return (latest, False) if latest < AS_OF else (None, True)

    def _end(self, hold: Hold) -> None:
        """Releases or loses what is left of a hold."""
        left, hold.left = hold.left, Fraction(0)
        assert hold.ends
        if not left:
            return
        if hold.is_kept:
            self._transfer("release", "payable", hold.ends, left, hold.line)
        else:
            hold.line.lost += left
            self._move("forfeiture", "held", hold.ends, -left, hold.line)

    def _take_back(self, line: Line) -> None:
        """A customer that leaves within a year takes back the months that are missing; a refund takes its share."""
        for day, share in self._churn(line) if line.rule == "anchor" else self._refunds(line):
            if line.day <= day <= months_later(line.day, 12):
                self._plan(day, 0, partial(self._claw, line, day, rounded(line.amount * share)))

    def _churn(self, line: Line) -> list[tuple[date, Fraction]]:
        own = (c for c in self.partner.book.rows["contract"] if c.deal == line.fact.id and c.outcome == "churned")
        left = sorted(c.outcome_on or c.end for c in own)[:1]
        months = [max(m for m in range(13) if months_later(line.day, m) <= day) for day in left if day >= line.day]
        return [(day, Fraction(12 - m, 12)) for day, m in zip(left, months, strict=False)]

    def _refunds(self, line: Line) -> list[tuple[date, Fraction]]:
        """The refunds that reach back to this payment: each undoes the latest payments of its contract first."""
        concerns = [
            t
            for t in by_day(self.partner.own["transaction"], "day")
            if (t.contract or t.deal or t.customer, t.currency)
            == (line.fact.contract or line.fact.deal or line.fact.customer, line.fact.currency)
        ]
        open_: list[list[Any]] = []
        found: list[tuple[date, Fraction]] = []
        for row in concerns:
            if row.kind == "payment" and row.amount > 0:
                open_.append([row, Fraction(row.amount)])
            left = abs(Fraction(row.amount)) if row.kind == "refund" else Fraction(0)
            while left and open_:
                taken = min(left, open_[-1][1])
                if open_[-1][0] is line.fact:
                    found.append((row.day, taken / Fraction(line.fact.amount)))
                left -= taken
                open_[-1][1] -= taken
                if not open_[-1][1]:
                    open_.pop()
        return found

    def _claw(self, line: Line, day: date, wanted: Fraction) -> None:
        """Takes at most what the line still has: out of what waits, then what is held back, then what was paid."""
        left = min(wanted, line.amount - line.lost)
        line.lost += left
        for hold in sorted(line.held, key=lambda h: h.kind, reverse=True):
            part = min(hold.left, left)
            if part > 0:
                hold.left -= part
                left -= part
                self._move("clawback", "held", day, -part, line)
        if left > 0:
            self._move("clawback", "payable", day, -left, line)

    def _typed(self) -> None:
        """Adjustments of people, and the payments: what a month leaves payable is paid on the 20th of the next."""
        for row in by_day(self.partner.own["adjustment"], "day"):
            if row.day <= AS_OF:
                euros = rounded(self.partner.book.euros(row.amount, row.currency, row.day))
                self.moves.append(Move("adjustment", "payable", row.day, euros, ""))
        open_, first = Fraction(0), PROGRAM_STARTS
        while (day := months_later(first, 1).replace(day=20)) <= AS_OF:
            last = months_later(first, 1) - timedelta(days=1)
            own = (m for m in self.moves if m.bucket == "payable" and m.kind != "payment" and first <= m.day <= last)
            open_ += sum((m.amount for m in own), Fraction(0))
            if open_ > 0:
                self.moves.append(Move("payment", "payable", day, -open_, ""))
                open_ = Fraction(0)
            first = months_later(first, 1)
