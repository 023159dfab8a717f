"""Random books unlike the planted ones: growth, seasons, rare large deals, a shock, newcomers, few deals, bare exports.

Each is what somebody else's system may hold. All live for five years unless they say otherwise, and pay by the program
of `books`; how a deal goes is drawn, so that a band of 80 % is to hold four truths of five.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import exp
from random import Random

from partnerdesk.engine.facts import Deal, Facts, Partner
from partnerdesk.engine.period import add_months
from tests.forecast.planted import LAST, money, over, poisson, within

FIRST = date(2021, 7, 1)
Mean = Callable[[date], float]  # of how a month is against a usual one


def even(month: date) -> float:
    """Every month is like another."""
    return 1.0


@dataclass(frozen=True)
class Life:
    """What a book lives by: partners, deals a month that each enters, their size and its spread, and its months.

    A deal is won with `wins` after some `days`; `tells` whether it is known from its beginning, `exports` whether the
    system writes the expected day over on closing and gives all deals one day of entering.
    """

    partners: tuple[int, int] = (4, 9)
    deals: float = 2.0
    spread: float = 0.6
    wins: float = 0.35
    days: int = 70
    first: date = FIRST
    mean: Mean = even
    tells: bool = True
    exports: bool = False
    shared: float = 0.0  # how far a quarter of the whole book may be off, as a deviation of its logarithm
    newcomers: int = 0  # partners that joined three months before the last half-year


def book(life: Life, seed: int) -> Facts:
    """All that happened in a book of this life."""
    dice = Random(f"foreign {seed}")
    luck = {add_months(life.first, 3 * n): exp(dice.gauss(-(life.shared**2) / 2, life.shared)) for n in range(24)}
    partners, deals = [], list[Deal]()
    for number in range(dice.randrange(*life.partners) + life.newcomers):
        joined = date(2025, 10, 1) if number < life.newcomers else life.first
        partners.append(Partner(id=f"P{number}", name=f"Partner {number}", joined=joined))
        busy, size = life.deals * dice.uniform(0.5, 1.5), dice.lognormvariate(9.6, 0.5)
        month = joined
        while month <= LAST:
            quarter = max(day for day in luck if day <= month)
            for _ in range(poisson(dice, busy * life.mean(month) * luck[quarter])):
                deals.append(_deal(life, dice, f"D{len(deals)}", f"P{number}", within(dice, month), size))
            month = add_months(month, 1)
    return Facts({"partner": tuple(partners), "deal": tuple(_exported(life, d) for d in deals)})


def _deal(life: Life, dice: Random, id: str, partner: str, created: date, size: float) -> Deal:
    amount = money(size * dice.lognormvariate(0, life.spread))
    if not life.tells:  # told once it is won
        return Deal(id=id, partner=partner, status="won", amount=amount, created=created, closed=created)
    day = created + timedelta(days=3 + int(dice.gammavariate(2.5, life.days / 2.5)))
    expected = created + timedelta(days=life.days + dice.randrange(-15, 16))
    deal = Deal(id=id, partner=partner, amount=amount, created=created, expected_close=expected)
    return over(deal, "won" if dice.random() < life.wins else "lost", day)


def _exported(life: Life, deal: Deal) -> Deal:
    """The deal as a migrated system gives it: entered on one day, its expected day that of its end."""
    if not life.exports:
        return deal
    entered = LAST - timedelta(days=200)
    return replace(deal, created=entered, expected_close=deal.closed or deal.expected_close)


def _grows(month: date) -> float:
    return 0.5 * exp(0.45 * (month - FIRST).days / 365)


def _by_season(month: date) -> float:
    return (0.4, 0.7, 0.8, 2.1)[(month.month - 1) // 3]


def _after_shock(month: date) -> float:
    """Half of the business is gone since the beginning of 2025."""
    return 1.4 if month < date(2025, 1, 1) else 0.6


LIVES = {
    "strong growth": Life(mean=_grows),
    "strong seasons": Life(mean=_by_season),
    "rare large deals": Life(deals=0.5, spread=1.4),
    "after a shock": Life(mean=_after_shock),
    "newcomers": Life(newcomers=3),
    "few deals": Life(partners=(2, 4), deals=0.5, first=date(2024, 1, 1)),
    "told once won": Life(tells=False, deals=0.7),
    "bare export": Life(exports=True),
    "shared luck": Life(partners=(8, 13), shared=0.4),
}
