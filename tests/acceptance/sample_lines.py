"""The sample book's earning lines worked out by hand, with cap and safety net.

Like `sample_world`, nothing of the engine: each rule of the alliance is written out once more, in its own numbers.
What happens to the money afterwards is in `sample_money`.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from tests.acceptance.sample_world import (
    AS_OF,
    PROGRAM_STARTS,
    SECOND_VERSION,
    Partner,
    Quarter,
    by_day,
    months_later,
    quarter_of,
    rounded,
)

ANCHOR = {"Registered": 8, "Silver": 10, "Gold": 12, "Platinum": 15}  # percent
ANCHOR_KINDS, GROWING_KINDS = ("new", "cross-sell"), ("expansion", "upsell")
BANDS = ((0, 40_000, 4), (40_000, 120_000, 5), (120_000, None, 6))
AGES = ((24, Fraction(75, 1000)), (12, Fraction(6, 100)), (0, Fraction(5, 100)))
MILESTONE, NET = Fraction(750), Fraction(300)
TYPES = {"anchor": "UPFRONT", "expansion": "EXPANSION", "recurring": "RECURRING", "milestone": "MILESTONE"}
TYPES |= {"rebate": "REBATE", "net": "TOPUP"}
ORDER = list(TYPES)


@dataclass
class Line:
    """An earning: what it was computed as, what the cap left of it, and the fact it came from."""

    rule: str
    id: str
    day: date
    computed: Fraction
    amount: Fraction
    fact: Any = None
    held: list["Hold"] = field(default_factory=list)
    lost: Fraction = Fraction(0)


@dataclass
class Hold:
    """Money of a line that waits: how it ends, and when."""

    kind: str  # vesting or holdback
    line: Line
    since: date
    left: Fraction
    ends: date | None = None
    is_kept: bool = True


def lines(partner: Partner) -> list[Line]:
    """Everything that the partner earned, after cap and safety net."""
    found = [*_anchors(partner), *_expansions(partner), *_recurring(partner), *_milestones(partner), *_rebates(partner)]
    found.sort(key=lambda line: (line.day, ORDER.index(line.rule), line.id))
    _cap(found)
    return found + list(_safety_net(partner, found))


def _events(rows: list[Any], attribute: str) -> Iterator[tuple[date, Any]]:
    """Rows in order of their day, from the program's first day to the day of the book."""
    for row in by_day(rows, attribute):
        if PROGRAM_STARTS <= getattr(row, attribute) <= AS_OF:
            yield getattr(row, attribute), row


def _line(rule: str, id: str, day: date, exact: Fraction, fact: Any = None) -> Line:
    return Line(rule, f"{rule}:{id}", day, rounded(exact), rounded(exact), fact)


def _anchors(partner: Partner) -> Iterator[Line]:
    for day, deal in _events(partner.won, "closed"):
        if deal.kind in ANCHOR_KINDS and deal.amount:
            percent = Fraction(ANCHOR[partner.tier(day)], 100)
            base = partner.book.euros(deal.amount, deal.currency, day)
            yield _line("anchor", deal.id, day, base * percent * partner.credit(deal), deal)


def _expansions(partner: Partner) -> Iterator[Line]:
    sold: dict[str, Fraction] = defaultdict(Fraction)
    for day, deal in _events(partner.won, "closed"):
        if deal.kind in GROWING_KINDS and deal.amount:
            base, before = partner.book.euros(deal.amount, deal.currency, day), sold[quarter_of(day).label]
            gross = Fraction(0)
            for low, high, percent in BANDS:
                top = before + base if high is None else min(before + base, Fraction(high))
                gross += max(Fraction(0), top - max(before, Fraction(low))) * Fraction(percent, 100)
            sold[quarter_of(day).label] = before + base
            yield _line("expansion", deal.id, day, gross * partner.credit(deal), deal)


def _recurring(partner: Partner) -> Iterator[Line]:
    known = _customers_since(partner)
    contracts = {c.id: c for c in partner.book.rows["contract"]}
    payments = [t for t in partner.own["transaction"] if t.kind == "payment" and t.amount]
    for day, paid in _events(payments, "day"):
        customer = paid.customer or (contracts[paid.contract].customer if paid.contract else None)
        rate = Fraction(5, 100)
        if day >= SECOND_VERSION and customer in known:
            since = known[customer]
            rate = next(r for months, r in AGES if months_later(since, months) <= max(day, since))
        yield _line("recurring", paid.id, day, partner.book.euros(paid.amount, paid.currency, day) * rate, paid)


def _customers_since(partner: Partner) -> dict[str, date]:
    """The first contract or won deal of each customer."""
    first: dict[str, date] = {}
    days = [(c.customer, c.start) for c in partner.own["contract"]] + [(d.customer, d.closed) for d in partner.won]
    for customer, day in days:
        if customer and day:
            first[customer] = min(day, first.get(customer, day))
    return first


def _milestones(partner: Partner) -> Iterator[Line]:
    for day, row in _events(partner.own["deployment"], "live"):
        standards = partner.checked(row, "standards")
        if row.planned_live and day <= row.planned_live and standards is not None and standards >= Fraction(4, 5):
            yield _line("milestone", row.id, day, MILESTONE, row)


def _quarters() -> Iterator[Quarter]:
    """The quarters that are over, since the program began."""
    quarter = quarter_of(PROGRAM_STARTS)
    while quarter.is_over:
        yield quarter
        quarter = quarter_of(quarter.last, 1)


def _rebates(partner: Partner) -> Iterator[Line]:
    for quarter in _quarters():
        growth, revenue = partner.measures(quarter)["joint_growth"], partner.measures(quarter)["quarter_revenue"]
        if growth is not None and growth >= Fraction(5, 100) and revenue:
            percent = 2 if growth >= Fraction(20, 100) else 1
            yield _line("rebate", quarter.label, quarter.last, revenue * Fraction(percent, 100))


def _cap(found: list[Line]) -> None:
    """Anchor, expansion and rebate of a quarter together, first come first served; a rebate comes last on its day."""
    used: dict[str, Fraction] = defaultdict(Fraction)
    for line in sorted(found, key=lambda line: (line.day, line.rule == "rebate")):
        if line.rule in ("anchor", "expansion", "rebate"):
            most = 45_000 if line.day >= SECOND_VERSION else 40_000
            quarter = quarter_of(line.day).label
            line.amount = min(line.amount, max(Fraction(0), most - used[quarter]))
            used[quarter] += line.amount


def _safety_net(partner: Partner, found: list[Line]) -> Iterator[Line]:
    for quarter in _quarters():
        earned = sum((line.amount for line in found if quarter.first <= line.day <= quarter.last), Fraction(0))
        revenue = partner.measures(quarter)["joint_revenue"]
        if earned < NET and revenue is not None and 0 < revenue <= 60_000:
            lacking = NET - earned
            yield Line("net", f"net:{quarter.label}", quarter.last, lacking, lacking)
