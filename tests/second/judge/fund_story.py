"""The story of one fund, told day by day: what is put in, asked for, approved, claimed, paid, and what comes to an end.

On one day: what is put in and allocated, then entries by their kind, then what lapses, then what expires.
"""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from functools import partial
from typing import Any, NamedTuple

from partnerdesk.engine.rules import Fund
from tests.second.judge.account import Account
from tests.second.judge.days import plus_months
from tests.second.judge.fund_pots import ZERO, Pot, Pots, Uses
from tests.second.judge.fund_putting import Put
from tests.second.judge.fund_request import Request, belonging
from tests.second.judge.money import NoRate, exchanged, rounded

OUTSIDE, AVAILABLE, APPROVED, CLAIMED, PAID, EXPIRED = "", "available", "approved", "claimed", "paid", "expired"
KINDS = (
    *("allocation", "request", "approval", "denial", "claim"),
    *("proof", "reimbursement", "release", "expiry"),
)
LAPSING, EXPIRING = len(KINDS), len(KINDS) + 1


class Move(NamedTuple):
    kind: str
    day: date
    amount: Fraction
    source: str
    target: str
    request: str


class Story:
    """One fund of one partner."""

    def __init__(self, account: Account, name: str, rows: list[Any]) -> None:
        self.account, self.name, self.rows = account, name, rows
        self.pots, self.moves, self.requests = Pots(), list[Move](), dict[str, Request]()
        self.agenda: list[tuple[date, int, str, int, Callable[[], None]]] = []
        self.planned, self.of = 0, belonging(rows)
        is_ruled = any(name in version.fund for version in account.case.versions)
        used = {row.currency for row in rows if row.amount is not None}
        self.currency = next(iter(used)) if len(used) == 1 and not is_ruled else account.case.program.currency

    def run(self, puts: list[Put]) -> None:
        for put in puts:
            self._plan(put.day, 0, put.id, partial(self._put, put))
        for row in self.rows:
            if row.kind in KINDS:
                act = getattr(self, f"_{row.kind}")
                self._plan(row.day, KINDS.index(row.kind), row.id, partial(act, row))
        while self.agenda:
            first = min(self.agenda, key=lambda planned: planned[:4])
            self.agenda.remove(first)
            first[4]()

    def _plan(self, day: date, rank: int, id: str, act: Callable[[], None]) -> None:
        if day <= self.account.as_of:
            self.planned += 1
            self.agenda.append((day, rank, id, self.planned, act))

    def _rule(self, day: date) -> Fund | None:
        return self.account.version_on(day).fund.get(self.name)

    def _move(self, kind: str, day: date, amount: Fraction, way: tuple[str, str], request: str = "") -> None:
        if amount > 0:
            self.moves.append(Move(kind, day, amount, *way, request))

    def _worth(self, row: Any, name: str, day: date) -> Fraction | None:
        """An amount of an entry in the fund's currency; none where none is given, or no rate is known."""
        amount = getattr(row, name)
        if amount is None or row.currency == self.currency:
            return None if amount is None else Fraction(amount)
        version = self.account.version_on(day)
        try:
            found = exchanged(self.account.case, amount, row.currency, day, version.exchange)
        except NoRate:
            return None
        return rounded(found, version.rounding.decimals, version.rounding.mode)

    def _put(self, put: Put) -> None:
        pot = Pot(put.id, put.amount, put.ends)
        self._move(put.kind, put.day, put.amount, (OUTSIDE, AVAILABLE))
        self.pots.put(pot)
        if put.ends is not None:
            last = max(put.ends, put.day)
            self._plan(last, EXPIRING, put.id, partial(self._end, pot, last))

    def _end(self, pot: Pot, day: date) -> None:
        pot.is_over = True
        self._move("expiry", day, pot.left, (AVAILABLE, EXPIRED))

    def _request_of(self, row: Any) -> Request:
        """The request that an entry belongs to, with what the entry says of its activity."""
        found = self.requests.setdefault(self.of[row.id], Request(row.day))
        if row.activity is not None:
            for other in self.account.case.facts.of("activity"):
                if other.id == row.activity:
                    found.happens, found.kind = other.day, other.kind
        return found

    # What people enter

    def _allocation(self, row: Any) -> None:
        amount = self._worth(row, "amount", row.day)
        if amount is None:
            return
        if amount < 0:
            self.pots.take(-amount, Uses())
            self._move("expiry", row.day, -amount, (AVAILABLE, EXPIRED))
        else:
            self._put(Put(row.id, "allocation", row.day, amount, row.due))

    def _expiry(self, row: Any) -> None:
        amount = self._worth(row, "amount", row.day)
        if amount is not None and amount > 0:
            self.pots.take(amount, Uses())
            self._move("expiry", row.day, amount, (AVAILABLE, EXPIRED))

    def _request(self, row: Any) -> None:
        request, rule = self._request_of(row), self._rule(row.day)
        request.day = row.day
        request.requested += self._worth(row, "amount", row.day) or ZERO
        request.decide_by = row.due or after(row.day, rule.decide_days if rule else None)

    def _approval(self, row: Any) -> None:
        request, rule = self._request_of(row), self._rule(row.day)
        amount = self._worth(row, "amount", request.day)
        amount = request.requested if amount is None else amount
        if amount <= 0:
            return
        self._approve(request, row, amount)
        request.is_denied = False
        start = max(row.day, request.happens or row.day)
        by = row.due or after(start, rule.claim_days if rule else None)
        if rule and rule.claim_months is not None and not row.due:
            by = plus_months(start, rule.claim_months)
        ends = [day for day in (by, request.claim_by) if day is not None]
        if ends:
            request.claim_by = by = max(ends)
            self._plan(max(by, row.day), LAPSING, row.id, partial(self._unclaimed, row, request, by))

    def _approve(self, request: Request, row: Any, amount: Fraction) -> None:
        self.pots.take(amount, request.uses)
        request.approved += amount
        self._move("approval", row.day, amount, (AVAILABLE, APPROVED), self.of[row.id])

    def _denial(self, row: Any) -> None:
        self._request_of(row).is_denied = True

    def _claim(self, row: Any) -> None:
        """What is claimed is at most what is approved, and at most the fund's share of what it cost."""
        request, rule = self._request_of(row), self._rule(row.day)
        bounds = [request.approved]
        asked, cost = (self._worth(row, name, request.day) for name in ("amount", "cost"))
        bounds += [] if asked is None else [asked]
        if cost is not None:
            rounding = self.account.version_on(row.day).rounding
            share = cost * Fraction(rule.cost_share_by.get(request.kind, rule.cost_share)) if rule else cost
            bounds.append(rounded(share, rounding.decimals, rounding.mode) if rule else share)
        if rule and 0 < min(bounds) < rule.claim_minimum:
            return
        request.claim(row, rule)
        request.cost = request.cost if cost is None else cost
        by = None if request.is_proven else request.proof_by
        if request.approved <= 0:
            return
        self._take_claim(request, row, min(bounds))
        if by is not None:
            self._plan(max(by, row.day), LAPSING, row.id, partial(self._unproven, row, request, by))

    def _take_claim(self, request: Request, row: Any, amount: Fraction) -> None:
        request.approved -= amount
        request.claimed += amount
        self._move("claim", row.day, amount, (APPROVED, CLAIMED), self.of[row.id])

    def _proof(self, row: Any) -> None:
        self._request_of(row).prove(row, self._rule(row.day))

    def _reimbursement(self, row: Any) -> None:
        """What was paid beyond what is claimed had been claimed, and approved, without being entered."""
        request = self._request_of(row)
        amount = self._worth(row, "amount", request.day)
        amount = request.claimed if amount is None else amount
        if amount <= 0:
            return
        if (missing := amount - request.claimed) > 0:
            if missing > request.approved:
                self._approve(request, row, missing - request.approved)
            self._take_claim(request, row, missing)
        request.claimed -= amount
        request.paid += amount
        self._move("reimbursement", row.day, amount, (CLAIMED, PAID), self.of[row.id])

    def _release(self, row: Any) -> None:
        """What is not needed goes back: of what is approved first."""
        request = self._request_of(row)
        amount, open_ = self._worth(row, "amount", request.day), request.approved + request.claimed
        amount = open_ if amount is None else min(amount, open_)
        first = min(request.approved, amount)
        self._give_up(row, request, "release", row.day, (first, APPROVED))
        self._give_up(row, request, "release", row.day, (amount - first, CLAIMED))

    # What time does

    def _unclaimed(self, row: Any, request: Request, by: date) -> None:
        if request.claim_by == by:
            self._give_up(row, request, "lapse", max(by, row.day), (request.approved, APPROVED))

    def _unproven(self, row: Any, request: Request, by: date) -> None:
        if request.proof_by == by and not request.is_proven and request.claimed > 0:
            request.is_missed = True
            self._give_up(row, request, "lapse", max(by, row.day), (request.claimed, CLAIMED))

    def _give_up(self, row: Any, request: Request, kind: str, day: date, what: tuple[Fraction, str]) -> None:
        (amount, source), rule = what, self._rule(day)
        if amount <= 0:
            return
        is_lost = kind == "lapse" and rule is not None and rule.lapsed == "forfeited"
        back, gone = self.pots.give_back(request.uses, amount, is_lost)
        self._move(kind, day, back, (source, AVAILABLE), self.of[row.id])
        self._move(kind, day, gone, (source, EXPIRED), self.of[row.id])
        request.approved -= amount if source == APPROVED else ZERO
        request.claimed -= amount if source == CLAIMED else ZERO
        request.lapsed += amount


def after(day: date, days: int | None) -> date | None:
    return None if days is None else date.fromordinal(day.toordinal() + days)
