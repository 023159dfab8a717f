"""The one way from a currency into another: a row of an exchange table, or the opposite pair's the other way round."""

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from partnerdesk.engine.money import ONE, ZERO
from partnerdesk.engine.world.index import EMPTY, Index


class Exchanged(NamedTuple):
    """The rows of the exchange table whose mean is the rate, usually one, and whether its inverse is meant."""

    rows: list[Any]
    is_inverse: bool

    @property
    def rate(self) -> Decimal:
        """What one unit of the foreign currency is worth."""
        return ONE / self._listed if self.is_inverse else self._listed

    def of(self, amount: Decimal) -> Decimal:
        """An amount exchanged; divided by an inverse rate, so that nothing hangs on the digits of its inverse."""
        return amount / self._listed if self.is_inverse else amount * self._listed

    @property
    def _listed(self) -> Decimal:
        rates: list[Decimal] = [row.rate for row in self.rows]
        return rates[0] if len(rates) == 1 else sum(rates, ZERO) / len(rates)


def exchanged(index: Index, table: str, currency: str, into: str, first: date | None, last: date) -> Exchanged | None:
    """The last rate of a table up to `last`, or all since `first`; else the opposite pair's, else None."""
    for base, quote in ((currency, into), (into, currency)):
        rows = index.rates.get((table, base, quote), EMPTY).between(first, last)
        if rows:
            return Exchanged(rows[-1:] if first is None else rows, base != currency)
    return None
