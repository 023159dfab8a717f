"""Exchange into the program's currency, and rounding."""

from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import Any

from partnerdesk.engine.rules import Exchange
from tests.second.judge.book import Case, rows
from tests.second.judge.days import ONE_DAY


class NoRate(Exception):
    """There is no rate: a metric is then not evaluated, and an event earns nothing."""


def rate_of(case: Case, currency: str, day: date, rule: Exchange) -> Fraction | None:
    """What one unit of a currency costs in the program's, by the rule's table and day; None without a rate."""
    if currency == case.program.currency:
        return Fraction(1)
    straight = _quoted(case, currency, case.program.currency, day, rule)
    if straight is not None:
        return straight
    turned = _quoted(case, case.program.currency, currency, day, rule)
    return 1 / turned if turned else None


def _quoted(case: Case, base: str, quote: str, day: date, rule: Exchange) -> Fraction | None:
    known = [
        row
        for row in rows(case, "exchange_rate")
        if row.table == rule.table
        and row.base == base
        and row.quote == quote
        and row.rate is not None
        and row.day
        and row.day <= case.as_of
    ]
    month = case.span(day, "month")
    if rule.day == "month mean":
        rates = [Fraction(row.rate) for row in known if row.day in month]
        return sum(rates, Fraction(0)) / len(rates) if rates else None
    if rule.day != "event":
        day = case.span(day, rule.day.removesuffix(" start")).start - ONE_DAY
    dated = [row for row in known if row.day <= day]
    return Fraction(max(dated, key=lambda row: (row.day, str(row.id))).rate) if dated else None


def exchanged(case: Case, amount: Any, currency: str, day: date, rule: Exchange) -> Fraction:
    """An amount in the program's currency. Raises NoRate."""
    rate = rate_of(case, currency, day, rule)
    if rate is None:
        raise NoRate
    return Fraction(amount) * rate


def rounded(value: Fraction, decimals: int, mode: str = "half-up") -> Fraction:
    """A number with so many decimals; halves and directions as the mode says."""
    size = Fraction(10) ** decimals
    scaled = abs(value) * size
    low, sign = floor(scaled), -1 if value < 0 else 1
    rest = scaled - low
    up = {
        "half-up": rest >= Fraction(1, 2),
        "half-even": rest > Fraction(1, 2) or (rest == Fraction(1, 2) and low % 2 == 1),
        "up": rest > 0,
        "down": False,
        "ceiling": rest > 0 and sign > 0,
        "floor": rest > 0 and sign < 0,
    }[mode]
    return sign * Fraction(ceil(scaled) if up else low) / size
